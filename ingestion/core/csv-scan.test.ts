import { describe, expect, test } from 'vitest';
import { CsvScanner, type Reject, splitRecord } from './csv-scan.ts';

function scan(text: string, chunk = text.length || 1, delimiter = ',') {
	let header: string[] = [];
	const records: [number, string][] = [];
	const rejects: Reject[] = [];
	const scanner = new CsvScanner(
		{
			header: (names) => void (header = names),
			record: (line, buffer, start, end) => void records.push([line, buffer.toString('utf8', start, end)]),
			reject: (reject) => void rejects.push(reject)
		},
		delimiter,
		'leads.csv'
	);
	const bytes = Buffer.from(text);
	let begin = 0;
	for (let end = chunk; end < bytes.length; end += chunk) begin += scanner.take(bytes.subarray(begin, end), false);
	scanner.take(bytes.subarray(begin), true);
	return { ...scanner.summary(), header, lines: records, rejected: rejects.map(({ line, reason }) => [line, reason.split(':')[0]]) };
}

describe('CsvScanner', () => {
	const messy = 'a,b\r\n1,2\r\n"x\r\ny",3\r\n\r\n4,"5\r\n6,7\r\n8\r\n9,1"0\r\n"""q""",\r\n11,12,13\r\n14,末\r\n"15,16';

	test.each([1, 2, 3, 7, 1000])('finds every record and every bad line, in chunks of %i bytes', (chunk) => {
		const found = scan(messy, chunk);
		expect(found.header).toEqual(['a', 'b']);
		expect(found.lines).toEqual([
			[2, '1,2'],
			[3, '"x\r\ny",3'],
			[7, '6,7'],
			[10, '"""q""",'],
			[12, '14,末']
		]);
		expect(found.rejected).toEqual([
			[6, 'The line has a broken quote'],
			[8, 'The line has another number of columns than the header'],
			[9, 'The line has a broken quote'],
			[11, 'The line has another number of columns than the header'],
			[13, 'The line has a broken quote']
		]);
		expect(found).toMatchObject({ records: 5, rejects: 5, pristine: false });
	});

	test('a regular file is pristine, with or without a byte order mark and a last newline', () => {
		expect(scan('a,b\n1,"x, y"\n2,"""q"""')).toMatchObject({ records: 2, pristine: true });
		expect(scan('\uFEFFa,b\r\n1,2\r\n')).toMatchObject({ header: ['a', 'b'], records: 1, pristine: true });
		expect(scan('a,b\n1,2\r\n')).toMatchObject({ records: 1, pristine: false });
		expect(scan('a\tb\n1\t2\n', 5, '\t')).toMatchObject({ header: ['a', 'b'], pristine: true });
	});

	test('an empty file and one that is not UTF-8 are refused with a sentence', () => {
		expect(() => scan('')).toThrow('File leads.csv is empty, not even a header is in it.');
		const bytes =
			(...after: number[]) =>
			() => {
				const scanner = new CsvScanner({ header() {}, reject() {} }, ',', 'leads.csv');
				scanner.take(Buffer.from([...Buffer.from('a,b\n1,2\n3,'), ...after, 10]), false);
			};
		expect(bytes(0xe9)).toThrow(
			'File leads.csv, line 3: these bytes are not UTF-8. If the file is Latin-1 or UTF-16, set its encoding; else export it as UTF-8.'
		);
		expect(bytes(0x41, 0)).toThrow("set encoding: 'utf-16'");
	});

	test('a quote that never closes costs one line, not the rest of the file', () => {
		const good = Array.from({ length: 5000 }, (_, i) => `${i},fine`).join('\n');
		expect(scan(`a,b\n0,"open\n${good}\n`, 4096)).toMatchObject({ records: 5000, rejects: 1 });
	});
});

test('splitRecord takes quotes off', () => {
	expect(splitRecord('a,"b ""c"", d",,"', ',')).toEqual(['a', 'b "c", d', '', '']);
	expect(splitRecord('a;', ';')).toEqual(['a', '']);
});

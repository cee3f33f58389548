import { inflateRawSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { csvParts } from './csv.ts';
import type { FileRow, FileTable } from './table.ts';
import { xlsxStream } from './xlsx.ts';

const columns = [
	{ key: 'name', title: '渠道 <&>' },
	{ key: 'rate', title: '成交率' }
];
const rows: FileRow[] = [
	{ name: '=HYPERLINK("http://evil")', rate: 0.10525 },
	{ name: 'a & <b>\u0000', rate: null },
	{ name: null, rate: -5e-7 }
];

/** Files of a zip, read from its central directory. */
function unzip(zip: Buffer): Map<string, string> {
	const files = new Map<string, string>();
	const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
	let at = zip.readUInt32LE(end + 16);
	for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
		const [size, nameLength, extra, comment, local] = [
			zip.readUInt32LE(at + 20),
			zip.readUInt16LE(at + 28),
			zip.readUInt16LE(at + 30),
			zip.readUInt16LE(at + 32),
			zip.readUInt32LE(at + 42)
		];
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
		const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
		files.set(name, inflateRawSync(zip.subarray(start, start + size)).toString());
		at += 46 + nameLength + extra + comment;
	}
	return files;
}

/** Cells of a sheet, as a spreadsheet reads them. */
function cells(xml: string): (string | number | null)[][] {
	const unescape = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
	return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) =>
		[...row.matchAll(/<c\/>|<c><v>(.*?)<\/v><\/c>|<c t="inlineStr"><is><t xml:space="preserve">(.*?)<\/t><\/is><\/c>/gs)].map(
			([, number, text]) => (number !== undefined ? Number(number) : text !== undefined ? unescape(text) : null)
		)
	);
}

const sheets = async (table: FileTable, most?: number) => {
	const files = unzip(await buffer(xlsxStream(table, most)));
	return [...files].filter(([name]) => name.startsWith('xl/worksheets/')).map(([, xml]) => cells(xml));
};

test('numbers are numbers, formulas asleep, what XML cannot hold is gone', async () => {
	expect(await sheets({ name: 'x', columns, rows })).toEqual([
		[
			['渠道 <&>', '成交率'],
			['\'=HYPERLINK("http://evil")', 0.10525],
			['a & <b>', null],
			[null, -5e-7]
		]
	]);
});

test('the same cells as the CSV', async () => {
	const plain: FileRow[] = Array.from({ length: 300 }, (_, index) => ({ name: `m${index}`, rate: index === 9 ? NaN : index / 7 }));
	const [sheet = []] = await sheets({ name: 'x', columns, rows: plain });
	const csv = (await Array.fromAsync(csvParts({ name: 'x', columns, rows: plain }))).join('').slice(1).trim().split('\r\n');
	expect(csv).toEqual(sheet.map((row) => row.join(',')));
});

test('past what a sheet holds the next one goes on, and nothing is cut off', async () => {
	async function* some() {
		for (let portion = 0; portion < 5; portion++)
			yield Array.from({ length: 7 }, (_, index) => ({ name: `${portion * 7 + index}`, rate: 1 }));
	}
	const all = await sheets({ name: 'x', columns, rows: some() }, 11);
	expect(all.map((sheet) => sheet.length - 1)).toEqual([10, 10, 10, 5]);
	expect(all.flatMap((sheet) => sheet.slice(1).map(([name]) => Number(name)))).toEqual(Array.from({ length: 35 }, (_, index) => index));
	expect(await sheets({ name: 'x', columns, rows: [] })).toEqual([[['渠道 <&>', '成交率']]]);
});

test('rows that fail on the way break the file off', async () => {
	async function* broken() {
		yield rows;
		throw new Error('gone');
	}
	await expect(buffer(xlsxStream({ name: 'x', columns, rows: broken() }))).rejects.toThrow('gone');
});

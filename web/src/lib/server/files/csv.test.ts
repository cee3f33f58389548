import { expect, test } from 'vitest';
import { csvParts, csvResponse } from './csv.ts';
import type { FileRow, FileTable } from './table.ts';

const table = {
	name: 'onelane 漏斗',
	columns: [
		{ key: 'name', title: '渠道' },
		{ key: 'rate', title: '成交率' }
	],
	rows: [
		{ name: '=HYPERLINK("http://evil")', rate: 0.10525 },
		{ name: 'a, "b"', rate: null },
		{ name: '-1', rate: -0.5 },
		{ name: '\t@SUM(A1)', rate: 1e21 }
	]
};
const textOf = async (of: FileTable) => (await Array.fromAsync(csvParts(of))).join('');

test('formulas are defused, quotes doubled, numbers exact, nothing stays empty', async () => {
	expect(await textOf(table)).toBe(
		'\uFEFF渠道,成交率\r\n"\'=HYPERLINK(""http://evil"")",0.10525\r\n"a, ""b""",\r\n\'-1,-0.5\r\n\'\t@SUM(A1),1e+21\r\n'
	);
});

test('what is held back is marked as on the screen, not left empty', async () => {
	expect(await textOf({ ...table, rows: [{ name: 'a', rate: NaN }] })).toContain('\r\na,–*\r\n');
});

test('rows that come in portions make the same file', async () => {
	async function* some() {
		for (const row of table.rows) yield [row] as FileRow[];
	}
	expect(await textOf({ ...table, rows: some() })).toBe(await textOf(table));
});

test('rows that fail on the way break the download off: a file that ends is complete', async () => {
	async function* broken() {
		yield [{ name: 'a', rate: 1 }];
		throw new Error('The semantic layer is out of reach.');
	}
	await expect(csvResponse({ ...table, rows: broken() }).text()).rejects.toThrow('out of reach');
});

test('the file has a name that every browser takes', () => {
	expect(csvResponse(table).headers.get('content-disposition')).toBe(
		'attachment; filename="onelane-.csv"; filename*=UTF-8\'\'onelane%20%E6%BC%8F%E6%96%97.csv'
	);
});

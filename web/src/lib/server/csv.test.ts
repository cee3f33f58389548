import { expect, test } from 'vitest';
import { csvResponse, csvText } from './csv.ts';

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

test('formulas are defused, quotes doubled, numbers exact, nothing stays empty', () => {
	expect(csvText(table)).toBe(
		'\uFEFF渠道,成交率\r\n"\'=HYPERLINK(""http://evil"")",0.10525\r\n"a, ""b""",\r\n\'-1,-0.5\r\n\'\t@SUM(A1),1e+21\r\n'
	);
});

test('the file has a name that every browser takes', () => {
	expect(csvResponse(table).headers.get('content-disposition')).toBe(
		'attachment; filename="onelane-.csv"; filename*=UTF-8\'\'onelane%20%E6%BC%8F%E6%96%97.csv'
	);
});

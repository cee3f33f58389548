import { describe, expect, test } from 'vitest';
import {
	barShare,
	cellText,
	cellTone,
	columnGroups,
	columnTitle,
	hasHeldBack,
	nextSort,
	parseSort,
	sortRows,
	digitsOf,
	writeSort,
	type TableColumn
} from './table.ts';

const columns: TableColumn[] = [
	{ key: 'name', title: 'Store' },
	{ key: 'leads', title: 'Leads', unit: 'count', bar: true },
	{ key: 'spend', title: 'Spend', unit: 'money' },
	{ key: 'change', title: 'Change', unit: 'change', better: 'up' }
];
const [name, leads, spend, change] = columns as [TableColumn, TableColumn, TableColumn, TableColumn];
const rows = [
	{ name: '10 号店', leads: 5 },
	{ name: '2 号店', leads: null },
	{ name: '1 号店', leads: 40 }
];

describe('order', () => {
	test('the address says it, and only columns that exist count', () => {
		expect(parseSort('-leads', columns)).toEqual({ key: 'leads', descending: true });
		expect(parseSort('leads', columns)).toEqual({ key: 'leads', descending: false });
		expect(parseSort('-secret', columns)).toBeNull();
		expect(writeSort({ key: 'leads', descending: true })).toBe('-leads');
	});

	test('what is missing comes last either way', () => {
		expect(sortRows(rows, { key: 'leads', descending: true }, 'zh-CN').map((row) => row.leads)).toEqual([40, 5, null]);
		expect(sortRows(rows, { key: 'leads', descending: false }, 'zh-CN').map((row) => row.leads)).toEqual([5, 40, null]);
	});

	test('names with numbers count as people do', () => {
		expect(sortRows(rows, { key: 'name', descending: false }, 'zh-CN').map((row) => row.name)).toEqual(['1 号店', '2 号店', '10 号店']);
	});

	test('numbers start with the greatest, names with the first', () => {
		expect(nextSort(leads, null)).toEqual({ key: 'leads', descending: true });
		expect(nextSort(leads, { key: 'leads', descending: true })).toEqual({ key: 'leads', descending: false });
		expect(nextSort(name, null)).toEqual({ key: 'name', descending: false });
	});
});

describe('cells', () => {
	test('units stand in the head, numbers alone in the cells', () => {
		expect(columnTitle(spend, 'CNY')).toBe('Spend ¥');
		expect(cellText(12345.6, spend, 'en', 'CNY')).toBe('12,346');
		expect(cellText(null, spend, 'en', 'CNY')).toBe('–');
	});

	test('a change has an arrow, and a tone that its direction earns', () => {
		expect(cellText(-0.044, change, 'en', 'CNY')).toBe('▼ 4.4%');
		expect(cellText(0.00001, change, 'en', 'CNY')).toBe('0.0%');
		expect(cellText(0.012, { ...change, unit: 'points' }, 'zh-CN', 'CNY')).toBe('▲ 1.2 点');
		expect(cellTone(-0.044, change)).toBe('bad');
		expect(cellTone(-0.044, { ...change, better: 'down' })).toBe('good');
		expect(cellTone(0.0001, change)).toBeNull();
	});

	test('bars are shares of the greatest', () => {
		expect(barShare({ leads: 20 }, leads, rows)).toBe(0.5);
		expect(barShare({ leads: null }, leads, rows)).toBeNull();
		expect(barShare({ spend: 20 }, spend, rows)).toBeNull();
	});
});

test('what is held back is said, last in every order, and measures nothing', () => {
	const some = [
		{ name: 'A', leads: NaN, change: NaN },
		{ name: 'B', leads: 20, change: 0.1 },
		{ name: 'C', leads: 10, change: null }
	];
	expect(cellText(NaN, leads, 'en', 'CNY')).toBe('–*');
	expect(cellText(NaN, change, 'en', 'CNY')).toBe('–*');
	expect(cellTone(NaN, change)).toBeNull();
	for (const descending of [true, false])
		expect(sortRows(some, { key: 'leads', descending }, 'en').map((row) => row.name)).toEqual(
			descending ? ['B', 'C', 'A'] : ['C', 'B', 'A']
		);
	expect(some.map((row) => barShare(row, leads, some))).toEqual([null, 1, 0.5]);
	expect(hasHeldBack(columns, some)).toBe(true);
	expect(hasHeldBack([name], some)).toBe(false);
	expect(hasHeldBack(columns, rows)).toBe(false);
});

test('neighbours of one group share a title', () => {
	expect(columnGroups(columns)).toEqual([]);
	expect(columnGroups([name, { ...leads, group: 'Cohort' }, { ...spend, group: 'Cohort' }, change])).toEqual([
		{ title: '', columns: 1 },
		{ title: 'Cohort', columns: 2 },
		{ title: '', columns: 1 }
	]);
});

test('what belongs to no member stands aside: last, and no measure for bars', () => {
	const mixed = [
		{ id: null, name: 'none', leads: 900 },
		{ id: 'a', name: 'A', leads: 10 },
		{ id: 'b', name: 'B', leads: 20 }
	];
	expect(sortRows(mixed, { key: 'leads', descending: true }, 'en').map((row) => row.id)).toEqual(['b', 'a', null]);
	expect(sortRows(mixed, { key: 'leads', descending: false }, 'en').map((row) => row.id)).toEqual(['a', 'b', null]);
	expect(barShare({ id: 'a', leads: 10 }, leads, mixed)).toBe(0.5);
	expect(barShare({ id: null, leads: 900 }, leads, mixed)).toBeNull();
});

test('amounts of a column have cents together or not at all, counts a tenth', () => {
	const money = (key: string): TableColumn => ({ key, title: key, unit: 'money' });
	const credit: TableColumn = { key: 'credit', title: 'credit', unit: 'count' };
	const columns = [money('spend'), money('cost'), credit];
	const rows = [
		{ spend: 1969, cost: 12.5, credit: 62 },
		{ spend: 96.18, cost: 0.4, credit: 5.43 }
	];
	const digits = digitsOf(columns, rows);
	const texts = (key: 'spend' | 'cost') => rows.map((row) => cellText(row[key], money(key), 'en', 'CNY', digits.get(key)));
	expect(texts('spend')).toEqual(['1,969', '96']);
	expect(texts('cost')).toEqual(['12.50', '0.40']);
	expect(cellText(0.4, money('spend'), 'en', 'CNY', 'whole')).toBe('0.40');
	expect(rows.map((row) => cellText(row.credit, credit, 'en', 'CNY', digits.get('credit')))).toEqual(['62.0', '5.4']);
});

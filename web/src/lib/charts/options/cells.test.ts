import { expect, test } from 'vitest';
import type { HeatSpec, MultiplesSpec } from '../spec.ts';
import { heatOption } from './heat.ts';
import { multiplesOption } from './multiples.ts';
import { context, read } from './testing.ts';

const heat: HeatSpec = {
	kind: 'heat',
	label: 'Attempts by hour',
	unit: 'percent',
	name: 'In time',
	rows: [
		{ id: '1', name: 'Monday' },
		{ id: '2', name: 'Tuesday' }
	],
	columns: ['8', '9', '10'].map((id) => ({ id, name: id })),
	values: [
		[0.1, null, 0.5],
		[0.2, 0.3, 0.4]
	]
};

test('one cell a row and column, a gap is a gap', () => {
	const { marks } = heatOption(heat, context());
	expect(marks).toHaveLength(6);
	expect(marks?.[1]?.text).toBe('Monday · 9\nIn time  –');
	expect(marks?.[5]?.text).toBe('Tuesday · 10\nIn time  40.0%');
	expect(read(heatOption(heat, context())).texts).toEqual(expect.arrayContaining(['Monday', 'Tuesday', '8', '9', '10']));
});

const panels: MultiplesSpec = {
	kind: 'multiples',
	label: 'Orders of each region',
	unit: 'count',
	dates: ['2026-11-01', '2026-11-02'],
	comparisonName: 'October',
	panels: [
		{ id: 'a', name: 'East', values: [1, 40], comparison: [2, 20] },
		{ id: 'b', name: 'West', values: [5, null] }
	]
};

test('all panels on one axis, a comparison in each where there is any', () => {
	const option = multiplesOption(panels, context()).option as { yAxis: { max: number }[]; series: { data: unknown[] }[]; grid: unknown[] };
	expect(option.grid).toHaveLength(2);
	expect(new Set(option.yAxis.map(({ max }) => max))).toEqual(new Set([40]));
	expect(option.series.map(({ data }) => data)).toEqual([[2, 20], [1, 40], [], [5, '-']]);
	expect(multiplesOption(panels, context()).marks?.map(({ index, series }) => [index, series])).toEqual([
		[1, 1],
		[0, 3]
	]);
});

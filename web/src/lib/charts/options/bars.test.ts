import { expect, test } from 'vitest';
import type { BarsSpec } from '../spec.ts';
import { barsOption } from './bars.ts';
import { context, read } from './testing.ts';

const spec: BarsSpec = {
	kind: 'bars',
	label: 'Spend by channel',
	unit: 'money',
	name: 'Spend',
	comparisonName: 'October',
	rows: [
		{ id: 'a', name: 'A', value: 482_000, previous: 500_000, colour: 1, href: '/channels?channel=a' },
		{ id: 'b', name: 'B', value: null, previous: null }
	]
};

test('from zero, in the given order, gaps stay gaps', () => {
	const option = read(barsOption(spec, context()));
	expect(option.xAxis.min).toBeCloseTo(0);
	expect(option.values(0)).toEqual([482_000, '-']);
	expect(option.values(1)).toEqual([500_000, '-']);
	expect(option.column(1)).toEqual(['−3.6%', '–']);
});

test('below zero when there are losses', () => {
	const option = read(barsOption({ ...spec, rows: [{ id: 'a', name: 'A', value: -5 }] }, context()));
	expect(option.xAxis.min).toBeLessThanOrEqual(-5);
	expect(option.xAxis.max).toBeGreaterThan(0);
});

test('the exact value is in the tooltip', () => {
	expect(read(barsOption(spec, context({ locale: 'zh-CN' }))).tip([{ dataIndex: 0 }])).toContain('¥482,000');
});

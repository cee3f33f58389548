import { expect, test } from 'vitest';
import { context, read } from './testing.ts';
import { sparklineOption } from './sparkline.ts';

test('the course of the values, with a dot at the last known one', () => {
	const drawing = sparklineOption(
		{ kind: 'sparkline', label: 'Leads', unit: 'count', values: [3, null, 5, 4, null] },
		context({ width: 160 })
	);
	const option = read(drawing);
	expect(option.values(0)).toEqual([3, '-', 5, 4, '-']);
	expect(option.series[0]?.data.map((item) => (item as { symbol: string }).symbol)).toEqual(['none', 'none', 'none', 'circle', 'none']);
	expect(option.tooltip).toBeUndefined();
});

test('a flat line is drawn in the middle', () => {
	const axis = [read(sparklineOption({ kind: 'sparkline', label: '', unit: 'count', values: [5, 5] }, context())).yAxis].flat()[0];
	expect((Number(axis?.min) + Number(axis?.max)) / 2).toBe(5);
});

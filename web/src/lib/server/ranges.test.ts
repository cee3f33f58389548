import { expect, test } from 'vitest';
import { askRanges } from './ranges.ts';

const november: [string, string] = ['2026-11-01', '2026-11-22'];
const october: [string, string] = ['2026-10-01', '2026-10-22'];

test('equal ranges are asked once and answered to each', () => {
	const ranges = askRanges(november, october, [...october]);
	expect(ranges.time('v.day')).toEqual([{ dimension: 'v.day', compareDateRange: [november, october] }]);
	const answer = [[{ 'v.n': '1' }], [{ 'v.n': '2' }]];
	expect(ranges.of(answer, [...october])).toEqual([{ 'v.n': '2' }]);
	expect(ranges.of(answer, null)).toEqual([]);
});

test('without a comparison it is a plain question', () => {
	expect(askRanges(november, null).time('v.day', 'day')).toEqual([{ dimension: 'v.day', granularity: 'day', dateRange: november }]);
});

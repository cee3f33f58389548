import { expect, test } from 'vitest';
import type { RankingSpec } from '../spec.ts';
import { LEAST_TRIALS } from '../statistics.ts';
import { bothEnds, rankRows, rankingOption, standing } from './ranking.ts';
import { context, read } from './testing.ts';

const spec: RankingSpec = {
	kind: 'ranking',
	label: 'Order rate by store',
	name: 'Order rate',
	trialsName: 'Leads',
	rows: [
		{ id: 'small', name: 'Small', hits: 1, trials: 2 },
		{ id: 'best', name: 'Best', hits: 300, trials: 1000, href: '/organisation?store=best' },
		{ id: 'usual', name: 'Usual', hits: 60, trials: 1000 },
		{ id: 'other', name: 'Other', hits: 70, trials: 1000 },
		{ id: 'none', name: 'None', hits: 0, trials: 0 }
	]
};

test('best first by evidence; no tries come last with no dot', () => {
	const option = read(rankingOption(spec, context()));
	expect(option.column(0)[0]).toBe('Best');
	expect(option.column(0).indexOf('Small')).toBeGreaterThan(0);
	expect(option.column(0).at(-1)).toBe('None');
	expect(option.column(1).at(-1)).toBe('–');
	expect(option.series.at(-1)?.data.at(-1)).toEqual([4, '-', '-', '-']);
});

/** An advisor's day-old store: nobody has done much yet. */
const tiny = [
	[1, 1],
	[1, 2],
	[2, 3],
	[0, 4]
].map(([hits, trials], index) => ({ id: `t${index}`, name: `Tiny ${index}`, hits: hits as number, trials: trials as number }));

test('too few tries: after every ranked member, largest sample first, with n and interval, marked and grey', () => {
	const rows = [
		...tiny,
		{ id: 'worst', name: 'Worst', hits: 0, trials: LEAST_TRIALS },
		{ id: 'usual', name: 'Usual', hits: 6, trials: 20 }
	];
	for (const higherIsBetter of [true, false]) {
		const { rows: ranked, middle } = rankRows({ rows, higherIsBetter });
		expect(ranked.map((row) => row.id).slice(2)).toEqual(['t3', 't2', 't1', 't0']);
		expect(ranked.map((row) => row.tooFew)).toEqual([false, false, true, true, true, true]);
		expect(middle).toBeCloseTo(((ranked[0]?.estimate?.rate ?? 0) + (ranked[1]?.estimate?.rate ?? 0)) / 2, 12);
		for (const row of ranked) expect((row.estimate?.high ?? 0) - (row.estimate?.low ?? 0)).toBeGreaterThan(0);
	}
	const option = read(rankingOption({ ...spec, rows }, context()));
	expect(option.column(1)).toEqual([expect.stringMatching(/%$/), expect.stringMatching(/%$/), 'too few', 'too few', 'too few', 'too few']);
	expect(option.column(2)).toEqual(['20', '10', '4', '3', '2', '1']);
	expect(option.series.at(-1)?.data[2]).toEqual([2, expect.any(Number), expect.any(Number), expect.any(Number)]);
	expect(option.tip([{ dataIndex: 4 }])).toContain('Fewer than 10: listed, not ranked');
});

test('where everybody has too few nobody is ranked, and there is no median', () => {
	const { rows, middle } = rankRows({ rows: tiny });
	expect(rows.every((row) => row.tooFew)).toBe(true);
	expect(middle).toBeNull();
	expect(read(rankingOption({ ...spec, rows: tiny }, context())).column(1)).toEqual(Array(4).fill('too few'));
});

test('a short picture is for those who are ranked', () => {
	const many = Array.from({ length: 5 }, (_, index) => ({ id: `m${index}`, name: `Member ${index}`, hits: 10 + index, trials: 100 }));
	const drawn = (most: number) => read(rankingOption({ ...spec, most, rows: [...tiny, ...many] }, context())).column(0);
	expect(drawn(4)).toEqual(['Member 4', 'Member 3', 'Member 1', 'Member 0']);
	expect(drawn(6).at(-1)).toBe('Tiny 3');
});

test('the sample size stands beside each rate', () => {
	expect(read(rankingOption(spec, context())).column(2)).toEqual(expect.arrayContaining(['1,000', '2', '0']));
});

test('the axis holds every interval, and the median is named', () => {
	const option = read(rankingOption(spec, context()));
	const { rows, middle } = rankRows(spec);
	for (const { estimate } of rows) {
		if (!estimate) continue;
		expect(option.xAxis.min).toBeLessThan(estimate.low);
		expect(option.xAxis.max).toBeGreaterThan(estimate.high);
	}
	expect(option.texts).toContain(`Median ${((middle ?? 0) * 100).toFixed(1)}%`);
});

test('links follow the order of the rows', () => {
	expect(rankingOption(spec, context()).marks?.map(({ href }) => href)?.[0]).toBe('/organisation?store=best');
});

test('where low is good the order turns round', () => {
	expect(rankRows({ ...spec, higherIsBetter: false }).rows[0]?.id).toBe('usual');
});

test('good and bad only where the whole interval is beyond the median', () => {
	const estimate = { rate: 0.3, low: 0.25, high: 0.35 };
	expect(standing(estimate, 0.2, true)).toBe('good');
	expect(standing(estimate, 0.2, false)).toBe('bad');
	expect(standing(estimate, 0.26, true)).toBe('usual');
	expect(standing(estimate, 0.2, null)).toBe('usual');
	expect(standing({ rate: 0.9999, low: 0.9998, high: 1 }, 0.9997, true)).toBe('usual');
});

test('the tooltip shows what was counted beside what is estimated', () => {
	const text = read(rankingOption(spec, context({ locale: 'zh-CN' }))).tip([{ dataIndex: 0 }]);
	expect(text).toContain('90% 区间');
	expect(text).toContain('30.0% (300 / 1,000)');
});

test('an empty ranking is still a drawing', () => {
	expect(read(rankingOption({ ...spec, rows: [] }, context())).column(0)).toEqual([]);
});

test('a long ranking shows both ends', () => {
	expect(bothEnds([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 2, 6]);
	expect(bothEnds([1, 2], 3)).toEqual([1, 2]);
	const most = read(rankingOption({ ...spec, most: 2 }, context()));
	expect(most.column(0)).toEqual(['Best', 'Usual']);
	expect(most.texts).toEqual(read(rankingOption(spec, context())).texts);
});

test('rows share the height of what stands beside them, but not on a phone', () => {
	const height = (width: number, tall?: number) => rankingOption({ ...spec, ...(tall ? { tall } : {}) }, context({ width })).height;
	const rows = spec.rows.length;
	expect(height(430, rows * 40) - height(430)).toBe(rows * 12);
	expect(height(430, rows * 400)).toBe(height(430, rows * 46));
	expect(height(430, rows)).toBe(height(430));
	expect(height(300, rows * 40)).toBe(height(300));
});

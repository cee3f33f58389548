import { expect, test } from 'vitest';
import type { RankingSpec } from '../spec.ts';
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
	expect(most.column(0)).toEqual(['Best', 'None']);
	expect(most.texts).toEqual(read(rankingOption(spec, context())).texts);
});

import { describe, expect, test } from 'vitest';
import type { FunnelSpec } from '../spec.ts';
import { funnelOption, stageRates } from './funnel.ts';
import { context, read } from './testing.ts';

const spec: FunnelSpec = {
	kind: 'funnel',
	label: 'Funnel',
	name: 'November',
	comparisonName: 'October',
	stages: [
		{ id: 'lead', name: 'Leads', count: 10_240, previous: 9_000 },
		{ id: 'valid', name: 'Valid leads', count: 6_493, previous: 6_000 },
		{ id: 'order', name: 'Orders', count: 611, previous: 700, immature: 200, href: '/funnel?stage=order' }
	]
};

test('bars start at zero, first stage on top, and the longest leaves room for its label', () => {
	const option = read(funnelOption(spec, context()));
	expect(option.xAxis.min).toBe(0);
	expect(option.xAxis.max).toBeGreaterThan(10_240);
	expect([option.yAxis].flat()[0]?.inverse).toBe(true);
	expect(option.column(0)).toEqual(['Leads', 'Valid leads', 'Orders']);
});

test('conversion from previous and from first, and the drop', () => {
	const option = read(funnelOption(spec, context()));
	expect(option.column(1)).toEqual(['', '63.4%', '9.4%']);
	expect(option.column(2)).toEqual(['', '63.4%', '6.0%']);
	expect(option.column(3)).toEqual(['', '−3,747', '−5,882']);
});

test('a phone has no room for the drop', () => {
	expect(read(funnelOption(spec, context({ width: 300 }))).column(3)).toEqual([]);
});

test('solid and hatched parts make the count', () => {
	const option = read(funnelOption(spec, context()));
	expect(option.values(0)).toEqual([10_240, 6_493, 411]);
	expect(option.values(1)).toEqual([0, 0, 200]);
	const whole = read(funnelOption({ ...spec, immature: true }, context()));
	expect(whole.values(0)).toEqual([0, 0, 0]);
	expect(whole.values(1)).toEqual([10_240, 6_493, 611]);
});

test('the comparison is a bar of its own, only where there is one', () => {
	const option = read(funnelOption(spec, context()));
	expect(option.series).toHaveLength(3);
	expect(option.values(2)).toEqual([9_000, 6_000, 700]);
	const alone = { ...spec, stages: spec.stages.map(({ previous: _, ...stage }) => stage) };
	expect(read(funnelOption(alone, context())).series).toHaveLength(2);
});

test('the tooltip says everything in the reader’s language', () => {
	const text = read(funnelOption(spec, context({ locale: 'zh-CN' }))).tip([{ dataIndex: 2 }]);
	expect(text).toContain('环节转化  9.4%');
	expect(text).toContain('其中未成熟  200');
	expect(text).toContain('−12.7%');
});

test('a click leads to the stage', () => {
	expect(funnelOption(spec, context()).marks?.map(({ href }) => href)).toEqual([undefined, undefined, '/funnel?stage=order']);
});

describe('rates of nothing', () => {
	test('are nothing', () => {
		const stages = [{ count: 0 }, { count: 0 }, { count: null }];
		expect(stageRates(stages, 1)).toEqual({ fromPrevious: null, fromFirst: null, drop: 0 });
		expect(stageRates(stages, 2)).toEqual({ fromPrevious: null, fromFirst: null, drop: null });
	});

	test('an unknown count is a gap, not a zero', () => {
		const option = read(funnelOption({ ...spec, stages: [{ id: 'a', name: 'A', count: null }] }, context()));
		expect(option.values(0)).toEqual(['-']);
	});
});

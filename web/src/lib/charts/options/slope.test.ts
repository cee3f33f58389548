import { expect, test } from 'vitest';
import type { SlopeSpec } from '../spec.ts';
import { niceScale, spread } from './scale.ts';
import { slopeOption } from './slope.ts';
import { context, read } from './testing.ts';

const spec: SlopeSpec = {
	kind: 'slope',
	label: 'Orders by model',
	unit: 'count',
	steps: ['First touch', 'Last touch', 'Linear'],
	lines: [
		{ id: 'a', name: 'Search', values: [100, 80, 90], colour: 1 },
		{ id: 'b', name: 'Portal', values: [20, 41, null], colour: 2 }
	]
};

test('one line a member, from zero, named at its end', () => {
	const option = read(slopeOption(spec, context()));
	expect([option.yAxis].flat()[0]).toMatchObject({ min: 0, max: 100 });
	expect(option.values(0)).toEqual([100, 80, 90]);
	expect(option.values(1)).toEqual([20, 41, '-']);
	expect(option.texts).toEqual(expect.arrayContaining(['First touch', 'Last touch', 'Linear', '100', '90  Search', '–  Portal']));
});

test('lines that begin at one figure share its label', () => {
	const lines = ['a', 'b', 'c'].map((id, index) => ({ id, name: id, values: [5, index, 7 + index] }));
	const { texts } = read(slopeOption({ ...spec, lines }, context()));
	expect(texts.filter((text) => text === '5')).toHaveLength(1);
	expect(texts).toEqual(expect.arrayContaining(['7  a', '8  b', '9  c']));
});

test('the tooltip of a step ranks its members', () => {
	expect(read(slopeOption(spec, context())).tip([{ dataIndex: 1 }])).toBe('Last touch\nSearch  80\nPortal  41');
});

test('labels keep their distance and their order', () => {
	expect(spread([50, 51, 52], 16, 0, 100)).toEqual([50, 66, 82]);
	expect(spread([95, 96, 10], 16, 0, 100)).toEqual([84, 100, 10]);
});

test('round scales', () => {
	expect(niceScale([44], 'count')).toMatchObject({ min: 0, max: 60, step: 20 });
	expect(niceScale([3], 'count').ticks).toEqual([0, 1, 2, 3]);
	expect(niceScale([], 'count').ticks).toEqual([0, 1]);
	expect(niceScale([0.31], 'percent').max).toBeCloseTo(0.4);
	expect(niceScale([-5, 10], 'money').min).toBeLessThanOrEqual(-5);
});

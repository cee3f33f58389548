import { expect, test } from 'vitest';
import type { ShareSpec } from '../spec.ts';
import { fewParts, shareOption } from './share.ts';
import { context, read } from './testing.ts';

const part = (id: string, ...values: (number | null)[]) => ({ id, name: id, colour: 1, values });
const spec: ShareSpec = {
	kind: 'share',
	label: 'Share of leads',
	unit: 'count',
	columns: [
		{ id: 'now', name: 'Now' },
		{ id: 'before', name: 'Before' }
	],
	parts: [part('a', 60, 10), part('b', 40, 30)]
};

test('parts of a column make a whole', () => {
	const option = read(shareOption(spec, context()));
	expect(option.xAxis).toMatchObject({ min: 0, max: 1 });
	expect(option.values(0)).toEqual([0.6, 0.25]);
	expect(option.values(1)).toEqual([0.4, 0.75]);
	expect(option.column(1)).toEqual(['100', '40']);
});

test('at most six parts and other; nothing is lost', () => {
	const parts = Array.from({ length: 9 }, (_, index) => part(`p${index}`, index + 1, index === 0 ? null : 2));
	const few = fewParts(parts, 'Other');
	expect(few.map((each) => each.id)).toEqual(['p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'other']);
	expect(few.at(-1)?.values).toEqual([6, 4]);
	expect(few.flatMap((each) => each.values[0] ?? 0).reduce((a, b) => a + b)).toBe(45);
});

test('a rest of one keeps its name', () => {
	expect(
		fewParts(
			Array.from({ length: 7 }, (_, index) => part(`p${index}`, 1)),
			'Other'
		)
	).toHaveLength(7);
});

test('an empty column has no shares', () => {
	const option = read(shareOption({ ...spec, parts: [part('a', 0, null)] }, context()));
	expect(option.values(0)).toEqual(['-', '-']);
});

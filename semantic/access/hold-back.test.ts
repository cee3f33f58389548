import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../contracts/semantic.ts';
import { hiddenRows } from './hold-back.ts';

const people = 'leads.customers';
const row = (count: number, ...at: string[]): Row => ({
	[people]: String(count),
	...Object.fromEntries(at.map((value, index) => [`d${index}`, value]))
});
const axes = (count: number) => Array.from({ length: count }, (_, index) => [`d${index}`]);

describe('held back', () => {
	test('nothing where every group is large enough', () => {
		expect(hiddenRows([row(5, 'a'), row(9, 'b')], axes(1), people, 5)).toEqual([false, false]);
	});

	test('a small group, and the smallest large one beside it', () => {
		expect(hiddenRows([row(90, 'a'), row(2, 'b'), row(7, 'c'), row(40, 'd')], axes(1), people, 5)).toEqual([false, true, true, false]);
	});

	test('several small groups too, for together they may still be few people', () => {
		expect(hiddenRows([row(4, 'a'), row(4, 'b'), row(50, 'c'), row(60, 'd')], axes(1), people, 5)).toEqual([true, true, true, false]);
	});

	test('a group of nobody: that it is empty would be said of few as well', () => {
		expect(hiddenRows([row(0, 'a')], axes(1), people, 5)).toEqual([true]);
	});

	test('in a table of two ways, beside it both ways', () => {
		const table = [row(2, 'a', 'x'), row(10, 'a', 'y'), row(20, 'a', 'z'), row(11, 'b', 'x'), row(12, 'b', 'y'), row(13, 'b', 'z')];
		expect(hiddenRows(table, axes(2), people, 5)).toEqual([true, true, false, true, false, false]);
	});
});

test('whatever is summed up from an answer, what is missing from its total is about enough people', () => {
	const cell = fc.record({
		a: fc.constantFrom('p', 'q', 'r'),
		b: fc.constantFrom('x', 'y', 'z'),
		c: fc.constantFrom('1', '2'),
		n: fc.nat({ max: 30 })
	});
	const table = fc.uniqueArray(cell, { selector: ({ a, b, c }) => a + b + c, minLength: 1, maxLength: 18 });
	fc.assert(
		fc.property(table, fc.integer({ min: 2, max: 10 }), (cells, size) => {
			const rows = cells.map(({ a, b, c, n }) => row(n, a, b, c));
			const hidden = hiddenRows(rows, axes(3), people, size);
			for (const [index, { n }] of cells.entries()) if (n < size) expect(hidden[index]).toBe(true);
			// All totals: over every choice of axes, for every combination of the others.
			for (const kept of [[], ['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c']] as const) {
				const groups = Map.groupBy(cells.keys(), (index) => kept.map((key) => cells[index]?.[key]).join());
				for (const members of groups.values()) {
					const held = members.filter((index) => hidden[index]);
					const all = held.length === members.length;
					if (held.length > 0 && !all) expect(Math.max(...held.map((index) => cells[index]?.n ?? 0))).toBeGreaterThanOrEqual(size);
				}
			}
		}),
		{ numRuns: 3_000, seed: 5 }
	);
});

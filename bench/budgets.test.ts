import { expect, test } from 'vitest';
import { exitCodeOf } from '../pipeline/commands/bench-exit.ts';
import { describeBudgets, within, type Figure } from './budgets.ts';

const figure = (what: string, value: number, budget: Figure['budget']): Figure => ({ group: 'web', what, value, unit: 'ms', budget });
const kept = figure('first paint', 300, { most: 800 });
const missed = figure('largest paint', 900, { most: 800 });
const free = figure('bytes', 5, null);
const judged = (figures: Figure[]) => ({ figures: figures.map((each) => ({ ...each, within: within(each) })) });

test('a missed budget ends the benchmark with 1 and is named in the last lines', () => {
	expect(exitCodeOf(judged([kept, missed, free]))).toBe(1);
	const lines = describeBudgets([kept, missed, free], '.').split('\n');
	expect(lines[0]).toBe('1 of 3 figures miss their budget.');
	expect(lines.slice(1)).toEqual([expect.stringMatching(/^✗ web {2}largest paint .*900 ms/)]);
});

test('kept budgets, and figures without one, end it with 0', () => {
	expect(exitCodeOf(judged([kept, free]))).toBe(0);
	expect(describeBudgets([kept, free], '.')).toBe('All budgets are kept.');
});

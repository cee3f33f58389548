import { expect, test } from 'vitest';
import { deviations, deviationsOfChange, threshold } from './evidence.ts';

test('thresholds are those of the normal table, and rise with the number of comparisons', () => {
	expect(threshold(1, 0.05)).toBeCloseTo(1.96, 3);
	expect(threshold(1, 0.01)).toBeCloseTo(2.576, 3);
	expect(threshold(500, 0.01)).toBeCloseTo(4.265, 2);
});

test('a share is told from another by both sizes', () => {
	expect(deviations([30, 100], [10, 100])).toBeGreaterThan(3.4);
	expect(deviations([3, 10], [1, 10])).toBeLessThan(1.3);
	expect(deviations([10, 100], [30, 100])).toBeCloseTo(-deviations([30, 100], [10, 100]));
	expect(deviations([1, 0], [30, 100])).toBe(0);
});

test('a few rare cases are no sign: 8 late of 40 against 5 % has the exact tail, not that of the bell curve', () => {
	// Binomial tail P(X >= 8 | 40, 0.05) = 0.00069 is 3.2 deviations; the naive statistic says 4.3.
	expect(deviations([8, 40], [5000, 100_000])).toBeLessThan(3.5);
});

test('what changed for all is no change of one', () => {
	expect(
		Math.abs(
			deviationsOfChange(
				[
					[40, 100],
					[20, 100]
				],
				[
					[400, 1000],
					[200, 1000]
				]
			)
		)
	).toBeLessThan(0.5);
	expect(
		deviationsOfChange(
			[
				[40, 100],
				[20, 100]
			],
			[
				[400, 1000],
				[400, 1000]
			]
		)
	).toBeLessThan(-2.5);
});

import { expect, test } from 'vitest';
import { Lines } from './refused.ts';

test('a flood of refusals is a bounded number of lines, and the next one says how many were left out', () => {
	const lines = new Lines(3);
	const taken = Array.from({ length: 10 }, (_, index) => lines.take(1_000 + index));
	expect(taken).toEqual([0, 0, 0, ...Array<null>(7).fill(null)]);
	expect(lines.take(61_000)).toBe(7);
	expect(lines.take(61_001)).toBe(0);
});

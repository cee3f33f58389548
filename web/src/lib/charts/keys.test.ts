import { expect, test } from 'vitest';
import { dayAt } from './brush.ts';
import { nextMark } from './keys.ts';

test('arrows stay inside, other keys are not for the chart', () => {
	expect(['ArrowRight', 'ArrowDown', 'Home', 'End'].map((key) => nextMark(key, -1, 5))).toEqual([0, 0, 0, 4]);
	expect(nextMark('ArrowLeft', 0, 5)).toBe(0);
	expect(nextMark('ArrowRight', 4, 5)).toBe(4);
	expect(nextMark('Tab', 2, 5)).toBeNull();
});

test('a pixel means the day it stands over, and the nearest one outside', () => {
	const brush = { dates: ['a', 'b', 'c', 'd'], left: 20, right: 40 };
	expect([0, 20, 59.9, 60, 179, 400].map((x) => dayAt(brush, x, 220))).toEqual([0, 0, 0, 1, 3, 3]);
});

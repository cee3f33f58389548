import { describe, expect, test } from 'vitest';
import { Random, Weighted } from './random.ts';

const take = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.next());

describe('streams', () => {
	test('the same seed and name give the same numbers, another name others', () => {
		expect(take(new Random(7, 'a', 1), 5)).toEqual(take(new Random(7, 'a', 1), 5));
		expect(take(new Random(7, 'a', 1), 5)).not.toEqual(take(new Random(7, 'a', 2), 5));
		expect(take(new Random(7, 'a', 1), 5)).not.toEqual(take(new Random(8, 'a', 1), 5));
		expect(take(new Random(7, 'a', '1b'), 5)).not.toEqual(take(new Random(7, 'a1', 'b'), 5));
	});

	test('numbers are spread evenly, within one stream and over the first numbers of many', () => {
		const long = take(new Random(1, 'long'), 20_000);
		const firsts = Array.from({ length: 20_000 }, (_, index) => new Random(1, 'person', index).next());
		for (const numbers of [long, firsts]) {
			const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((value) => Math.floor(value * 10) === tenth).length);
			for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
		}
	});
});

describe('draws', () => {
	test('weights decide', () => {
		const random = new Random(3, 'weights');
		const table = new Weighted(['never', 'seldom', 'often'], (value) => ({ never: 0, seldom: 1, often: 9 })[value] as number);
		const drawn = Array.from({ length: 5000 }, () => table.draw(random));
		expect(drawn.filter((value) => value === 'never')).toHaveLength(0);
		expect(drawn.filter((value) => value === 'seldom').length / 5000).toBeCloseTo(0.1, 1);
		expect(random.weighted(['only'], () => 0)).toBe('only');
	});

	test('whole numbers include both ends; a shuffle keeps the values', () => {
		const random = new Random(4, 'ends');
		expect(new Set(Array.from({ length: 200 }, () => random.int(2, 4)))).toEqual(new Set([2, 3, 4]));
		expect(random.shuffled([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
		expect(random.digits(9)).toMatch(/^\d{9}$/);
		expect(random.hex(7)).toMatch(/^[0-9a-f]{7}$/);
	});
});

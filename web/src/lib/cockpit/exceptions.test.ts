import { describe, expect, test } from 'vitest';
import { findExceptions, type Counts, type Place } from './exceptions.ts';

const usual: Counts = { leads: 1000, valid: 640, slaDue: 600, slaKept: 540, visits: 200, orders: 40 };

function place(id: string, now: Partial<Counts>, level: Place['level'] = 'region', parent: string | null = null): Place {
	return { level, id, zh: id, en: id, parent, now: { ...usual, ...now }, before: usual };
}

describe('where to look', () => {
	test('names the place that lies clearly below the others, and by how much', () => {
		const found = findExceptions([place('E', { slaKept: 360 }), place('N', {}), place('S', {}), place('W', {})]);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ id: 'E', metric: 'sla_rate', n: 600 });
		expect(found[0]?.value).toBeCloseTo(0.6);
		expect(found[0]?.peers).toBeCloseTo(0.9);
		expect(found[0]?.before).toBeCloseTo(0.9);
		expect(found[0]?.lost).toBeCloseTo(180);
	});

	test('small samples and small differences are left alone', () => {
		const small = { leads: 10, valid: 2, slaDue: 3, slaKept: 0, visits: 0, orders: 0 };
		expect(findExceptions([place('E', small), place('N', {}), place('S', {})])).toEqual([]);
		expect(findExceptions([place('E', { valid: 630 }), place('N', {}), place('S', {})])).toEqual([]);
	});

	test('the best place is no exception, and one place alone has no peers', () => {
		expect(findExceptions([place('E', { orders: 80 }), place('N', {})]).map(({ id }) => id)).not.toContain('E');
		expect(findExceptions([place('E', { slaKept: 0 })])).toEqual([]);
	});

	test('stores of a region named for the same reason are not repeated, and a place is named once', () => {
		const stores = ['a', 'b', 'c', 'd'].map((id) =>
			place(id, id === 'a' ? { slaKept: 200, visits: 60 } : {}, 'store', id === 'a' ? 'E' : 'N')
		);
		const found = findExceptions([place('E', { slaKept: 300 }), place('N', {}), place('S', {}), ...stores]);
		expect(found.filter(({ id }) => id === 'E')).toHaveLength(1);
		expect(found.filter(({ id, metric }) => id === 'a' && metric === 'sla_rate')).toHaveLength(0);
		expect(found.filter(({ id }) => id === 'a').length).toBeLessThanOrEqual(1);
	});

	test('the other way round it finds who does clearly better', () => {
		const found = findExceptions([place('E', { orders: 90 }), place('N', {}), place('S', {}), place('W', {})], 'above');
		expect(found).toMatchObject([{ id: 'E', metric: 'order_rate' }]);
		expect(found[0]?.lost).toBeCloseTo(50);
	});

	test('nothing counted is nothing found', () => {
		const none: Counts = { leads: 0, valid: 0, slaDue: 0, slaKept: 0, visits: 0, orders: 0 };
		expect(findExceptions([place('E', none), place('N', none)])).toEqual([]);
	});
});

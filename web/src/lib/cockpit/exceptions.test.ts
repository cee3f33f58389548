import { describe, expect, test } from 'vitest';
import { NO_COUNTS, addCounts, findExceptions, type Counts, type Level, type Subject } from './exceptions.ts';

const usual: Counts = { leads: 1000, valid: 640, recognisable: 1000, known: 150, slaDue: 600, slaKept: 540, visits: 200, orders: 40 };

function subject(id: string, now: Partial<Counts>, level: Level = 'region', within: string[] = []): Subject {
	return { level, id, zh: id, en: id, within, now: { ...usual, ...now }, before: usual };
}

describe('where to look', () => {
	test('names the region that lies clearly below the others, and by how much', () => {
		const found = findExceptions([subject('E', { slaKept: 360 }), subject('N', {}), subject('S', {}), subject('W', {})]);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ id: 'E', metric: 'sla_rate', n: 600 });
		expect(found[0]?.value).toBeCloseTo(0.6);
		expect(found[0]?.peers).toBeCloseTo(0.9);
		expect(found[0]?.before).toBeCloseTo(0.9);
		expect(found[0]?.lost).toBeCloseTo(180);
	});

	test('small samples and small differences are left alone', () => {
		const small = { ...NO_COUNTS, leads: 10, valid: 2, slaDue: 3 };
		expect(findExceptions([subject('E', small), subject('N', {}), subject('S', {})])).toEqual([]);
		expect(findExceptions([subject('E', { valid: 630 }), subject('N', {}), subject('S', {})])).toEqual([]);
	});

	test('the best region is no exception, and one alone has no peers', () => {
		expect(findExceptions([subject('E', { orders: 80 }), subject('N', {})]).map(({ id }) => id)).not.toContain('E');
		expect(findExceptions([subject('E', { slaKept: 0 })])).toEqual([]);
	});

	test('parts of a region named for the same reason are not repeated, and a member is named once', () => {
		const third = { slaDue: 200, slaKept: 100 };
		const stores = [
			...['a', 'b', 'c'].map((id) => subject(id, { ...third, ...(id === 'a' && { visits: 60 }) }, 'store', ['region E'])),
			...['d', 'e', 'f', 'g'].map((id) => subject(id, {}, 'store', ['region N']))
		];
		const found = findExceptions([subject('E', { slaKept: 300 }), subject('N', {}), subject('S', {}), ...stores]);
		expect(found.filter(({ id }) => id === 'E')).toHaveLength(1);
		expect(found.filter(({ id, metric }) => id === 'a' && metric === 'sla_rate')).toHaveLength(0);
		expect(found.filter(({ id }) => id === 'a').length).toBeLessThanOrEqual(1);
	});

	test('a store that stands out because of one inviter gives way to that person', () => {
		const stores = ['a', 'b', 'c', 'd'].map((id) => subject(id, id === 'a' ? { slaKept: 400 } : {}, 'store', ['region N']));
		const inviters = ['i', 'j', 'k', 'l'].map((id) => subject(id, id === 'i' ? { slaKept: 350 } : {}, 'inviter', ['region N', 'store a']));
		expect(findExceptions([...stores, ...inviters]).map(({ level, id }) => `${level} ${id}`)).toEqual(['inviter i']);
	});

	test('a region that stands out because of one of its stores, or of its people, gives way to that one', () => {
		const regionOf = (parts: Subject[]) => {
			const sum = { ...NO_COUNTS };
			for (const { now } of parts) addCounts(sum, now);
			return subject('E', sum);
		};
		const rest = [subject('N', {}), subject('S', {}), subject('W', {})];
		const of = (level: Level, change: Partial<Counts>) =>
			['a', 'b', 'c', 'd'].map((id) => subject(id, id === 'a' ? change : {}, level, ['region E']));
		const stores = of('store', { orders: 160 });
		expect(findExceptions([regionOf(stores), ...rest], 'above').map(({ id }) => id)).toEqual(['E']);
		expect(findExceptions([regionOf(stores), ...rest, ...stores], 'above').map(({ id }) => id)).toEqual(['a']);
		const inviters = of('inviter', { slaKept: 250 });
		expect(findExceptions([regionOf(inviters), ...rest]).map(({ id }) => id)).toEqual(['E']);
		expect(findExceptions([regionOf(inviters), ...rest, ...inviters]).map(({ id }) => id)).toEqual(['a']);
	});

	test('each kind of member answers for its own: channels for validity, campaigns for new customers, inviters for time', () => {
		const found = findExceptions([
			...['ad', 'web', 'app'].map((id) => subject(id, id === 'ad' ? { valid: 250 } : {}, 'channel')),
			...['c1', 'c2', 'c3'].map((id) => subject(id, id === 'c2' ? { known: 900 } : {}, 'campaign')),
			...['i1', 'i2', 'i3'].map((id) => subject(id, id === 'i3' ? { slaKept: 350, orders: 0 } : {}, 'inviter'))
		]);
		expect(found.map(({ level, id, metric }) => [level, id, metric])).toEqual(
			expect.arrayContaining([
				['channel', 'ad', 'valid_rate'],
				['campaign', 'c2', 'new_rate'],
				['inviter', 'i3', 'sla_rate']
			])
		);
		expect(found).toHaveLength(3);
	});

	test('the other way round it finds who does clearly better', () => {
		const found = findExceptions([subject('E', { orders: 90 }), subject('N', {}), subject('S', {}), subject('W', {})], 'above');
		expect(found).toMatchObject([{ id: 'E', metric: 'order_rate' }]);
		expect(found[0]?.lost).toBeCloseTo(50);
	});

	test('nothing counted is nothing found', () => {
		expect(findExceptions([subject('E', NO_COUNTS), subject('N', NO_COUNTS)].map((one) => ({ ...one, now: NO_COUNTS })))).toEqual([]);
	});
});

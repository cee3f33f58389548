import { expect, test } from 'vitest';
import { searchPlaces } from './places.ts';

const region = [
	{ id: 'east', zh: '华东', en: 'East' },
	{ id: 'north', zh: '华北', en: 'North' }
];
const area = [{ id: 'east-1', zh: '华东一区', en: 'East Area 1', parent: 'east' }];
const store = Array.from({ length: 2400 }, (_, index) => ({
	id: `S${index}`,
	zh: `上海浦东${index}店`,
	en: `Shanghai Pudong ${index}`,
	parent: 'east',
	area: 'east-1'
}));
const options = { region, area, store };
const ask = (query: Partial<Parameters<typeof searchPlaces>[1]>) => searchPlaces(options, { text: '', region: null, area: null, ...query });

test('without words it opens level by level', () => {
	expect(ask({}).places.map(({ kind, id, opens }) => [kind, id, opens])).toEqual([
		['region', 'east', true],
		['region', 'north', false]
	]);
	expect(ask({ region: 'east' }).places).toMatchObject([{ kind: 'area', id: 'east-1', path: [{ zh: '华东' }] }]);
	const stores = ask({ area: 'east-1' });
	expect(stores.places).toHaveLength(60);
	expect(stores.more).toBe(2340);
});

test('words find every kind in both languages, names that begin with them first', () => {
	expect(ask({ text: 'east' }).places.map(({ id }) => id)).toEqual(['east', 'east-1']);
	expect(ask({ text: '浦东 2399' }).places).toMatchObject([{ kind: 'store', id: 'S2399', path: [{ en: 'East' }, { en: 'East Area 1' }] }]);
	expect(ask({ text: 'nowhere' })).toEqual({ places: [], more: 0 });
});

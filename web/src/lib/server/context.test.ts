import { expect, test } from 'vitest';
import { membersIn } from './context.ts';

const place = (region: string, area: string | null, store: string | null, leads: string) => ({
	'leads.region_id': region,
	'leads.region_name_zh': `${region} zh`,
	'leads.region_name_en': `${region} en`,
	'leads.area_id': area,
	'leads.area_name_zh': area && `${area} zh`,
	'leads.area_name_en': null,
	'leads.store_id': store,
	'leads.store_name_zh': null,
	'leads.store_name_en': null,
	'leads.leads': leads
});
const rows = [
	place('east', 'e1', 's1', '9'),
	place('north', 'n1', 's3', '8'),
	place('north', 'n1', 's2', '8'),
	place('west', null, null, '7'),
	place('east', 'e2', 's4', '1')
];

test('members of one kind come once, with most leads first, out of rows that tell others apart too', () => {
	expect(membersIn(rows, 'region_id', 'region')).toEqual([
		{ id: 'north', zh: 'north zh', en: 'north en' },
		{ id: 'east', zh: 'east zh', en: 'east en' },
		{ id: 'west', zh: 'west zh', en: 'west en' }
	]);
	expect(membersIn(rows, 'area_id', 'area').map(({ id, en, parent }) => [id, en, parent])).toEqual([
		['n1', 'n1 zh', 'north'],
		['e1', 'e1 zh', 'east'],
		['e2', 'e2 zh', 'east']
	]);
});

test('equal members come by their ids; nameless ones are called by them', () => {
	expect(membersIn(rows, 'store_id', 'store').map(({ id, zh, parent, area }) => [id, zh, parent, area])).toEqual([
		['s1', 's1', 'east', 'e1'],
		['s2', 's2', 'north', 'n1'],
		['s3', 's3', 'north', 'n1'],
		['s4', 's4', 'east', 'e2']
	]);
});

test('figures that are held back make no member vanish', () => {
	const held = rows.map((row) => ({ ...row, 'leads.leads': null }));
	expect(membersIn(held, 'region_id').map(({ id }) => id)).toEqual(['east', 'north', 'west']);
	expect(membersIn(undefined, 'region_id')).toEqual([]);
});

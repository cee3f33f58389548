import { expect, test } from 'vitest';
import { BY_ID, type NameOf } from '../names.ts';
import { paidSubjects, peopleSubjects } from './subjects.ts';

const row = (region: string | null, store: string | null, inviter: string | null, leads: number) => ({
	'leads.region_id': region,
	'leads.store_id': store,
	'leads.inviter_id': inviter,
	'leads.leads': String(leads),
	'leads.valid_leads': '1'
});

/** Regions have a name. */
const nameOf: NameOf = (level, id) => (level === 'region' ? { zh: `${id}区`, en: `Region ${id}` } : BY_ID(level, id));

test('rows are added up to regions, stores and inviters, each knowing what it belongs to', () => {
	const subjects = peopleSubjects(
		nameOf,
		[row('R1', 'S1', 'I1', 10), row('R1', 'S1', 'I2', 20), row('R1', null, null, 5), row(null, null, null, 7)],
		[row('R1', 'S1', 'I1', 8)]
	);
	const find = (level: string, id: string) => subjects.find((one) => one.level === level && one.id === id);
	expect(find('region', 'R1')).toMatchObject({
		zh: 'R1区',
		en: 'Region R1',
		now: { leads: 35, valid: 3 },
		before: { leads: 8 },
		within: []
	});
	expect(find('store', 'S1')).toMatchObject({ now: { leads: 30 }, within: ['region R1'] });
	expect(find('inviter', 'I2')).toMatchObject({ now: { leads: 20 }, before: null, within: ['region R1', 'store S1'] });
	expect(subjects).toHaveLength(4);
});

test('a member that is gone in the period is not compared', () => {
	expect(peopleSubjects(nameOf, [], [row('R1', 'S1', 'I1', 8)])).toEqual([]);
});

test('channels and campaigns carry known customers', () => {
	const paid = {
		'channels.channel_id': 'c',
		'channels.campaign_id': null,
		'channels.leads': '10',
		'channels.recognisable_leads': '9',
		'channels.known_customer_leads': '4'
	};
	expect(paidSubjects(BY_ID, [paid], [])).toMatchObject([{ level: 'channel', id: 'c', now: { leads: 10, recognisable: 9, known: 4 } }]);
});

import { expect, test } from 'vitest';
import { emptiness } from './emptiness.ts';
import { parseFilters } from './filters.ts';

const dates = { first: '2025-01-01', until: '2026-11-22' };
const period = { from: '2026-11-01', to: '2026-11-22' };
const options = { region: [{ id: 'east' }], store: [{ id: 'S1' }] };
const why = (search: string, of = period) => emptiness(of, dates, parseFilters(new URLSearchParams(search), '/leads').filters, options);

test('days outside the data, members that nobody knows, or filters that leave nothing', () => {
	expect(why('region=moon', { from: '1999-01-01', to: '1999-02-01' })).toEqual({ kind: 'dates' });
	expect(why('region=moon&region=east&store=S1')).toEqual({ kind: 'members', members: [{ key: 'region', id: 'moon' }] });
	expect(why('region=east')).toEqual({ kind: 'filters', filtered: true });
	expect(why('stage=visit')).toEqual({ kind: 'filters', filtered: true });
	expect(why('')).toEqual({ kind: 'filters', filtered: false });
});

test('a list that does not hold everybody cannot say who is unknown', () => {
	const few = emptiness(period, dates, parseFilters(new URLSearchParams('store=S9')).filters, options, 1);
	expect(few.kind).toBe('filters');
});

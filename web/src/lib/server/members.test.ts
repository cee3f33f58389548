import { expect, test } from 'vitest';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { comparedRanges, semanticFilters } from './members.ts';

const filters = (search: string) => parseFilters(new URLSearchParams(search)).filters;

test('filters become conditions on the members of the view', () => {
	expect(semanticFilters('leads', filters('region=R1&region=R2&grade=H&group=G1'))).toEqual([
		{ member: 'leads.region_id', operator: 'equals', values: ['R1', 'R2'] },
		{ member: 'leads.dealer_group_id', operator: 'equals', values: ['G1'] },
		{ member: 'leads.intent_level', operator: 'equals', values: ['H'] }
	]);
	expect(semanticFilters('leads', filters(''))).toEqual([]);
});

test('a view that knows nothing of a filter answers nothing rather than something else', () => {
	expect(semanticFilters('channels', filters('store=S1'))).toBeNull();
	expect(semanticFilters('channels', filters('region=R1&channel=c'))).toHaveLength(2);
	expect(semanticFilters('targets', filters('series=s1'))).toBeNull();
});

test('the comparison is the one that the address names', () => {
	const dates = { first: '2025-01-01', last: '2026-11-22' };
	const of = (search: string) => comparedRanges(resolvePeriod(filters(search), dates), filters(search));
	expect(of('').comparison).toEqual(['2026-10-01', '2026-10-22']);
	expect(of('compare=year').comparison).toEqual(['2025-11-01', '2025-11-22']);
	expect(of('compare=none').comparison).toBeNull();
	expect(of('period=all').comparison).toBeNull();
	expect(resolvePeriod(filters(''), dates, 'all')).toMatchObject({ from: '2025-01-01', to: '2026-11-22' });
});

test('members can be left out, and a view that does not know them answers nothing', () => {
	expect(semanticFilters('leads', filters('without=region:R1&without=region:R2&without=channel:a:b'))).toEqual([
		{ member: 'leads.region_id', operator: 'notEquals', values: ['R1', 'R2'] },
		{ member: 'leads.channel_id', operator: 'notEquals', values: ['a:b'] }
	]);
	expect(semanticFilters('channels', filters('without=store:S1'))).toBeNull();
	expect(parseFilters(new URLSearchParams('without=moon:1')).notices).toEqual([{ key: 'without', value: 'moon:1', kind: 'invalid' }]);
});

test('what only the list of leads knows is no filter elsewhere', () => {
	expect(parseFilters(new URLSearchParams('province=江苏&stage=visit')).notices.map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
	expect(parseFilters(new URLSearchParams('province=江苏&stage=visit'), '/leads').notices).toEqual([]);
});

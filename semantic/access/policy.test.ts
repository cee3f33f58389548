import { describe, expect, test } from 'vitest';
import { ROLE_SCOPE, ROLES, type Claims, type Role } from '../../contracts/claims.ts';
import { GROUPS_ONLY, mayRead } from '../../contracts/sight.ts';
import { authorise, PolicyError, scopeKey } from './policy.ts';

const isMeasure = (member: string) => /\.(leads|spend)$/.test(member);
const claims = (role: Role, ids = ['x']): Claims => {
	const dimension = ROLE_SCOPE[role];
	return { sub: 's', role, scopes: dimension ? [{ dimension, ids }] : [], tenant: 't' };
};
const query = { measures: ['leads.leads'], filters: [{ member: 'leads.city', operator: 'set' }] };

describe('rows', () => {
	test.each(ROLES)('%s gets its own condition, or none', (role) => {
		const { filters } = authorise(query, claims(role), isMeasure);
		const dimension = ROLE_SCOPE[role];
		expect(filters).toEqual(
			dimension ? [...query.filters, { member: `leads.${dimension}`, operator: 'equals', values: ['x'] }] : query.filters
		);
	});

	test('fails closed: a scoped role without a scope sees nothing', () => {
		expect(() => authorise(query, { ...claims('store_manager'), scopes: [] }, isMeasure)).toThrow(PolicyError);
	});

	test('a mixed scope is seen as a whole, in one condition, however it is written', () => {
		const scopes: Claims['scopes'] = [
			{ dimension: 'store_id', ids: ['s2', 's1', 's2'] },
			{ dimension: 'region_id', ids: ['r'] }
		];
		const condition = {
			or: [
				{ member: 'leads.region_id', operator: 'equals', values: ['r'] },
				{ member: 'leads.store_id', operator: 'equals', values: ['s1', 's2'] }
			]
		};
		for (const mixed of [scopes, scopes.toReversed()]) {
			const who: Claims = { ...claims('area_manager'), scopes: mixed };
			expect(authorise(query, who, isMeasure).filters).toEqual([...query.filters, condition]);
			expect(scopeKey(who)).toBe(scopeKey({ ...who, role: 'region_manager', scopes }));
		}
	});

	test('a view that can not be limited by every part of a scope is refused, not answered for the other parts', () => {
		const who: Claims = {
			...claims('region_manager'),
			scopes: [
				{ dimension: 'region_id', ids: ['r'] },
				{ dimension: 'store_id', ids: ['s'] }
			]
		};
		expect(() => authorise({ measures: ['channels.spend'] }, who, isMeasure)).toThrow(/known by region only/);
		expect(mayRead('channels', who)).toBe(false);
		expect(mayRead('targets', who)).toBe(true);
		expect(mayRead('targets', { ...who, scopes: [...who.scopes, { dimension: 'advisor_id', ids: ['a'] }] })).toBe(false);
	});

	test('spend is for regions and above', () => {
		const spend = { measures: ['channels.spend'] };
		expect(authorise(spend, claims('region_manager'), isMeasure)).toMatchObject({ filters: [{ member: 'channels.region_id' }] });
		expect(() => authorise(spend, claims('store_manager'), isMeasure)).toThrow(/known by region only/);
		expect(mayRead('channels', claims('store_manager'))).toBe(false);
	});

	test('asking twice changes nothing but adds the condition twice', () => {
		const once = authorise(query, claims('advisor'), isMeasure);
		expect(authorise(once, claims('advisor'), isMeasure).filters?.slice(1)).toEqual([once.filters?.[1], once.filters?.[1]]);
	});
});

describe('members', () => {
	test.each([
		['a dimension', { dimensions: ['leads.lead_id'] }],
		['a filter', { measures: ['leads.leads'], filters: [{ member: 'leads.phone_masked', operator: 'set' }] }],
		['a filter as Cube writes it', { measures: ['leads.leads'], filters: [{ dimension: 'leads.phone_masked', operator: 'set' }] }],
		['a nested filter', { measures: ['leads.leads'], filters: [{ and: [{ or: [{ member: 'leads.name_masked', operator: 'set' }] }] }] }],
		['an order', { measures: ['leads.leads'], order: [['leads.customer_id', 'asc']] }],
		['an order as Cube writes it', { measures: ['leads.leads'], order: [{ id: 'leads.customer_id', desc: false }] }],
		['a time', { measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.visit_at' }] }],
		['what nobody has thought of', { dimensions: ['leads.something_new'] }]
	])('who sees groups only is refused a person in %s', (_, asked) => {
		for (const role of GROUPS_ONLY) expect(() => authorise(asked, claims(role), isMeasure)).toThrow(/single people/);
		expect(() => authorise(asked, claims('analyst'), isMeasure)).not.toThrow();
	});

	test.each([
		['a cube behind a view', { measures: ['fct_leads.leads'] }],
		['two views', { measures: ['leads.leads'], dimensions: ['orders.order_id'] }],
		['no view', { measures: [] }],
		['a segment', { measures: ['leads.leads'], segments: ['leads.all'] }],
		['an expression', { measures: ['{"expression":["return 1"]}'] }],
		['a filter that is none', { measures: ['leads.leads'], filters: [{}] }]
	])('%s is refused for everyone', (_, asked) => {
		for (const role of ROLES) expect(() => authorise(asked, claims(role), isMeasure)).toThrow(PolicyError);
	});
});

describe('the key of a scope', () => {
	test('is one for all who see everything', () => {
		expect(new Set((['executive', 'marketing', 'analyst'] as const).map((role) => scopeKey(claims(role))))).toEqual(new Set(['*']));
	});

	test('does not depend on the order of ids, but on the dimension', () => {
		expect(scopeKey(claims('region_manager', ['b', 'a', 'b']))).toBe(scopeKey(claims('region_manager', ['a', 'b'])));
		expect(scopeKey(claims('region_manager', ['a']))).not.toBe(scopeKey(claims('area_manager', ['a'])));
		expect(scopeKey(claims('region_manager', ['a', 'b']))).not.toBe(scopeKey(claims('region_manager', ['a,b'])));
	});
});

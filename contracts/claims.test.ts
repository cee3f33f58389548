import { describe, expect, test } from 'vitest';
import { ROLE_SCOPE, ROLES, SCOPE_DIMENSIONS, claims, type Scopes } from './claims.ts';

const who = (role: string, scopes: unknown) => claims.safeParse({ sub: 's', role, scopes, tenant: 't' }).success;
const region: Scopes[number] = { dimension: 'region_id', ids: ['r'] };
const stores: Scopes[number] = { dimension: 'store_id', ids: ['s1', 's2'] };

describe.each(ROLES)('%s', (role) => {
	const scoped = ROLE_SCOPE[role] !== null;

	test('is limited, or sees every row: never one without the other', () => {
		expect(who(role, [])).toBe(!scoped);
		expect(who(role, [region])).toBe(scoped);
		expect(who(role, [region, stores])).toBe(scoped);
		expect(
			who(
				role,
				SCOPE_DIMENSIONS.map((dimension) => ({ dimension, ids: ['x'] }))
			)
		).toBe(scoped);
	});
});

test.each([
	['a dimension named twice', [region, region]],
	['a dimension without ids', [{ dimension: 'region_id', ids: [] }]],
	['an empty id', [{ dimension: 'region_id', ids: [''] }]],
	['another dimension', [{ dimension: 'city', ids: ['x'] }]],
	['an unknown key', [{ ...region, all: true }]],
	['ids that are no list', [{ dimension: 'region_id', ids: 'r' }]],
	['no list', { 0: region }],
	['nothing', null]
])('a scope with %s is none', (_, scopes) => {
	expect(who('region_manager', scopes)).toBe(false);
});

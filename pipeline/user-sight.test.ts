import { expect, test } from 'vitest';
import { claimsOf } from './user-sight.ts';

const request = (role: string, ...scope: string[]) => ({ role, scope, name: 'report' });

test('a role that sees everything takes no scope', () => {
	expect(claimsOf(request('analyst'), 'demo')).toEqual({ sub: 'report', role: 'analyst', scopes: [], tenant: 'demo' });
	expect(() => claimsOf(request('analyst', 'region_id=R1'), 'demo')).toThrow('takes no --scope');
});

test('a scoped role needs a scope, of one dimension or of several', () => {
	expect(claimsOf(request('region_manager', 'region_id=R1,R2'), 'demo').scopes).toEqual([{ dimension: 'region_id', ids: ['R1', 'R2'] }]);
	expect(claimsOf(request('region_manager', 'region_id=R1', 'store_id=S7'), 'demo').scopes).toEqual([
		{ dimension: 'region_id', ids: ['R1'] },
		{ dimension: 'store_id', ids: ['S7'] }
	]);
	expect(() => claimsOf(request('region_manager'), 'demo')).toThrow('needs --scope region_id=');
	expect(() => claimsOf(request('region_manager', 'region_id='), 'demo')).toThrow('names nothing');
	expect(() => claimsOf(request('region_manager', 'city=Beijing'), 'demo')).toThrow('one of region_id, area_id');
	expect(() => claimsOf(request('region_manager', 'region_id=R1', 'region_id=R2'), 'demo')).toThrow('named once');
});

test('an unknown role lists the known ones', () => {
	expect(() => claimsOf(request('boss'), 'demo')).toThrow(/Role "boss" is unknown: choose one of executive/);
});

import { expect, test } from 'vitest';
import { claimsOf } from './user-token.ts';

const request = (role: string, scope?: string) => ({ role, scope, name: 'report', days: 1 });

test('a role that sees everything takes no scope', () => {
	expect(claimsOf(request('analyst'), 'demo')).toEqual({ sub: 'report', role: 'analyst', scopes: [], tenant: 'demo' });
	expect(() => claimsOf(request('analyst', 'region_id=R1'), 'demo')).toThrow('takes no --scope');
});

test('a scoped role needs its own dimension', () => {
	expect(claimsOf(request('region_manager', 'region_id=R1,R2'), 'demo').scopes).toEqual([{ dimension: 'region_id', ids: ['R1', 'R2'] }]);
	expect(() => claimsOf(request('region_manager'), 'demo')).toThrow('needs --scope region_id=');
	expect(() => claimsOf(request('region_manager', 'store_id=S1'), 'demo')).toThrow('needs --scope region_id=');
	expect(() => claimsOf(request('region_manager', 'region_id='), 'demo')).toThrow('needs --scope region_id=');
});

test('an unknown role lists the known ones', () => {
	expect(() => claimsOf(request('boss'), 'demo')).toThrow(/Role "boss" is unknown: choose one of executive/);
});

import { describe, expect, test } from 'vitest';
import type { Claims } from '../../../../contracts/claims.ts';
import { readPersonal, readSession, signPersonal, signSemantic, signSession } from './session.ts';

const secret = new TextEncoder().encode('a'.repeat(32));
const other = new TextEncoder().encode('b'.repeat(32));
const manager: Claims = { sub: 'demo', role: 'region_manager', scopes: [{ dimension: 'region_id', ids: ['R1'] }], tenant: 'default' };

describe('sessions', () => {
	test('come back as they were signed', async () => {
		expect(await readSession(await signSession(manager, secret), secret, 'default')).toEqual(manager);
	});

	test('are refused when missing, forged, or signed with another secret', async () => {
		const token = await signSession(manager, secret);
		expect(await readSession(undefined, secret, 'default')).toBeNull();
		expect(await readSession(`${token.slice(0, -4)}AAAA`, secret, 'default')).toBeNull();
		expect(await readSession(token, other, 'default')).toBeNull();
	});

	test('one kind of token is never taken for another', async () => {
		expect(await readSession(await signSemantic(manager, secret), secret, 'default')).toBeNull();
		expect(await readSession(await signPersonal(manager, secret, 60), secret, 'default')).toBeNull();
		expect(await readPersonal(await signSession(manager, secret), secret, 'default')).toBeNull();
		expect(await readPersonal(await signPersonal(manager, secret, 60), secret, 'default')).toEqual(manager);
	});

	test('of another home that shares the secret are refused', async () => {
		expect(await readSession(await signSession(manager, secret), secret, 'elsewhere')).toBeNull();
		expect(await readPersonal(await signPersonal(manager, secret, 60), secret, 'elsewhere')).toBeNull();
	});

	test('claims whose scope does not fit the role are refused', async () => {
		const wrong = { ...manager, scopes: [] } as Claims;
		expect(await readSession(await signSession(wrong, secret), secret, 'default')).toBeNull();
	});
});

/** What lets a person in after the sign-in: sessions, tokens, a provider's word, under a clock that may jump. */
import { describe, expect, test } from 'vitest';
import { listAudit, verifyAudit } from '../audit.ts';
import {
	addUser,
	changeSight,
	createToken,
	endAllSessions,
	endSession,
	externalUser,
	beginFlow,
	getUser,
	listSessions,
	listTokens,
	readSession,
	readToken,
	revokeToken,
	setDisabled,
	signInWithPassword,
	sightOfGroups,
	startSession,
	takeFlow,
	type User
} from './index.ts';
import { HOUR, actions, admin, ann, from, limits, password, read, start, state, wait } from './testing.ts';

describe('sessions', () => {
	test('end by idleness, by age, and are not prolonged beyond it by use', async () => {
		const value = await start(ann);
		wait(HOUR);
		expect(await read(value)).toMatchObject({ claims: { sub: ann.id, role: 'administrator', tenant: 'here' } });
		wait(HOUR + 1);
		expect(await read(value)).toBeNull();
		const busy = await start(ann);
		for (let hour = 0; hour < 12; hour++) {
			expect(await read(busy), `hour ${hour}`).not.toBeNull();
			wait(HOUR);
		}
		expect(await read(busy)).toBeNull();
	});

	test('a new sign-in replaces the value that came along', async () => {
		const before = await start(ann);
		const after = await start(ann, before);
		expect([await read(before), (await read(after))?.user?.id]).toEqual([null, ann.id]);
	});

	test('end one by one and everywhere', async () => {
		const values = [await start(ann), await start(ann), await start(ann)];
		const [first] = await listSessions(state, ann, limits);
		await endSession(state, { ...admin, sub: ann.id }, first?.id ?? '');
		expect((await Promise.all(values.map(read))).filter(Boolean)).toHaveLength(2);
		expect(await endAllSessions(state, admin, ann)).toBe(2);
		expect((await Promise.all(values.map(read))).filter(Boolean)).toHaveLength(0);
		expect(await actions()).toEqual(expect.arrayContaining(['signout', 'signout.everywhere']));
	});

	test('end with the account, and with another role', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [] });
		const value = await start(bob);
		await changeSight(state, admin, bob, 'marketing', []);
		expect(await read(value)).toBeNull();
		const again = await start(await getUser(state, 'bob'));
		expect(await read(again)).toMatchObject({ claims: { role: 'marketing' } });
		await setDisabled(state, admin, bob, true);
		expect(await read(again)).toBeNull();
	});

	test('of the role picker belong to their tenant', async () => {
		const claims = { sub: 'demo:analyst', role: 'analyst' as const, scopes: [], tenant: 'here' };
		const { value } = await startSession(state, { kind: 'demo', who: { claims }, address: '::1', agent: '', limits });
		expect(await read(value)).toMatchObject({ claims, user: null });
		expect(await readSession(state, value, limits, 'elsewhere')).toBeNull();
		expect(await read('guessed')).toBeNull();
	});
});

describe('tokens', () => {
	const input = { name: 'sheet', permissions: ['query' as const], days: 30 };
	const use = (token: string, permission: 'query' | 'meta' = 'query') => readToken(state, token, permission, '192.0.2.9', 'here');

	test('see what their owner sees now, and nothing once revoked, expired, or their owner is disabled', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [] });
		const { token, id } = await createToken(state, admin, { user: bob }, input);
		expect(await use(token)).toMatchObject({ sub: bob.id, role: 'analyst' });
		expect(await use(token, 'meta')).toBeNull();
		await changeSight(state, admin, bob, 'marketing', []);
		expect(await use(token)).toMatchObject({ role: 'marketing' });
		await setDisabled(state, admin, bob, true);
		expect(await use(token)).toBeNull();
		await setDisabled(state, admin, bob, false);
		wait(30 * 24 * HOUR);
		expect(await use(token)).toBeNull();
		wait(-HOUR);
		expect(await revokeToken(state, admin, id, ann)).toBe(false);
		expect(await revokeToken(state, admin, id, bob)).toBe(true);
		expect(await use(token)).toBeNull();
		expect(await listTokens(state, bob)).toMatchObject([{ id, revoked_at: expect.any(String) as string, last_used_from: '192.0.2.9' }]);
	});

	test('of programs have a role of their own, in their tenant', async () => {
		const claims = { sub: 'nightly', role: 'analyst' as const, scopes: [], tenant: 'here' };
		const { token } = await createToken(state, admin, { claims }, input);
		expect(await use(token)).toEqual(claims);
		expect(await readToken(state, token, 'query', 'x', 'elsewhere')).toBeNull();
		for (const wrong of ['', 'onelane_', `${token}x`, token.toUpperCase(), token.slice(8)]) expect(await use(wrong)).toBeNull();
	});

	test('are in the audit log when made, and once an hour when used', async () => {
		const { token } = await createToken(state, admin, { user: ann }, input);
		for (let index = 0; index < 5; index++) await use(token);
		wait(HOUR + 1);
		await use(token);
		expect((await actions()).filter((action) => action.startsWith('token.'))).toEqual(['token.used', 'token.used', 'token.created']);
	});
});

describe('people of a provider', () => {
	const rules = [
		{ group: 'bi-admins', role: 'administrator' as const, scopes: [] },
		{ group: 'region-*', role: 'region_manager' as const, scopes: [{ dimension: 'region_id' as const, ids: ['$1'] }] },
		{ group: 'everybody', role: 'marketing' as const, scopes: [] }
	];
	const person = { issuer: 'https://id.example', subject: '1', name: ' Ann\u202eLi ', groups: ['region-R1'] };

	test.each([
		[['everybody', 'region-R2', 'region-R1', 'other'], { role: 'region_manager', scopes: [{ dimension: 'region_id', ids: ['R1', 'R2'] }] }],
		[['region-R1', 'bi-admins'], { role: 'administrator', scopes: [] }],
		[['everybody'], { role: 'marketing', scopes: [] }],
		[['region-'], null],
		[['bi-admins-not'], null],
		[['region-$1'], { role: 'region_manager', scopes: [{ dimension: 'region_id', ids: ['$1'] }] }],
		[[], null]
	])('groups %j', (groups, sight) => expect(sightOfGroups(groups, rules)).toEqual(sight));

	test('get an account at the first sign-in, and today’s groups at each', async () => {
		const first = await externalUser(state, from, person, rules);
		expect(first).toMatchObject({ role: 'region_manager', display_name: 'Ann Li', is_external: true });
		const value = await start(first as User);
		const second = await externalUser(state, from, { ...person, groups: ['everybody'] }, rules);
		expect(second).toMatchObject({ id: first?.id, role: 'marketing' });
		expect(await read(value)).toBeNull();
		expect(await externalUser(state, from, { ...person, groups: [] }, rules)).toBeNull();
		expect(await externalUser(state, from, { ...person, issuer: 'https://other.example' }, rules)).not.toMatchObject({ id: first?.id });
		await setDisabled(state, admin, first as User, true);
		expect(await externalUser(state, from, person, rules)).toBeNull();
		expect(await signInWithPassword(state, from, (await getUser(state, first?.id ?? '')).name, password)).toMatchObject({ why: 'wrong' });
	});

	test('a flow comes back once, in time', async () => {
		const flow = { verifier: 'v', nonce: 'n', return_to: '/funnel', again: true };
		const value = await beginFlow(state, flow);
		expect(await takeFlow(state, 'guessed')).toBeNull();
		expect(await takeFlow(state, value)).toEqual(flow);
		expect(await takeFlow(state, value)).toBeNull();
		const late = await beginFlow(state, flow);
		wait(11 * 60_000);
		expect(await takeFlow(state, late)).toBeNull();
	});
});

describe('a clock that jumps', () => {
	const DAY = 24 * HOUR;
	const wrong = () => signInWithPassword(state, from, 'ann', 'not the password');

	test('ahead ends sessions; back again it gives nobody more time than they had', async () => {
		const before = await start(ann);
		wait(30 * DAY);
		expect(await read(before)).toBeNull();
		const ahead = await start(ann);
		expect(await read(ahead)).not.toBeNull();
		wait(-30 * DAY);
		expect(await read(ahead)).toBeNull();
		// A little is what two machines differ by.
		const near = await start(ann);
		wait(-60_000);
		expect(await read(near)).not.toBeNull();
	});

	test('back does not end a pause early, nor make it last until the day that was', async () => {
		for (let failure = 0; failure < 6; failure++) await wrong();
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: false });
		wait(-60_000);
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: false });
		wait(400 * DAY);
		for (let failure = 0; failure < 6; failure++) await wrong();
		wait(-400 * DAY);
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: true });
	});

	test('the audit log stays whole, in the order in which things happened', async () => {
		await start(ann);
		wait(-10 * DAY);
		await setDisabled(state, admin, ann, true).catch(() => undefined);
		expect((await verifyAudit(state)).broken).toBeNull();
		const times = (await listAudit(state, {})).map(({ seq }) => seq);
		expect(times).toEqual([...times].sort((a, b) => b - a));
	});
});

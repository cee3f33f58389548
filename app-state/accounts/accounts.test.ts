import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit, verifyAudit } from '../audit.ts';
import { type AppState, openAppState } from '../open.ts';
import {
	addUser,
	changePassword,
	changeSight,
	createToken,
	endAllSessions,
	endSession,
	externalUser,
	beginFlow,
	getUser,
	issueCode,
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
	useCode,
	type User
} from './index.ts';
import { passwordFault } from './passwords.ts';

const HOUR = 3_600_000;
const admin = { sub: 'system', name: 'system', address: 'command line' };
const from = { address: '192.0.2.7' };
const limits = { idle_minutes: 60, absolute_hours: 12 };
const password = 'correct horse battery';

let home: string;
let state: AppState;
let clock: number;
let ann: User;

beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), 'onelane-accounts-'));
	clock = Date.parse('2026-11-25T00:00:00Z');
	state = openAppState(home, { secret: 'a secret of these tests: 0123456789', now: () => new Date(clock) });
	ann = await addUser(state, admin, { name: 'Ann', role: 'administrator', scopes: [], password: { value: password, own: true } });
});
afterEach(async () => {
	expect((await verifyAudit(state)).broken).toBeNull();
	await state.close();
	rmSync(home, { recursive: true, force: true });
});

const start = async (user: User, replaces?: string) =>
	(await startSession(state, { kind: 'password', who: { user }, address: from.address, agent: 'test', limits, replaces })).value;
const read = (value: string) => readSession(state, value, limits, 'here');
const actions = async () => (await listAudit(state, { limit: 500 })).map(({ action }) => action);

describe('accounts', () => {
	test('a name is taken once, whatever its case, and must be one', async () => {
		await expect(addUser(state, admin, { name: 'ANN', role: 'analyst', scopes: [] })).rejects.toThrow(/already/);
		for (const name of ['', 'a', 'a b', '<script>', 'x'.repeat(81), "'; drop table users"])
			await expect(addUser(state, admin, { name, role: 'analyst', scopes: [] }), name).rejects.toThrow(/no account name/);
	});

	test('role and scopes must fit', async () => {
		await expect(addUser(state, admin, { name: 'bob', role: 'region_manager', scopes: [] })).rejects.toThrow(/do not fit/);
		const scopes = [{ dimension: 'region_id' as const, ids: ['R1'] }];
		await expect(addUser(state, admin, { name: 'bob', role: 'analyst', scopes })).rejects.toThrow(/do not fit/);
		expect(await addUser(state, admin, { name: 'bob', role: 'region_manager', scopes })).toMatchObject({ scopes });
	});

	test('the last administrator stays', async () => {
		await expect(setDisabled(state, admin, ann, true)).rejects.toThrow(/last administrator/);
		await expect(changeSight(state, admin, ann, 'analyst', [])).rejects.toThrow(/last administrator/);
		await addUser(state, admin, { name: 'eve', role: 'administrator', scopes: [] });
		await setDisabled(state, admin, ann, true);
		expect((await getUser(state, 'ann')).disabled_at).not.toBeNull();
	});

	test('no secret is in the file', async () => {
		const value = await start(ann);
		const { code } = await issueCode(state, admin, ann);
		const { token } = await createToken(state, admin, { user: ann }, { name: 't', permissions: ['query'], days: 1 });
		await signInWithPassword(state, from, 'hunter2-typed-as-name', 'x');
		await state.close();
		const bytes = readFileSync(state.file).toString('latin1');
		for (const secret of [password, value, code, code.replaceAll('-', ''), token, 'hunter2-typed-as-name'])
			expect(bytes).not.toContain(secret);
		expect(bytes).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
		state = openAppState(home, { secret: 'a secret of these tests: 0123456789', now: () => new Date(clock) });
	});
});

describe('passwords', () => {
	test.each([
		['short', 'Sh0rt!pass', 'short'],
		['of one letter', 'aaaaaaaaaaaaaaaaa', 'plain'],
		['with the name', 'hello ann hello 12', 'name'],
		['endless', 'ab cd ef '.repeat(40), 'long'],
		['long enough', 'correct horse battery', null],
		['of Chinese', '海内存知己天涯若比邻真好', null]
	])('%s', (_what, value, fault) => expect(passwordFault(value, ['ann'])).toBe(fault));

	test('lets in, and says the same for a wrong one and a wrong name', async () => {
		expect(await signInWithPassword(state, from, ' ANN ', password)).toMatchObject({ ok: true, user: { id: ann.id } });
		const wrong = { ok: false, why: 'wrong' };
		expect(await signInWithPassword(state, from, 'ann', `${password}!`)).toEqual(wrong);
		expect(await signInWithPassword(state, from, 'nobody', password)).toEqual(wrong);
		expect(await signInWithPassword(state, from, 'ann', '')).toEqual(wrong);
	});

	test('of a disabled account, or one without, is a wrong one', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [], password: { value: password, own: true } });
		await addUser(state, admin, { name: 'code-only', role: 'analyst', scopes: [] });
		await setDisabled(state, admin, bob, true);
		for (const name of ['bob', 'code-only'])
			expect(await signInWithPassword(state, from, name, password)).toEqual({ ok: false, why: 'wrong' });
	});

	test('composed and decomposed letters are the same', async () => {
		await addUser(state, admin, { name: 'jo', role: 'analyst', scopes: [], password: { value: 'ﬁancée ﬁancée', own: true } });
		expect(await signInWithPassword(state, from, 'jo', 'fiance\u0301e fiance\u0301e')).toMatchObject({ ok: true });
	});
});

describe('guessing', () => {
	test.each(['ann', 'nobody'])('at "%s" is slowed down, longer each time, and the right password waits too', async (name) => {
		for (let index = 0; index < 5; index++) expect(await signInWithPassword(state, from, name, 'wrong')).toMatchObject({ why: 'wrong' });
		expect(await signInWithPassword(state, from, name, password)).toEqual({ ok: false, why: 'wait', seconds: 60 });
		clock += 60_000;
		expect(await signInWithPassword(state, from, name, 'wrong')).toMatchObject({ why: 'wrong' });
		expect(await signInWithPassword(state, from, name, 'wrong')).toEqual({ ok: false, why: 'wait', seconds: 120 });
		clock += 120_000;
		expect((await signInWithPassword(state, from, name, password)).ok).toBe(name === 'ann');
		expect((await actions()).filter((action) => action === 'signin.locked')).toHaveLength(2);
	});

	test('at the same time is no way around it', async () => {
		const tries = await Promise.all([...Array(12).keys()].map((index) => signInWithPassword(state, from, 'ann', `wrong ${index}`)));
		expect(tries.filter((one) => !one.ok && one.why === 'wrong')).toHaveLength(5);
	});

	test('over many names from one address ends as well; one good sign-in does not wipe it out', async () => {
		for (let index = 0; index < 49; index++) await signInWithPassword(state, from, `name${index}`, 'x');
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: true });
		expect(await signInWithPassword(state, from, 'more', 'x')).toMatchObject({ why: 'wrong' });
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ why: 'wait', seconds: 300 });
		expect(await signInWithPassword(state, { address: '192.0.2.8' }, 'ann', password)).toMatchObject({ ok: true });
	}, 60_000);
});

describe('one-time codes', () => {
	test('set a password once, within a day, and end all sessions', async () => {
		const value = await start(ann);
		const { code } = await issueCode(state, admin, ann);
		await expect(useCode(state, from, 'ann', code, 'short')).rejects.toThrow(/at least 12/);
		const next = 'another good password';
		expect(await useCode(state, from, 'ann', code.toLowerCase().replaceAll('-', ' '), next)).toMatchObject({ ok: true });
		expect(await read(value)).toBeNull();
		expect(await useCode(state, from, 'ann', code, next)).toEqual({ ok: false, why: 'wrong' });
		expect(await signInWithPassword(state, from, 'ann', next)).toMatchObject({ ok: true });
	});

	test('end after a day, with a newer one, and with the account', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [] });
		const first = await issueCode(state, admin, bob);
		const second = await issueCode(state, admin, bob);
		expect(await useCode(state, from, 'bob', first.code, password)).toMatchObject({ why: 'wrong' });
		expect(await useCode(state, from, 'ann', second.code, password)).toMatchObject({ why: 'wrong' });
		clock += 24 * HOUR;
		expect(await useCode(state, from, 'bob', second.code, password)).toMatchObject({ why: 'wrong' });
		const third = await issueCode(state, admin, bob);
		await setDisabled(state, admin, bob, true);
		expect(await useCode(state, from, 'bob', third.code, password)).toMatchObject({ why: 'wrong' });
	});

	test('a password that somebody else thought of must be changed first', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [], password: { value: password, own: false } });
		const value = await start(bob);
		expect(await read(value)).toMatchObject({ claims: null, user: { must_change: true } });
		expect(await changePassword(state, from, bob, 'wrong', 'quite another password')).toMatchObject({ why: 'wrong' });
		expect(await changePassword(state, from, bob, password, 'quite another password')).toMatchObject({ ok: true });
		expect(await read(value)).toBeNull();
		expect(await read(await start(await getUser(state, 'bob')))).toMatchObject({ claims: { role: 'analyst' } });
	});
});

describe('sessions', () => {
	test('end by idleness, by age, and are not prolonged beyond it by use', async () => {
		const value = await start(ann);
		clock += HOUR;
		expect(await read(value)).toMatchObject({ claims: { sub: ann.id, role: 'administrator', tenant: 'here' } });
		clock += HOUR + 1;
		expect(await read(value)).toBeNull();
		const busy = await start(ann);
		for (let hour = 0; hour < 12; hour++) {
			expect(await read(busy), `hour ${hour}`).not.toBeNull();
			clock += HOUR;
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
		clock += 30 * 24 * HOUR;
		expect(await use(token)).toBeNull();
		clock -= HOUR;
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
		clock += HOUR + 1;
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
		const flow = { verifier: 'v', nonce: 'n', return_to: '/funnel' };
		const value = await beginFlow(state, flow);
		expect(await takeFlow(state, 'guessed')).toBeNull();
		expect(await takeFlow(state, value)).toEqual(flow);
		expect(await takeFlow(state, value)).toBeNull();
		const late = await beginFlow(state, flow);
		clock += 11 * 60_000;
		expect(await takeFlow(state, late)).toBeNull();
	});
});

describe('a clock that jumps', () => {
	const DAY = 24 * HOUR;
	const wrong = () => signInWithPassword(state, from, 'ann', 'not the password');

	test('ahead ends sessions; back again it gives nobody more time than they had', async () => {
		const before = await start(ann);
		clock += 30 * DAY;
		expect(await read(before)).toBeNull();
		const ahead = await start(ann);
		expect(await read(ahead)).not.toBeNull();
		clock -= 30 * DAY;
		expect(await read(ahead)).toBeNull();
		// A little is what two machines differ by.
		const near = await start(ann);
		clock -= 60_000;
		expect(await read(near)).not.toBeNull();
	});

	test('back does not end a pause early, nor make it last until the day that was', async () => {
		for (let failure = 0; failure < 6; failure++) await wrong();
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: false });
		clock -= 60_000;
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: false });
		clock += 400 * DAY;
		for (let failure = 0; failure < 6; failure++) await wrong();
		clock -= 400 * DAY;
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: true });
	});

	test('the audit log stays whole, in the order in which things happened', async () => {
		await start(ann);
		clock -= 10 * DAY;
		await setDisabled(state, admin, ann, true).catch(() => undefined);
		expect((await verifyAudit(state)).broken).toBeNull();
		const times = (await listAudit(state, {})).map(({ seq }) => seq);
		expect(times).toEqual([...times].sort((a, b) => b - a));
	});
});

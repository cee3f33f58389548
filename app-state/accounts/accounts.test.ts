import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
	addUser,
	changePassword,
	changeSight,
	createToken,
	getUser,
	issueCode,
	setDisabled,
	signInWithPassword,
	useCode
} from './index.ts';
import { passwordFault } from './passwords.ts';
import { HOUR, actions, admin, ann, from, password, read, reopen, start, state, wait } from './testing.ts';

describe('accounts', () => {
	test('a name is taken once, whatever its case, and must be one', async () => {
		await expect(addUser(state, admin, { name: 'ANN', role: 'analyst', scopes: [] })).rejects.toMatchObject({ fault: 'taken' });
		for (const name of ['', 'a', 'a b', '<script>', 'x'.repeat(81), "'; drop table users"])
			await expect(addUser(state, admin, { name, role: 'analyst', scopes: [] }), name).rejects.toMatchObject({ fault: 'unnamed' });
	});

	test('role and scopes must fit', async () => {
		await expect(addUser(state, admin, { name: 'bob', role: 'region_manager', scopes: [] })).rejects.toMatchObject({ fault: 'scope' });
		const scopes = [{ dimension: 'region_id' as const, ids: ['R1'] }];
		await expect(addUser(state, admin, { name: 'bob', role: 'analyst', scopes })).rejects.toMatchObject({ fault: 'scope' });
		expect(await addUser(state, admin, { name: 'bob', role: 'region_manager', scopes })).toMatchObject({ scopes });
	});

	test('the last administrator stays', async () => {
		await expect(setDisabled(state, admin, ann, true)).rejects.toMatchObject({ fault: 'last' });
		await expect(changeSight(state, admin, ann, 'analyst', [])).rejects.toMatchObject({ fault: 'last' });
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
		reopen();
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

	test('that many people use are refused wherever one is set, and nothing is used up', async () => {
		const common = '1qaz2wsx3edc4RFV';
		const refused = { message: expect.stringContaining('many people use') as string, fault: 'common' };
		await expect(
			addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [], password: { value: common, own: true } })
		).rejects.toMatchObject(refused);
		await expect(changePassword(state, from, ann, password, common)).rejects.toMatchObject(refused);
		expect(await signInWithPassword(state, from, 'ann', password)).toMatchObject({ ok: true });
		const { code } = await issueCode(state, admin, ann);
		await expect(useCode(state, from, 'ann', code, common)).rejects.toMatchObject(refused);
		expect(await useCode(state, from, 'ann', code, 'another good password')).toMatchObject({ ok: true });
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
		wait(60_000);
		expect(await signInWithPassword(state, from, name, 'wrong')).toMatchObject({ why: 'wrong' });
		expect(await signInWithPassword(state, from, name, 'wrong')).toEqual({ ok: false, why: 'wait', seconds: 120 });
		wait(120_000);
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

test('guessing from many addresses of one network of version 6 ends as from one', async () => {
	const of = (index: number) => ({ address: `2001:db8:1:2::${index.toString(16)}` });
	for (let index = 0; index < 50; index++) await signInWithPassword(state, of(index), `name${index}`, 'x');
	expect(await signInWithPassword(state, of(999), 'ann', password)).toMatchObject({ why: 'wait', seconds: 300 });
	expect(await signInWithPassword(state, { address: '2001:db8:1:3::1' }, 'ann', password)).toMatchObject({ ok: true });
}, 60_000);

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

	test('have at least 128 random bits, in groups that can be read out', async () => {
		const codes: string[] = [];
		for (let index = 0; index < 100; index++) codes.push((await issueCode(state, admin, ann)).code);
		for (const code of codes) expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4})+$/);
		const letters = codes.map((code) => code.replaceAll('-', ''));
		const used = new Set(letters.join('')).size;
		expect(Math.min(...letters.map(({ length }) => length)) * Math.log2(used)).toBeGreaterThanOrEqual(128);
		expect(new Set(letters.flatMap((each) => each.slice(0, 14))).size).toBe(codes.length);
	});

	test('end after a day, with a newer one, and with the account', async () => {
		const bob = await addUser(state, admin, { name: 'bob', role: 'analyst', scopes: [] });
		const first = await issueCode(state, admin, bob);
		const second = await issueCode(state, admin, bob);
		expect(await useCode(state, from, 'bob', first.code, password)).toMatchObject({ why: 'wrong' });
		expect(await useCode(state, from, 'ann', second.code, password)).toMatchObject({ why: 'wrong' });
		wait(24 * HOUR);
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

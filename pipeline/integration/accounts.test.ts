/** Accounts over HTTP: signing in and out, roles, tokens, and what nobody may do. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, getUser, issueCode, listAudit, setDisabled, verifyAudit } from '../../app-state/index.ts';
import { ROOT } from '../context.ts';
import { startWeb, tester, Visitor, type WebServer } from './web-server.ts';

const built = existsSync(join(ROOT, 'build', 'web', 'handler.js'));
const password = 'correct horse battery';
const next = 'quite another password';

describe.skipIf(!built)('accounts over HTTP', () => {
	let web: WebServer;
	const visitor = () => new Visitor(web.url);
	const to = (answer: Response) => `${answer.status} ${answer.headers.get('location') ?? ''}`;
	const actions = async () => (await listAudit(web.state, { limit: 500 })).map(({ action }) => action);

	beforeAll(async () => {
		web = await startWeb();
		const own = { value: password, own: true };
		await addUser(web.state, tester, { name: 'ann', role: 'administrator', scopes: [], password: own });
		await addUser(web.state, tester, { name: 'bob', role: 'analyst', scopes: [], password: own });
		await addUser(web.state, tester, { name: 'new', role: 'analyst', scopes: [], password: { value: password, own: false } });
	});
	afterAll(async () => {
		expect((await verifyAudit(web.state)).broken).toBeNull();
		await web.stop();
	});

	test('there is no set-up page and no role picker', async () => {
		for (const path of ['/setup', '/register', '/signup', '/sign-up', '/install', '/admin']) {
			expect((await visitor().get(path)).status, path).toBeOneOf([303, 404]);
		}
		const html = await (await visitor().get('/login')).text();
		expect(html).not.toContain('name="role"');
		expect((await visitor().post('/login', { role: 'executive', to: '/' })).status).toBe(403);
	});

	test('the cookie is HttpOnly, Lax, of this host, and new at each sign-in', async () => {
		const browser = visitor();
		const first = await browser.signIn('ann', password);
		expect(to(first)).toBe('303 /account');
		const [cookie = ''] = first.headers.getSetCookie();
		expect(cookie).toMatch(/^onelane_session=[\w-]{43};/);
		expect(cookie).toMatch(/HttpOnly/i);
		expect(cookie).toMatch(/SameSite=Lax/i);
		expect(cookie).not.toMatch(/Domain/i);
		const before = browser.cookies.get('onelane_session') ?? '';
		await browser.signIn('ann', password);
		expect(browser.cookies.get('onelane_session')).not.toBe(before);
		const old = visitor();
		old.cookies.set('onelane_session', before);
		expect(to(await old.get('/account'))).toBe('303 /login?to=%2Faccount');
	});

	test('a value that an attacker planted is not the session after signing in', async () => {
		const browser = visitor();
		browser.cookies.set('onelane_session', 'A'.repeat(43));
		await browser.signIn('bob', password);
		expect(browser.cookies.get('onelane_session')).not.toBe('A'.repeat(43));
	});

	test('nobody is sent to another site', async () => {
		for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/%09/evil.example\n']) {
			const answer = await visitor().post('/login', { name: 'bob', password, to: elsewhere });
			expect(new URL(answer.headers.get('location') ?? '', web.url).origin, elsewhere).toBe(web.url);
		}
	});

	test.each([
		['a wrong password', { name: 'bob', password: 'nonsense' }],
		['a wrong name', { name: 'nobody', password }],
		['an injection', { name: "bob' or '1'='1", password: "' or 1=1 --" }]
	])('%s gives one and the same answer', async (_what, fields) => {
		const answer = await visitor().post('/login', fields);
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain('账号或密码不对');
		expect(answer.headers.getSetCookie().join()).not.toContain('onelane_session');
	});

	test.each([
		['nothing', []],
		['no password', [['name', 'bob']]],
		['an unknown field', Object.entries({ name: 'bob', password, admin: 'true' })],
		[
			'a list for a name',
			[
				['name', 'bob'],
				['name', 'ann'],
				['password', password]
			]
		],
		['an endless password', Object.entries({ name: 'bob', password: 'x'.repeat(5000) })],
		['a prototype', Object.entries({ name: 'bob', password, __proto__x: '1', 'constructor[prototype]': '1' })]
	] as [string, [string, string][]][])('a form with %s is refused, never an error of the server', async (_what, fields) => {
		expect((await visitor().post('/login', fields)).status).toBe(400);
	});

	test('a password that somebody else chose is changed before anything else', async () => {
		const browser = visitor();
		expect(to(await browser.signIn('new', password))).toBe('303 /account/password');
		for (const path of ['/', '/account', '/admin/users', '/funnel'])
			expect(to(await browser.get(path)), path).toBe('303 /account/password');
		expect((await browser.get('/api/v1/meta')).status).toBe(401);
		expect((await browser.get('/account/password')).status).toBe(200);
		const before = browser.cookies.get('onelane_session');
		expect((await browser.post('/account/password', { present: password, password: 'short', again: 'short' })).status).toBe(400);
		for (const [lang, words] of [
			['zh-CN', '这个密码很多人在用'],
			['en', 'Many people use this password']
		] as const) {
			browser.cookies.set('lang', lang);
			const fields = { present: password, password: 'PasswordPassword', again: 'PasswordPassword' };
			const common = await browser.post('/account/password', fields);
			expect(common.status).toBe(400);
			expect(await common.text()).toContain(words);
		}
		expect(to(await browser.post('/account/password', { present: password, password: next, again: next }))).toBe('303 /account?changed');
		expect(browser.cookies.get('onelane_session')).not.toBe(before);
		expect((await browser.get('/account')).status).toBe(200);
	});

	test('a one-time code sets a password, once', async () => {
		const added = await addUser(web.state, tester, { name: 'code', role: 'analyst', scopes: [] });
		const { code } = await issueCode(web.state, tester, added);
		const fields = { name: 'code', code, password: next, again: next };
		const browser = visitor();
		expect((await browser.post('/login/code', { ...fields, again: 'different' })).status).toBe(400);
		expect(to(await browser.post('/login/code', fields))).toBe('303 /');
		expect((await browser.get('/account')).status).toBe(200);
		expect((await visitor().post('/login/code', fields)).status).toBe(400);
		expect(to(await visitor().signIn('code', next))).toBe('303 /account');
	});

	test('signing out ends the session, here and everywhere', async () => {
		const [one, two] = [visitor(), visitor()];
		for (const browser of [one, two]) await browser.signIn('bob', password);
		const stolen = visitor();
		stolen.cookies.set('onelane_session', one.cookies.get('onelane_session') ?? '');
		expect(to(await one.post('/logout', {}))).toBe('303 /login');
		expect(one.cookies.has('onelane_session')).toBe(false);
		expect(to(await stolen.get('/account'))).toBe('303 /login?to=%2Faccount');
		await one.signIn('bob', password);
		expect(to(await one.post('/account?/endAll', {}))).toBe('303 /login');
		for (const browser of [one, two]) expect((await browser.get('/account')).status).toBe(303);
	});

	test('whoever signed in more than ten minutes ago signs in once more before sessions end or a token is made', async () => {
		const [old, other] = [visitor(), visitor()];
		for (const browser of [old, other]) await browser.signIn('bob', password);
		const { id } = await getUser(web.state, 'bob');
		const sessions = () => web.state.db.selectFrom('sessions').select('id').where('user_id', '=', id).execute();
		const began = new Date(Date.now() - 11 * 60_000).toISOString();
		await web.state.db.updateTable('sessions').set({ proved_at: began }).where('user_id', '=', id).execute();
		const before = await sessions();
		const token = { name: 'from an open screen', days: '7', permissions: 'meta' };
		for (const [action, fields] of [
			['end', { id: before[0]?.id ?? '' }],
			['endAll', {}],
			['token', token]
		] as const)
			expect(to(await old.post(`/account?/${action}`, fields)), action).toBe('303 /login?fault=again&to=%2Faccount');
		expect(await sessions()).toEqual(before);
		expect((await old.get('/account')).status).toBe(200);
		expect(await (await old.get('/login?fault=again&to=%2Faccount')).text()).toContain('请重新登录后再做');
		await old.signIn('bob', password);
		expect((await old.post('/account?/token', token)).status).toBe(200);
		expect(to(await old.post('/account?/endAll', {}))).toBe('303 /login');
		expect(await sessions()).toEqual([]);
	});

	test('a disabled account is out at once', async () => {
		const user = await addUser(web.state, tester, { name: 'gone', role: 'analyst', scopes: [], password: { value: password, own: true } });
		const browser = visitor();
		await browser.signIn('gone', password);
		expect((await browser.get('/account')).status).toBe(200);
		await setDisabled(web.state, tester, user, true);
		expect((await browser.get('/account')).status).toBe(303);
		expect((await browser.signIn('gone', password)).status).toBe(400);
	});

	test('tokens are made, listed and revoked by their owner; wrong ones slow their sender down', async () => {
		const browser = visitor();
		await browser.signIn('bob', password);
		const made = await (await browser.post('/account?/token', { name: 'sheet', days: '7', permissions: 'meta' })).text();
		const [token = ''] = /onelane_[\w-]{43}/.exec(made) ?? [];
		expect(token).not.toBe('');
		// The semantic layer is away here: 503 says that the token was good.
		const use = (path: string, value = token) => fetch(`${web.url}${path}`, { headers: { authorization: `Bearer ${value}` } });
		expect((await use('/api/v1/meta')).status).toBe(503);
		expect((await use('/api/v1/load?query={}')).status).toBe(401);
		const page = await (await browser.get('/account')).text();
		expect(page).toContain('sheet');
		expect(page).not.toContain(token);
		const [id = ''] = /t_[\w-]{16}/.exec(page) ?? [];
		const other = visitor();
		await other.signIn('ann', password);
		await other.post('/account?/revoke', { id });
		expect((await use('/api/v1/meta')).status).toBe(503);
		await browser.post('/account?/revoke', { id });
		expect((await use('/api/v1/meta')).status).toBe(401);
		const statuses = new Set<number>();
		for (let index = 0; index < 110; index++) statuses.add((await use('/api/v1/meta', `onelane_${index}`)).status);
		expect([...statuses]).toEqual([401, 429]);
	});

	describe('administration', () => {
		const POSTS: [string, Record<string, string>][] = [
			['/admin/users', { name: 'mallory', display_name: '', role: 'administrator' }],
			['/admin/users/bob?/sight', { role: 'administrator' }],
			['/admin/users/ann?/disable', {}],
			['/admin/users/ann?/enable', {}],
			['/admin/users/ann?/reset', {}],
			['/admin/users/ann?/signOut', {}]
		];

		test('is refused to everybody else, pages and actions', async () => {
			const browser = visitor();
			await browser.signIn('bob', password);
			for (const path of ['/admin/users', '/admin/users/ann', '/admin/users/members', '/admin/audit', '/admin/audit/export']) {
				expect((await browser.get(path)).status, path).toBe(403);
				expect((await browser.get(`${path}/__data.json`)).status, path).toBeOneOf([200, 403, 404]);
				expect(await (await browser.get(`${path}/__data.json`)).text(), path).not.toMatch(/administrator.*ann|user\.added/);
			}
			for (const [path, fields] of POSTS) {
				expect((await browser.post(path, fields)).status, path).toBe(403);
				expect((await visitor().post(path, fields)).status, path).toBe(303);
			}
			expect((await getUser(web.state, 'bob')).role).toBe('analyst');
			await expect(getUser(web.state, 'mallory')).rejects.toThrow();
		});

		test('asks whoever signed in more than ten minutes ago to sign in once more before anything of others changes', async () => {
			const { id } = await addUser(web.state, tester, { name: 'changed', role: 'analyst', scopes: [] });
			const browser = visitor();
			await browser.signIn('ann', password);
			const began = new Date(Date.now() - 11 * 60_000).toISOString();
			await web.state.db.updateTable('sessions').set({ proved_at: began }).execute();
			const before = await actions();
			const sight = { role: 'marketing' };
			const added = { name: 'planted', display_name: '', ...sight };
			for (const [path, fields] of [
				['/admin/users', added],
				[`/admin/users/${id}?/sight`, sight],
				[`/admin/users/${id}?/disable`, {}],
				[`/admin/users/${id}?/enable`, {}],
				[`/admin/users/${id}?/reset`, {}],
				[`/admin/users/${id}?/signOut`, {}]
			] as [string, Record<string, string>][]) {
				const back = encodeURIComponent(path.replace(/\?.*/, ''));
				expect(to(await browser.post(path, fields)), path).toBe(`303 /login?fault=again&to=${back}`);
			}
			// Looking for members of a scope changes nothing.
			expect((await browser.post('/admin/users', { ...added, look: '1' })).status).toBe(200);
			expect(await getUser(web.state, id)).toMatchObject({ role: 'analyst', disabled_at: null });
			await expect(getUser(web.state, 'planted')).rejects.toThrow();
			expect(await actions()).toEqual(before);
			await browser.signIn('ann', password);
			expect((await browser.post(`/admin/users/${id}?/sight`, sight)).status).toBe(200);
			expect(await getUser(web.state, id)).toMatchObject({ role: 'marketing' });
		});

		test('adds, scopes, resets, disables; each is in the audit log', async () => {
			const browser = visitor();
			await browser.signIn('ann', password);
			const added = await browser.post('/admin/users', [
				['name', 'Rita'],
				['display_name', '丽塔'],
				['role', 'region_manager'],
				['scope', 'region_id:R1'],
				['scope', 'store_id:S7'],
				['scope', 'region_id: R2 '],
				['scope', 'region_id:R1']
			]);
			expect(await added.text()).toMatch(/[A-Z2-9]{4}(-[A-Z2-9]{4}){6}/);
			const rita = await getUser(web.state, 'rita');
			expect(rita.scopes).toEqual([
				{ dimension: 'region_id', ids: ['R1', 'R2'] },
				{ dimension: 'store_id', ids: ['S7'] }
			]);
			const path = `/admin/users/${rita.id}`;
			expect((await browser.post(`${path}?/sight`, { role: 'analyst', scope: 'region_id:R1' })).status).toBe(400);
			expect((await browser.post(`${path}?/sight`, { role: 'region_manager', scope: 'city:1' })).status).toBe(400);
			expect((await browser.post(`${path}?/sight`, { role: 'region_manager' })).status).toBe(400);
			expect((await browser.post(`${path}?/sight`, { role: 'area_manager', scope: 'area_id:A1' })).status).toBe(200);
			expect((await browser.post(`${path}?/reset`, {})).status).toBe(200);
			expect((await browser.post(`${path}?/disable`, {})).status).toBe(200);
			expect(await getUser(web.state, 'rita')).toMatchObject({ role: 'area_manager', disabled_at: expect.any(String) as string });
			expect((await browser.post('/admin/users/ann?/disable', {})).status).toBe(400);
			const about = (await listAudit(web.state, { about: 'rita' })).map(({ action, actor_name }) => [action, actor_name]);
			expect(about.reverse()).toEqual([
				['user.added', 'ann'],
				['password.reset', 'ann'],
				['user.changed', 'ann'],
				['password.reset', 'ann'],
				['user.disabled', 'ann']
			]);
		});

		test('reads the audit log by pages, and takes it along', async () => {
			const browser = visitor();
			await browser.signIn('ann', password);
			const html = await (await browser.get('/admin/audit?action=signin.failed')).text();
			expect(html).toContain('127.0.0.1');
			const csv = await browser.get('/admin/audit/export?action=user.added');
			expect(csv.headers.get('content-type')).toContain('text/csv');
			const lines = (await csv.text()).trim().split('\r\n');
			expect(lines[0]).toContain('seq,at,actor,actor_name,action,target,detail,address');
			expect(lines.slice(1).every((line) => line.includes('user.added'))).toBe(true);
			expect((await actions())[0]).toBe('audit.exported');
		});
	});

	test('passwords, codes and tokens are in no log', () => {
		expect(web.output()).not.toContain(password);
		expect(web.output()).not.toMatch(/onelane_[\w-]{20}/);
	});

	test('a damaged state is said, and nobody gets in; whole again, it serves', async () => {
		const broken = await startWeb();
		const browser = new Visitor(broken.url);
		const files = ['', '-wal', '-shm'].map((suffix) => broken.state.file + suffix);
		try {
			await addUser(broken.state, tester, { name: 'ann', role: 'analyst', scopes: [], password: { value: password, own: true } });
			await broken.state.close();
			const whole = readFileSync(files[0] ?? '');
			for (const file of files) writeFileSync(file, 'x'.repeat(9000));
			expect((await browser.get('/login')).status).toBe(503);
			browser.cookies.set('onelane_session', 'A'.repeat(43));
			expect((await browser.get('/account')).status).toBe(303);
			expect((await fetch(`${broken.url}/api/v1/meta`, { headers: { authorization: 'Bearer onelane_x' } })).status).toBe(503);
			expect((await browser.get('/healthz')).status).toBe(200);
			expect(broken.output()).toMatch(/app\.sqlite is damaged/);
			for (const file of files) rmSync(file, { force: true });
			writeFileSync(files[0] ?? '', whole, { mode: 0o600 });
			await expect.poll(async () => (await browser.get('/login')).status, { timeout: 10_000, interval: 500 }).toBe(200);
			expect(to(await browser.signIn('ann', password))).toBe('303 /account');
		} finally {
			await broken.stop();
		}
	});
});

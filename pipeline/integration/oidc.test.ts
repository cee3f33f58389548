/** Sign-in through a real OIDC server (oidc-provider), as a browser walks it. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type JWTPayload, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getUser, listAudit, listUsers } from '../../app-state/index.ts';
import { ROOT } from '../context.ts';
import { freePort } from '../serve/ports.ts';
import { CLIENT, CLIENT_SECRET, people, startProvider, walk } from './oidc-provider.ts';
import { startWeb, Visitor, type WebServer } from './web-server.ts';

const built = existsSync(join(ROOT, 'build', 'web', 'handler.js'));

describe.skipIf(!built)('sign-in through an OIDC provider', () => {
	let web: WebServer;
	let issuer: string;
	let server: Server;

	beforeAll(async () => {
		const webPort = String(await freePort('127.0.0.1'));
		({ issuer, server } = await startProvider(() => `http://127.0.0.1:${webPort}/login/oidc/callback`));
		const accounts = {
			passwords: false,
			oidc: {
				name: 'Example ID',
				issuer,
				client_id: CLIENT,
				roles: [
					{ group: 'region-*', role: 'region_manager', scopes: [{ dimension: 'region_id', ids: ['$1'] }] },
					{ group: 'everybody', role: 'marketing' }
				]
			}
		};
		web = await startWeb({ PORT: webPort, ONELANE_ACCOUNTS: JSON.stringify(accounts), ONELANE_OIDC_SECRET: CLIENT_SECRET });
	});
	afterAll(async () => {
		await web.stop();
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});

	const path = (address: string) => address.slice(web.url.length);
	const begin = async (browser: Visitor, to = '/account') =>
		(await browser.get(`/login/oidc?to=${encodeURIComponent(to)}`)).headers.get('location') ?? '';
	const signIn = async (browser: Visitor, who: string, to?: string) => browser.get(path(await walk(issuer, await begin(browser, to), who)));
	const to = (answer: Response) => answer.headers.get('location');
	const external = async (name: string) => (await listUsers(web.state)).find(({ display_name }) => display_name === name);

	test('asks with PKCE, state and nonce, and offers no password', async () => {
		const html = await (await new Visitor(web.url).get('/login')).text();
		expect(html).toContain('Example ID');
		expect(html).not.toContain('type="password"');
		expect((await new Visitor(web.url).post('/login', { name: 'ann', password: 'correct horse battery' })).status).toBe(403);
		const asked = new URL(await begin(new Visitor(web.url))).searchParams;
		expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: CLIENT });
		for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length, name).toBeGreaterThanOrEqual(40);
	});

	test('who is signed in already is asked again by the provider', async () => {
		const browser = new Visitor(web.url);
		expect(new URL(await begin(browser)).searchParams.get('prompt')).toBeNull();
		await signIn(browser, 'rita');
		expect(new URL(await begin(browser)).searchParams.get('prompt')).toBe('login');
		expect(to(await signIn(browser, 'rita'))).toBe('/account');
	});

	test('who comes for what needs a recent sign-in proves once more who they are, and then may do it', async () => {
		const browser = new Visitor(web.url);
		await signIn(browser, 'rita');
		const token = () => browser.post('/account?/token', { name: 'sheet', days: '7', permissions: 'meta' });
		// This provider tells the time of a sign-in only when it is asked to.
		const refused = to(await token()) ?? '';
		expect(refused).toBe('/login?fault=again&to=%2Faccount');
		const [, way = ''] = /href="(\/login\/oidc\?[^"]+)"/.exec(await (await browser.get(refused)).text()) ?? [];
		const start = to(await browser.get(way.replaceAll('&amp;', '&'))) ?? '';
		expect(Object.fromEntries(new URL(start).searchParams)).toMatchObject({ prompt: 'login', max_age: '600' });
		expect(to(await browser.get(path(await walk(issuer, start, 'rita'))))).toBe('/account');
		expect((await token()).status).toBe(200);
	});

	test('lets in with the role and scope of the groups, and back to where one wanted to go', async () => {
		const browser = new Visitor(web.url);
		expect(to(await signIn(browser, 'rita', '/account?x=1'))).toBe('/account?x=1');
		expect((await browser.get('/account')).status).toBe(200);
		expect(await external('Rita Wang')).toMatchObject({
			role: 'region_manager',
			scopes: [{ dimension: 'region_id', ids: ['R1', 'R2'] }],
			is_external: true,
			has_password: false
		});
		expect((await browser.get('/admin/users')).status).toBe(403);
	});

	test('a change of groups holds from the next sign-in and ends the sessions of before', async () => {
		const browser = new Visitor(web.url);
		await signIn(browser, 'max');
		people.set('max', { name: 'Max Li', groups: ['region-R9'] });
		await signIn(new Visitor(web.url), 'max');
		const user = await external('Max Li');
		expect(user).toMatchObject({ role: 'region_manager', scopes: [{ dimension: 'region_id', ids: ['R9'] }] });
		expect((await browser.get('/account')).status).toBe(303);
		expect((await getUser(web.state, user?.id ?? '')).id).toBe(user?.id);
	});

	test('nobody without a group that has a role', async () => {
		const browser = new Visitor(web.url);
		expect(to(await signIn(browser, 'out'))).toBe('/login?fault=no_role');
		expect((await browser.get('/account')).status).toBe(303);
		expect((await listAudit(web.state, { action: 'signin.failed', limit: 1 }))[0]).toMatchObject({
			detail: { what: 'no group gives a role' }
		});
	});

	test('the answer is taken once, and only in the browser that asked', async () => {
		const browser = new Visitor(web.url);
		const back = path(await walk(issuer, await begin(browser), 'rita'));
		expect(to(await new Visitor(web.url).get(back))).toBe('/login?fault=stale');
		const victim = new Visitor(web.url);
		await begin(victim);
		expect(to(await victim.get(back))).toBe('/login?fault=stale');
		expect(to(await browser.get(back))).toBe('/account');
		expect(to(await browser.get(back))).toBe('/login?fault=stale');
	});

	test.each([
		['another code', (url: URL) => url.searchParams.set('code', 'guessed')],
		['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
		['a refusal', (url: URL) => (url.searchParams.delete('code'), url.searchParams.set('error', 'access_denied'))]
	])('%s lets nobody in', async (_what, change) => {
		const browser = new Visitor(web.url);
		const back = new URL(await walk(issuer, await begin(browser), 'rita'));
		change(back);
		expect(to(await browser.get(back.pathname + back.search))).toBe('/login?fault=refused');
		expect((await browser.get('/account')).status).toBe(303);
	});

	test('nobody is sent to another site afterwards', async () => {
		expect(to(await signIn(new Visitor(web.url), 'rita', 'https://evil.example/'))).toBe('/');
	});
});

describe.skipIf(!built).each([
	['signed', true],
	['unsigned', false]
])('a second factor that is wanted, when the word of the provider is %s', (_how, signed) => {
	test('lets in who showed one, and nobody else', async () => {
		const webPort = String(await freePort('127.0.0.1'));
		const { issuer, server } = await startProvider(() => `http://127.0.0.1:${webPort}/login/oidc/callback`, signed);
		const roles = [{ group: 'everybody', role: 'marketing' }];
		const oidc = { name: 'Example ID', issuer, client_id: CLIENT, roles, second_factor: ['mfa', 'hwk'] };
		const accounts = { passwords: false, oidc };
		const web = await startWeb({ PORT: webPort, ONELANE_ACCOUNTS: JSON.stringify(accounts), ONELANE_OIDC_SECRET: CLIENT_SECRET });
		const signIn = async (who: string) => {
			const browser = new Visitor(web.url);
			const start = (await browser.get('/login/oidc?to=%2Faccount')).headers.get('location') ?? '';
			const back = await walk(issuer, start, who);
			return { browser, to: (await browser.get(back.slice(web.url.length))).headers.get('location') };
		};
		try {
			people.set('two', { name: 'Two Factors', groups: ['everybody'], amr: ['pwd', 'mfa'] });
			people.set('one', { name: 'One Factor', groups: ['everybody'], amr: ['pwd'] });
			people.set('none', { name: 'No Word', groups: ['everybody'] });
			for (const who of ['one', 'none', ...(signed ? [] : ['two'])]) expect((await signIn(who)).to, who).toBe('/login?fault=weak');
			expect((await listAudit(web.state, { action: 'signin.failed', limit: 1 }))[0]).toMatchObject({
				detail: { what: 'no second factor' }
			});
			if (!signed) return;
			const { browser, to } = await signIn('two');
			expect(to).toBe('/account');
			expect((await browser.get('/account')).status).toBe(200);
			expect(await (await new Visitor(web.url).get('/login?fault=weak')).text()).toContain('第二重验证');
		} finally {
			await web.stop();
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		}
	});
});

describe.skipIf(!built)('the token of a provider', () => {
	/** What the provider answers for a code, given what it should say. */
	let token: (said: JWTPayload) => string | Promise<string>;
	let keys: Awaited<ReturnType<typeof generateKeyPair>>;
	let web: WebServer;
	let issuer: string;
	let server: Server;

	beforeAll(async () => {
		keys = await generateKeyPair('RS256');
		const port = await freePort('127.0.0.1');
		issuer = `http://127.0.0.1:${port}`;
		let nonce = '';
		const answers: Record<string, () => unknown> = {
			'/.well-known/openid-configuration': () => ({
				issuer,
				authorization_endpoint: `${issuer}/authorize`,
				token_endpoint: `${issuer}/token`,
				jwks_uri: `${issuer}/keys`,
				id_token_signing_alg_values_supported: ['RS256']
			}),
			'/keys': async () => ({ keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'RS256', use: 'sig' }] }),
			'/token': async () => ({ access_token: 'x', token_type: 'bearer', id_token: await token({ ...truth(), nonce }) }),
			'/authorize': () => ''
		};
		const truth = (): JWTPayload => {
			const now = Math.floor(Date.now() / 1000);
			return { iss: issuer, aud: CLIENT, sub: 'rita', iat: now, exp: now + 60, name: 'Rita', groups: ['everybody'] };
		};
		server = createServer((request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', issuer);
			if (pathname === '/authorize') nonce = searchParams.get('nonce') ?? '';
			void Promise.resolve(answers[pathname]?.()).then((body) => {
				response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
			});
		});
		await new Promise<void>((done) => server.listen(port, '127.0.0.1', () => done()));
		const roles = [{ group: 'everybody', role: 'marketing' }];
		const accounts = { passwords: false, oidc: { name: 'Example ID', issuer, client_id: CLIENT, roles } };
		web = await startWeb({ ONELANE_ACCOUNTS: JSON.stringify(accounts), ONELANE_OIDC_SECRET: CLIENT_SECRET });
	});
	afterAll(async () => {
		await web.stop();
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	});

	const signed = (said: JWTPayload, key = keys.privateKey) => new SignJWT(said).setProtectedHeader({ alg: 'RS256' }).sign(key);

	async function signIn(browser = new Visitor(web.url), again = ''): Promise<string | null> {
		const start = (await browser.get(`/login/oidc?to=%2Faccount${again}`)).headers.get('location') ?? '';
		await fetch(start);
		const state = new URL(start).searchParams.get('state') ?? '';
		const answer = await browser.get(`/login/oidc/callback?code=x&state=${encodeURIComponent(state)}&iss=${encodeURIComponent(issuer)}`);
		if (!again) expect(browser.cookies.has('onelane_session')).toBe(answer.headers.get('location') === '/account');
		return answer.headers.get('location');
	}

	test('signed by its key, for us and in time, lets in', async () => {
		token = (said) => signed(said);
		expect(await signIn()).toBe('/account');
	});

	describe('a provider whose own session lives on', () => {
		const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60;
		const saying = (auth_time?: unknown) => (said: JWTPayload) => signed(auth_time === undefined ? said : { ...said, auth_time });
		const end = async (browser: Visitor) => (await browser.post('/account?/endAll', {})).headers.get('location');

		test.each([
			['nothing', undefined, 'untold', '没有说明你上次登录的时间'],
			['a sign-in of long ago', minutesAgo(60), 'long_ago', '没有让你重新登录']
		])('saying %s of it, it opens no way to what needs a recent sign-in', async (_what, auth_time, fault, words) => {
			const browser = new Visitor(web.url);
			token = saying(auth_time);
			// A new session is no proof: there is none either for whoever signs out and comes back.
			expect(await signIn(browser)).toBe('/account');
			expect(await end(browser)).toBe('/login?fault=again&to=%2Faccount');
			expect(await signIn(browser, '&again')).toBe(`/login?fault=${fault}`);
			expect(await (await browser.get(`/login?fault=${fault}`)).text()).toContain(words);
			expect(await end(browser)).toBe('/login?fault=again&to=%2Faccount');
			expect((await browser.get('/account')).status).toBe(200);
			expect((await listAudit(web.state, { action: 'signin.failed', limit: 1 }))[0]).toMatchObject({
				detail: { what: fault === 'untold' ? 'no time of the sign-in' : 'signed in too long ago' }
			});
		});

		test.each([
			['a minute ago', -1, 'now'],
			['a year ahead', 365 * 24 * 60, 'no later than now']
		])('saying that it was %s, it counts as %s', async (_what, ahead) => {
			const browser = new Visitor(web.url);
			token = saying(minutesAgo(-ahead));
			expect(await signIn(browser, '&again')).toBe('/account');
			const kept = await web.state.db.selectFrom('sessions').select('proved_at').orderBy('created_at', 'desc').executeTakeFirst();
			expect(Date.parse(kept?.proved_at ?? '')).toBeLessThanOrEqual(Date.now());
			expect(await end(browser)).toBe('/login');
		});
	});

	test.each<[string, (said: JWTPayload) => string | Promise<string>]>([
		['without a signature', (said) => new UnsecuredJWT(said).encode()],
		['signed by another key', async (said) => signed(said, (await generateKeyPair('RS256')).privateKey)],
		['signed with the secret that both know', (said) => hmacSigned(said)],
		['of another issuer', (said) => signed({ ...said, iss: 'https://evil.example' })],
		['for another application', (said) => signed({ ...said, aud: 'another' })],
		['that has expired', (said) => signed({ ...said, exp: Math.floor(Date.now() / 1000) - 3600 })],
		['without an end', ({ exp: _, ...said }) => signed(said)],
		['for another flow', (said) => signed({ ...said, nonce: 'another' })],
		['of nobody', ({ sub: _, ...said }) => signed(said)]
	])('%s is none', async (_what, forged) => {
		token = forged;
		expect(await signIn()).toBe('/login?fault=refused');
	});
});

const hmacSigned = (said: JWTPayload) => new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT_SECRET));

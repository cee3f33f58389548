/** What every answer carries, and what no request gets through, over HTTP. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { extname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, createToken, listAudit } from '../../app-state/index.ts';
import { ROOT } from '../context.ts';
import { WEB } from './fuzz/routes.ts';
import { startWeb, tester, Visitor, type WebServer } from './web-server.ts';

const built = existsSync(join(ROOT, 'build', 'web', 'handler.js'));
const password = 'correct horse battery';

describe.skipIf(!built)('hardening over HTTP', () => {
	let web: WebServer;
	let tls: WebServer;
	const behind = { host: 'bi.example.com', 'x-forwarded-for': '203.0.113.9' };

	beforeAll(async () => {
		[web, tls] = await Promise.all([startWeb(), startWeb({ ORIGIN: 'https://bi.example.com' })]);
		for (const { state } of [web, tls])
			await addUser(state, tester, { name: 'ann', role: 'administrator', scopes: [], password: { value: password, own: true } });
	});
	afterAll(async () => {
		await Promise.all([web.stop(), tls.stop()]);
	});

	/** Status and headers, with any header, as a proxy would ask. */
	function ask(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
		return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
			const asked = request(url, { method: options.method, headers: options.headers }, (answer) => {
				let body = '';
				answer.setEncoding('utf8').on('data', (part: string) => (body += part));
				answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
			});
			asked.on('error', reject).end(options.body);
		});
	}

	async function asset(): Promise<string> {
		const { body } = await ask(`${web.url}/login`);
		return /\/_app\/immutable\/[^"']+\.js/.exec(body.replaceAll('./_app', '/_app'))?.[0] ?? '';
	}

	test('each kind of answer carries the headers: pages, redirects, data, API, files, errors', async () => {
		const file = await asset();
		expect(file).not.toBe('');
		const kinds = [
			'/login',
			'/',
			'/account',
			'/login/__data.json',
			'/api/v1/meta',
			'/healthz',
			'/readyz',
			file,
			'/nowhere',
			'/_app/nowhere.js'
		];
		for (const path of kinds) {
			const { headers } = await ask(web.url + path);
			expect(headers, path).toMatchObject({
				'x-content-type-options': 'nosniff',
				'x-frame-options': 'DENY',
				'referrer-policy': 'same-origin',
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-resource-policy': 'same-origin',
				'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string
			});
			expect(headers['content-security-policy'], path).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
			expect(headers, path).not.toHaveProperty('strict-transport-security');
			expect(headers, path).not.toHaveProperty('x-powered-by');
			expect(headers, path).not.toHaveProperty('access-control-allow-origin');
			if (!path.startsWith('/_app')) expect(headers['cache-control'], path).toMatch(/no-store/);
		}
	});

	test('every answer with a body says its type, and text its encoding', async () => {
		const client = join(ROOT, 'build', 'web', 'client');
		const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) => !/^\.(gz|br|)$/.test(extname(name)));
		const oneOfEachKind = new Map(files.map((name) => [extname(name), `/${name.replaceAll('\\', '/')}`]));
		expect(oneOfEachKind.size).toBeGreaterThanOrEqual(3);
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		const asked: [path: string, options?: Parameters<typeof ask>[1]][] = [
			...[...oneOfEachKind.values()].map((path): [string] => [path]),
			['/login'],
			['/login/__data.json'],
			['/api/v1/meta'],
			['/healthz'],
			['/readyz'],
			['/nowhere'],
			['/%'],
			['/_app/nowhere.js'],
			[`/login?to=${'x'.repeat(9_000)}`],
			['/login', { headers: { host: 'evil.example' } }],
			['/login', { method: 'POST', body: 'name=ann&password=wrong', headers: { ...form, origin: web.url } }],
			['/login', { method: 'POST', body: 'name=ann', headers: { ...form, origin: 'https://evil.example' } }],
			['/login', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', origin: 'https://evil.example' } }],
			['/login', { method: 'POST', body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x', origin: web.url } }],
			['/healthz', { method: 'POST', body: 'a=b', headers: { ...form, origin: web.url } }],
			...['PUT', 'DELETE', 'PATCH', 'TRACE'].map((method): [string, { method: string }] => ['/logout', { method }])
		];
		for (const [path, options] of asked) {
			const { headers, body } = await ask(web.url + path, options);
			expect(body, path).not.toBe('');
			const what = `${options?.method ?? 'GET'} ${path.slice(0, 80)}`;
			expect(headers['content-type'], what).toMatch(/^(application\/json(; charset=utf-8)?|text\/\w+; ?charset=utf-8)$/);
		}
	});

	test('a page allows its scripts by a nonce, which is new each time, and has no other inline script or style', async () => {
		const pages = [await ask(`${web.url}/login`), await ask(`${web.url}/login`)];
		const nonces = pages.map(({ headers }) => /script-src[^;]*'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]);
		expect(new Set(nonces).size).toBe(2);
		for (const directive of ["object-src 'none'", "base-uri 'none'"])
			expect(pages[0]?.headers['content-security-policy']).toContain(directive);
		for (const [index, { body }] of pages.entries()) {
			for (const [tag] of body.matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonces[index]}"`);
			expect(body).not.toMatch(/ style=| on[a-z]+="|javascript:/);
		}
	});

	test('behind TLS there is HSTS, and cookies are __Host- and Secure', async () => {
		const answer = await ask(`${tls.url}/login`, {
			method: 'POST',
			headers: { ...behind, origin: 'https://bi.example.com', 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ name: 'ann', password, to: '/account' }).toString()
		});
		expect(answer.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
		const cookie = String(answer.headers['set-cookie']);
		expect(cookie).toMatch(/^__Host-onelane_session=[\w-]{43};.*Path=\//);
		expect(cookie).toMatch(/Secure/i);
		const chosen = await ask(`${tls.url}/preferences`, {
			method: 'POST',
			headers: { ...behind, origin: 'https://bi.example.com', 'content-type': 'application/x-www-form-urlencoded' },
			body: 'lang=en&theme=dark&up=red&rail=folded&to=/account'
		});
		const kept = [chosen.headers['set-cookie'] ?? []].flat();
		expect(kept.map((each) => each.split('=')[0])).toEqual(['__Host-lang', '__Host-theme', '__Host-up', '__Host-rail']);
		for (const each of kept) expect(each).toMatch(/Path=\/; .*Secure/i);
		const page = await ask(`${tls.url}/login`, { headers: { ...behind, cookie: '__Host-lang=en' } });
		expect(page.body).toContain('<html lang="en"');
		const [entry] = await listAudit(tls.state, { action: 'signin.ok' });
		expect(entry?.address).toBe('203.0.113.9');
	});

	test('refused access and refused requests are lines: who, what, from where, and not what was sent', async () => {
		const own = await startWeb();
		try {
			const sight = { role: 'store_manager' as const, scopes: [{ dimension: 'store_id' as const, ids: ['S1'] }] };
			const { id } = await addUser(own.state, tester, { name: 'bob', ...sight, password: { value: password, own: true } });
			const bob = new Visitor(own.url);
			await bob.signIn('bob', password);
			await bob.get('/admin/users?about=what-was-sent');
			await bob.get('/admin/users/__data.json?about=what-was-sent');
			await ask(`${own.url}/preferences`, {
				method: 'POST',
				headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
				body: '"what-was-sent"'
			});
			for (const origin of ['https://elsewhere.example', 'null'])
				await ask(`${own.url}/preferences`, {
					method: 'POST',
					headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
					body: 'lang=what-was-sent'
				});
			await ask(`${own.url}/login`, { headers: { host: 'what-was-sent.example' } });
			await bob.post('/preferences', { 'what-was-sent': 'x' });
			await new Visitor(own.url).get('/api/v1/load?query=what-was-sent');
			const known = { from: '127.0.0.1', role: 'store_manager', who: id };
			const lines = () =>
				own
					.output()
					.split('\n')
					.filter((line) => line.includes('"msg":"refused"'))
					.map((line) => JSON.parse(line) as object);
			await expect.poll(lines).toHaveLength(8);
			// Some are written when the answer is decided, and some when it has been sent: the one asked next may come before.
			const byRequest = (all: object[]) => all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
			const keyOf = (line: object) =>
				JSON.stringify(['status', 'method', 'route', 'who'].map((name) => (line as Record<string, unknown>)[name]));
			const expected = [
				{ ...known, status: 403, method: 'GET', route: '/(account)/admin/users' },
				{ ...known, status: 403, method: 'GET', route: '/(account)/admin/users' },
				{ from: '127.0.0.1', who: '', status: 403, method: 'POST', route: '/preferences' },
				{ from: '127.0.0.1', who: '', status: 403, method: 'POST', route: null },
				{ from: '127.0.0.1', who: '', status: 403, method: 'POST', route: null },
				{ from: '127.0.0.1', who: '', status: 421, method: 'GET', route: null },
				{ ...known, status: 400, method: 'POST', route: '/preferences' },
				{ from: '127.0.0.1', who: '', status: 401, method: 'GET', route: '/api/v1/load' }
			];
			expect(byRequest(lines())).toMatchObject(byRequest(expected));
			expect(own.output()).not.toContain('what-was-sent');
		} finally {
			await own.stop();
		}
	});

	test('an address in a header is believed from a proxy only, and only its last word', async () => {
		const fail = (url: string, headers: Record<string, string>, origin: string) =>
			ask(`${url}/login`, {
				method: 'POST',
				headers: { ...headers, origin, 'content-type': 'application/x-www-form-urlencoded' },
				body: 'name=ann&password=wrong'
			});
		await fail(tls.url, { ...behind, 'x-forwarded-for': '198.51.100.1, 203.0.113.77' }, 'https://bi.example.com');
		expect((await listAudit(tls.state, { action: 'signin.failed' }))[0]?.address).toBe('203.0.113.77');
		await fail(web.url, { 'x-forwarded-for': '203.0.113.77', 'x-onelane-address': '203.0.113.78' }, web.url);
		expect((await listAudit(web.state, { action: 'signin.failed' }))[0]?.address).toBe('127.0.0.1');
	});

	test('changes from another site are refused on every route that takes one, whatever the kind of body', async () => {
		const routes = [
			'/login',
			'/login/code',
			'/logout',
			'/preferences',
			'/account?/endAll',
			'/account/password',
			'/admin/users',
			'/api/v1/load'
		];
		for (const route of routes) {
			for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
				const { status } = await ask(web.url + route, {
					method: 'POST',
					headers: { origin: 'https://evil.example', 'content-type': type },
					body: '{}'
				});
				expect(status, `${route} ${type}`).toBe(403);
			}
		}
	});

	test('what lies around the server is not served, nor a list of what is', async () => {
		const secretive = [
			'/.git/config',
			'/.git/HEAD',
			'/.env',
			'/package.json',
			'/onelane.config.ts',
			'/server/index.js',
			'/handler.js',
			'/app.sqlite'
		];
		const folders = ['/_app/', '/_app', '/_app/immutable/', '/_app/immutable/assets', '/_app/immutable/nodes/'];
		const around = [
			'/_app/../../package.json',
			'/_app/%2e%2e/%2e%2e/server/index.js',
			'/_app/..%2f..%2fhandler.js',
			'/%2e%2e/%2e%2e/package.json'
		];
		for (const path of [...secretive, ...folders, ...around]) {
			const { status, body } = await ask(web.url + path);
			expect(status, path).toBeOneOf([400, 404]);
			expect(body, path).not.toMatch(/"dependencies"|\[core\]|ref: refs|defineConfig|\.js"?<\/a>|SQLite format/);
		}
		expect(readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n')).toContain('.git');
	});

	test('whatever is read, and whatever action its address names, changes nothing', async () => {
		const browser = new Visitor(web.url);
		await browser.signIn('ann', password);
		const ann = (await web.state.db.selectFrom('users').selectAll().where('name', '=', 'ann').executeTakeFirstOrThrow()).id;
		const bob = await addUser(web.state, tester, { name: 'read-only', role: 'analyst', scopes: [] });
		const { id: token } = await createToken(
			web.state,
			tester,
			{ user: { ...bob, id: ann } },
			{ name: 't', permissions: ['query'], days: 1 }
		);
		const kept = () => {
			const file = new DatabaseSync(web.state.file, { readOnly: true });
			const tables = file
				.prepare("select name from sqlite_schema where type = 'table' and name not in ('audit_log', 'sqlite_sequence')")
				.all();
			const rows = tables.map(({ name }) => [name, file.prepare(`select * from "${String(name)}" order by 1, 2`).all()]);
			file.close();
			return rows;
		};
		const before = kept();
		const values = new URLSearchParams({ id: token, name: 'changed', role: 'analyst', do: 'save', theme: 'dark', to: '/' });
		let asked = 0;
		for (const [route, { params = {}, actions = [] }] of Object.entries(WEB)) {
			if (/^\/login\/oidc/.test(route)) continue;
			const path = route
				.replace(/\(\w+\)\/?/g, '')
				.replace(/\[(\w+)\]/g, (_, name: string) => (name === 'id' && route.includes('users') ? bob.id : (params[name]?.[0] ?? 'x')));
			for (const action of ['', ...actions.map((name) => `/${name}&`), '/default&']) {
				await browser.get(`${path}?${action}${values.toString()}`);
				asked++;
			}
		}
		expect(asked).toBeGreaterThan(60);
		expect(kept()).toEqual(before);
		expect((await browser.get('/account')).status).toBe(200);
	});

	test('nothing is uploaded, and bodies and headers have an end', async () => {
		const browser = new Visitor(web.url);
		await browser.signIn('ann', password);
		const cookie = `onelane_session=${browser.cookies.get('onelane_session')}`;
		const post = (type: string, body: string, path = '/login') =>
			ask(web.url + path, { method: 'POST', headers: { origin: web.url, cookie, 'content-type': type }, body });
		expect((await post('multipart/form-data; boundary=x', '--x--')).status).toBe(415);
		expect((await post('application/x-www-form-urlencoded', `name=${'x'.repeat(400_000)}`)).status).toBeOneOf([400, 413]);
		expect((await post('application/json', JSON.stringify({ query: 'x'.repeat(400_000) }), '/api/v1/load')).status).toBeOneOf([413]);
		expect((await ask(`${web.url}/login`, { headers: { 'x-long': 'x'.repeat(20_000) } })).status).toBe(431);
		expect((await ask(`${web.url}/login?to=${'x'.repeat(9_000)}`)).status).toBe(414);
	});

	test('a foreign host name, a broken request and an odd method are no way in', async () => {
		expect((await ask(`${web.url}/login`, { headers: { host: 'evil.example' } })).status).toBe(421);
		for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE'])
			expect((await ask(`${web.url}/logout`, { method })).status, method).toBeOneOf([400, 403, 405]);
		const port = Number(new URL(web.url).port);
		const said = await new Promise<string>((resolve) => {
			const socket = connect(port, '127.0.0.1', () =>
				socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')
			);
			socket.once('data', (data) => {
				resolve(data.toString());
				socket.destroy();
			});
		});
		expect(said).toMatch(/^HTTP\/1\.1 400/);
	});
});

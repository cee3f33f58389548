/** Every field of every endpoint is given what it does not expect: nothing breaks, nothing hangs. Endpoints are found, not listed. */
import { connect } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { semanticEndpoints, webEndpoints } from './fuzz/enumerate.ts';
import { SEMANTIC, WEB, WHOLE_QUERY, type Description } from './fuzz/routes.ts';
import { fire, mutations, tally, type Shot } from './fuzz/send.ts';
import { JSONS, TEXTS } from './fuzz/values.ts';
import { apiToken, claimsFor, demo, sessionCookie, sign } from './support.ts';

/** Of the requests that could be sent; `npx onelane bench fuzz` sends them all. */
const EVERY = process.env['ONELANE_FUZZ'] === 'full' ? 1 : 3;

const web = webEndpoints();
const semantic = semanticEndpoints();

describe.skipIf(demo === null)('over HTTP', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };
	const counts = tally();
	afterAll(() => {
		const { sent, byStatus, wrong, slowest } = counts;
		process.stdout.write(
			`  fuzz: ${sent} requests, ${JSON.stringify(byStatus)}, ${wrong.length} wrong; the slowest took ${slowest.ms} ms: ${slowest.what}\n`
		);
	});
	const clean = async (shots: Shot[]) => {
		const before = counts.wrong.length;
		await fire(
			shots.filter((_, index) => index % EVERY === 0),
			counts
		);
		expect(counts.wrong.slice(before)).toEqual([]);
	};

	const headersOf = async ({ as }: Description): Promise<Record<string, string>> => {
		if (as === 'session') return { cookie: await sessionCookie(at.home) };
		if (as === 'personal') return { authorization: `Bearer ${await apiToken(at.home, claimsFor(at.home, 'analyst'))}` };
		return {};
	};

	describe.each(web)('$route', ({ route, methods }) => {
		const description = WEB[route] ?? {};
		const pathTo = (values: Record<string, string>) =>
			route
				.replace(/\/\([^)]*\)/g, '')
				.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
				.replace(/^$/, '/');
		const right = Object.fromEntries(Object.entries(description.params ?? {}).map(([name, [first = '']]) => [name, first]));

		if (methods.includes('GET'))
			test('search parameters', async () => {
				const headers = await headersOf(description);
				const names = description.query ?? ['x'];
				const shots: Shot[] = TEXTS.map((_, round) => {
					// A Latin square: each value meets each parameter once.
					const pairs = names.map((name, index) => `${name}=${encoded(TEXTS[(round + index) % TEXTS.length] ?? '')}`);
					const short = pairs.join('&').length < 12_000 ? pairs : pairs.filter((pair) => pair.length < 2_000);
					return {
						what: `${route}?${short.join('&').slice(0, 300)}`,
						url: `${at.url}${pathTo(right)}?${short.join('&')}`,
						init: { headers }
					};
				});
				for (const name of names)
					shots.push({
						what: `${route} ${name} in brackets`,
						url: `${at.url}${pathTo(right)}?${name}=a&${name}=b&${name}[]=c&${name}[__proto__]=d&__proto__=e&constructor=f`,
						init: { headers }
					});
				await clean(shots);
			});

		if (Object.keys(right).length > 0)
			test('path parameters', async () => {
				const headers = await headersOf(description);
				const shots = Object.keys(right).flatMap((name) =>
					[...TEXTS, ...(description.params?.[name] ?? [])].map((value) => ({
						what: `${route} with ${value.slice(0, 40)}`,
						url: `${at.url}${pathTo({ ...right, [name]: printable(value) })}`,
						init: { headers }
					}))
				);
				await clean(shots);
			});

		if (description.form !== undefined)
			test('form fields', async () => {
				const form = description.form ?? {};
				const headers = { ...(await headersOf(description)), origin: at.url };
				const actions = ['', ...(description.actions ?? []).map((name) => `?/${name}`), '?/unknown', '?/__proto__'];
				const url = (action: string) => `${at.url}${pathTo(right)}${action}`;
				const typed = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
				const post = (what: string, body: RequestInit['body'], more: Record<string, string> = typed, action = '') => ({
					what: `POST ${route}${action} ${what}`,
					url: url(action),
					init: { method: 'POST', headers: more, body }
				});
				const text = (fields: Record<string, string>) =>
					Object.entries(fields)
						.map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
						.join('&');
				const shots: Shot[] = Object.keys({ ...form, unknown: '' }).flatMap((name) =>
					TEXTS.map((value) => post(`${name} = ${value.slice(0, 40)}`, text({ ...form, [name]: value })))
				);
				for (const action of actions) {
					shots.push(post('twice', `${text(form)}&${text(form)}`, typed, action));
					shots.push(post('nothing', '', typed, action));
					shots.push(post('prototype keys', '__proto__=1&constructor=2&toString=3', typed, action));
					shots.push(post('JSON', '{"role":["executive"]}', { ...headers, 'content-type': 'application/json' }, action));
					shots.push(post('no type', 'x', { ...headers, 'content-type': '' }, action));
					shots.push(post('broken parts', 'x', { ...headers, 'content-type': 'multipart/form-data; boundary=y' }, action));
					shots.push(post('no boundary', 'x', { ...headers, 'content-type': 'multipart/form-data' }, action));
					shots.push(post('too large', `to=${'x'.repeat(600_000)}`, typed, action));
					shots.push(post('broken escapes', 'role=%zz&to=%', typed, action));
					const file = new FormData();
					for (const name of ['role', 'lang', 'to', 'member', ...Object.keys(form)]) file.append(name, new Blob(['x']), 'x.txt');
					shots.push(post('files', file, headers, action));
				}
				await clean(shots);
			});

		if (description.json !== undefined)
			test('fields of JSON', async () => {
				const headers = { ...(await headersOf(description)), 'content-type': 'application/json' };
				// The semantic server gets all of them; here every ninth, to see them through.
				const some = [...mutations(description.json, JSONS)].filter((_, index) => index % 9 === 0);
				await clean(
					some.map(({ path, text }) => ({
						what: `POST ${route} ${path}`,
						url: `${at.url}${pathTo(right)}`,
						init: { method: 'POST', headers, body: text }
					}))
				);
			});

		test('other methods, and headers of all kinds', async () => {
			const known = await headersOf(description);
			const url = `${at.url}${pathTo(right)}`;
			const shots: Shot[] = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST'].map((method) => ({
				what: `${method} ${route}`,
				url,
				init: { method, headers: known }
			}));
			for (const name of [
				'authorization',
				'cookie',
				'accept-language',
				'sec-fetch-site',
				'x-forwarded-for',
				'x-forwarded-proto',
				'if-none-match',
				'accept-encoding',
				'range',
				'x-onelane-host',
				'x-sveltekit-invalidated'
			]) {
				for (const value of [
					...TEXTS.filter((text) => isHeader(text)),
					'Bearer ',
					'Bearer a.b.c',
					'onelane_session=a.b.c; lang=__proto__; theme=[]',
					`Bearer ${'x'.repeat(9_000)}`
				])
					shots.push({ what: `${route} ${name}: ${value.slice(0, 40)}`, url, init: { headers: { ...known, [name]: value } } });
			}
			await clean(route.startsWith('/(app)') ? shots.filter((_, index) => index % 5 === 0) : shots);
		});
	});

	describe.each(semantic)('semantic $route', ({ route, methods }) => {
		const description = SEMANTIC[route] ?? {};
		const token = () => sign(at.home, claimsFor(at.home, 'analyst'));

		if (methods.includes('POST'))
			test('fields of JSON', async () => {
				const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
				const every = route.endsWith('/load') ? 1 : 4;
				const shots = [...mutations(description.json, JSONS)]
					.filter((_, index) => index % every === 0)
					.map(({ path, text }) => ({
						what: `POST ${route} ${path}`,
						url: `${at.semanticUrl}${route}`,
						init: { method: 'POST', headers, body: text }
					}));
				expect(shots.length).toBeGreaterThan(200);
				await clean(shots);
			});

		test('search parameters, types and methods', async () => {
			const headers = { authorization: `Bearer ${await token()}` };
			const url = `${at.semanticUrl}${route}`;
			const whole = JSON.stringify(WHOLE_QUERY.query);
			const shots: Shot[] = [...TEXTS, ...JSONS.filter((text) => text.length < 5_000)].flatMap((value) =>
				(description.query ?? ['x']).map((name) => ({
					what: `${route} ${name} = ${value.slice(0, 40)}`,
					url: `${url}?${name}=${encoded(value)}`,
					init: { headers }
				}))
			);
			shots.push({
				what: `${route} twice`,
				url: `${url}?query=${encoded(whole)}&query=${encoded(whole)}&queryType=multi&queryType=multi`,
				init: { headers }
			});
			for (const type of ['', 'text/plain', 'application/xml', 'application/json; charset=utf-99', 'multipart/form-data'])
				shots.push({
					what: `${route} as ${type}`,
					url,
					init: { method: 'POST', headers: { ...headers, 'content-type': type }, body: whole }
				});
			for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST'])
				shots.push({ what: `${method} ${route}`, url, init: { method, headers } });
			await clean(shots);
		});
	});

	test('bytes that are no request end the connection and nothing else', async () => {
		const lines = [
			'\0\0\0\0',
			'GET / HTTP/9.9\r\n\r\n',
			'GET /\r\n\r\n',
			'GET / HTTP/1.1\r\n\r\n',
			'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nx',
			'POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz',
			`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`,
			'GET //evil.example HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
			'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
			'GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
			'CONNECT / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'
		];
		for (const base of [at.url, at.semanticUrl]) {
			for (const line of lines) {
				const answer = await raw(new URL(base).port, line);
				counts.sent++;
				expect({ line: line.slice(0, 60), broken: /^HTTP\/1\.1 5/.test(answer) }).toEqual({ line: line.slice(0, 60), broken: false });
			}
			expect((await fetch(`${base}/healthz`)).status).toBe(200);
		}
	});
});

/** Percent escapes of anything, also of half a character. */
function encoded(text: string): string {
	return [...text]
		.map((letter) => (/[\ud800-\udfff]/.test(letter) && letter.length === 1 ? '%ED%A0%80' : encodeURIComponent(letter)))
		.join('');
}

const printable = (text: string) => text.toWellFormed();

function isHeader(text: string): boolean {
	return [...text].every((letter) => letter >= ' ' && letter < '\u0100') && text.length < 2_000;
}

function raw(port: string, text: string): Promise<string> {
	return new Promise((resolve) => {
		let answer = '';
		const socket = connect(Number(port), '127.0.0.1', () => socket.write(text, 'latin1'));
		const end = () => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(1_500, end);
		socket
			.on('data', (data) => (answer += data.toString('latin1')))
			.on('error', end)
			.on('close', end);
	});
}

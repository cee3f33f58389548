/** Whoever reads rows about single people is in the audit log, whichever way they ask; scopes of thousands of stores; strict addresses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AppState, type AuditRow, listAudit, openAppState, verifyAudit } from '../../app-state/index.ts';
import { apiToken, claimsFor, cube, demo, marts, sessionCookie } from './support.ts';

const STORES = 2_400;

describe.skipIf(demo === null)('who reads about people', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };
	let state: AppState;
	let cookie = '';
	let token = '';

	beforeAll(async () => {
		state = openAppState(at.home, { secret: readFileSync(join(at.home, 'secrets', 'secret'), 'utf8').trim() });
		cookie = await sessionCookie(at.home, claimsFor(at.home, 'analyst'));
		token = await apiToken(at.home, claimsFor(at.home, 'analyst'));
	});
	afterAll(async () => state?.close());

	/** What the work adds to the log about people and files. */
	const noted = async (work: () => Promise<unknown>): Promise<AuditRow[]> => {
		const last = (await listAudit(state, { limit: 1 }))[0]?.seq ?? 0;
		await work();
		const rows = await listAudit(state, { limit: 200 });
		return rows.filter(({ seq, action }) => seq > last && /^data\./.test(action));
	};
	const open = async (path: string) => {
		const response = await fetch(at.url + path, { headers: { cookie } });
		expect({ path, status: response.status }).toEqual({ path, status: 200 });
		return response.text();
	};
	const load = async (text: string) => {
		const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
		const response = await fetch(`${at.url}/api/v1/load`, { method: 'POST', headers, body: text });
		await response.text();
		return response.status;
	};

	test('the list of leads: who, when, what, from where, once a page', async () => {
		const began = new Date().toISOString();
		const [entry, ...others] = await noted(() => open('/leads?from=2026-01-01&to=2026-06-30'));
		expect(others).toEqual([]);
		expect(entry).toMatchObject({
			action: 'data.revealed',
			actor: 'test analyst',
			target: '/leads',
			address: '127.0.0.1',
			detail: { search: '?from=2026-01-01&to=2026-06-30' }
		});
		expect(entry?.detail['rows']).toBeGreaterThan(0);
		expect((entry?.at ?? '') >= began).toBe(true);
	});

	test('the proof of a list says how it is asked for, hands out nobody, and is not noted', async () => {
		expect(
			await noted(async () => {
				const proof = JSON.parse(await open('/proof/leads.list?from=2026-01-01&to=2026-06-30')) as { sql: string };
				expect(proof.sql).toMatch(/select/i);
				expect(JSON.stringify(proof)).not.toMatch(/\d{3}\*{4}\d{4}/);
			})
		).toEqual([]);
	});

	test('figures and lists without people are not noted', async () => {
		expect(await noted(async () => Promise.all(['/', '/funnel', '/organisation', '/channels'].map(open)))).toEqual([]);
		expect(await noted(() => load('{"query":{"measures":["leads.leads"]}}'))).toEqual([]);
	});

	test('a file of leads is an export of people', async () => {
		const [entry, ...others] = await noted(() => open('/export/leads.csv?from=2026-06-01&to=2026-06-30'));
		expect(others).toEqual([]);
		expect(entry).toMatchObject({ action: 'data.exported', target: 'leads', detail: { people: true } });
	});

	test.each([
		['as a dimension', '{"query":{"dimensions":["leads.phone_masked"],"limit":3}}'],
		['as a filter', '{"query":{"measures":["leads.leads"],"filters":[{"member":"leads.name_masked","operator":"set"}]}}'],
		[
			'deep in a filter',
			'{"query":{"measures":["leads.leads"],"filters":[{"or":[{"and":[{"member":"customers.phone_masked","operator":"set"}]}]}]}}'
		],
		['written in escapes', '{"query":{"dimensions":["leads.phone_m\\u0061sked"],"limit":3}}']
	])('a program that asks for them %s', async (_, text) => {
		let status = 0;
		const entries = await noted(async () => (status = await load(text)));
		// Two views in one query are refused, and then nothing was read.
		if (status !== 200) return expect({ status, entries }).toMatchObject({ status: 403, entries: [] });
		expect(entries).toMatchObject([{ action: 'data.revealed', actor: 'test analyst', target: '/api/v1/load', address: '127.0.0.1' }]);
	});

	test('a program that asks in the address', async () => {
		const query = encodeURIComponent('{"dimensions":["leads.phone_masked"],"limit":3}');
		const ask = () =>
			fetch(`${at.url}/api/v1/load?query=${query}`, { headers: { authorization: `Bearer ${token}` } }).then((r) => r.text());
		expect(await noted(ask)).toMatchObject([{ action: 'data.revealed', target: '/api/v1/load' }]);
	});

	test('the log stays whole', async () => {
		expect((await verifyAudit(state)).broken).toBeNull();
	});
});

describe.skipIf(demo === null)('a scope of thousands of stores', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };

	test(`${STORES} ids: pages and programs see what those stores have`, async () => {
		const real = (await marts(at.home, 'select store_id from marts.dim_stores order by 1')).map(({ store_id }) => store_id ?? '');
		const half = real.slice(0, Math.ceil(real.length / 2));
		const padding = Array.from({ length: STORES - half.length }, (_, index) => `dms:store-of-a-large-brand-${index}`);
		const claims = claimsFor(at.home, 'store_manager', [...half, ...padding]);
		const [expected] = await marts(at.home, `select count(*) as n from marts.fct_leads where store_id in ('${half.join("', '")}')`);
		const query = { measures: ['leads.leads'] };
		const [row] = await cube(at, query, claims);
		expect(Number(row?.['leads.leads'])).toBe(Number(expected?.['n']));

		const headers = { authorization: `Bearer ${await apiToken(at.home, claims)}`, 'content-type': 'application/json' };
		const response = await fetch(`${at.url}/api/v1/load`, { method: 'POST', headers, body: JSON.stringify({ query }) });
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({ data: row && [row] });

		const cookie = await sessionCookie(at.home, claims);
		for (const path of ['/', '/funnel', '/organisation', '/leads'])
			expect({ path, status: (await fetch(at.url + path, { headers: { cookie } })).status }).toEqual({ path, status: 200 });
	});
});

describe.skipIf(demo === null)('addresses take what they know and nothing else', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };

	test.each(['/healthz?x=1', '/readyz?x=1', '/readyz?__proto__=1', '/healthz?x'])('%s is refused by both servers', async (path) => {
		for (const base of [at.url, at.semanticUrl]) expect({ base, status: (await fetch(base + path)).status }).toEqual({ base, status: 400 });
	});

	test('/metrics and the model', async () => {
		const headers = { authorization: `Bearer ${await apiToken(at.home, claimsFor(at.home, 'analyst'))}` };
		expect((await fetch(`${at.semanticUrl}/metrics?x=1`)).status).toBe(400);
		const meta = async (search: string) => (await fetch(`${at.url}/api/v1/meta${search}`, { headers })).status;
		expect(await meta('')).toBe(200);
		expect(await meta('?onlyViews=true')).toBe(200);
		expect(await meta('?extended=true')).toBe(400);
		expect(await meta('?onlyViews=true&onlyViews=true')).toBe(400);
	});

	test('the sign-in form, in its body and in its address', async () => {
		const post = async (search: string, fields: Record<string, string>) => {
			const headers = { origin: at.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
			const body = new URLSearchParams(fields).toString();
			return (await fetch(`${at.url}/login${search}`, { method: 'POST', headers, body, redirect: 'manual' })).status;
		};
		const right = { role: 'executive', member: '', to: '/' };
		expect(await post('', right)).toBe(303);
		expect(await post('?to=%2Ffunnel', right)).toBe(303);
		expect(await post('', { ...right, admin: '1' })).toBe(400);
		expect(await post('?admin=1', right)).toBe(400);
	});
});

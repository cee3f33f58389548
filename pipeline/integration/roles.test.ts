/** Each role sees its own and nothing else, over HTTP: through the public API with a personal token, and on the pages with a session. */
import cubejs from '@cubejs-client/core';
import { SignJWT } from 'jose';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Claims, ROLES, ROLE_SCOPE, type Role, TOKEN } from '../../contracts/claims.ts';
import type { Row, SemanticQueryInput } from '../../contracts/semantic.ts';
import { ROOT } from '../context.ts';
import { runProcess } from '../process.ts';
import { apiToken, claimsFor, count, demo, marts, page, records, sessionValue, sign, tables } from './support.ts';

const SCOPED = ROLES.filter((role) => ROLE_SCOPE[role] !== null);
const UNSCOPED = ROLES.filter((role) => ROLE_SCOPE[role] === null);

describe.skipIf(demo === null)('roles over HTTP', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };

	async function load(token: string, query: SemanticQueryInput): Promise<{ status: number; data: Row[] }> {
		const response = await fetch(`${at.url}/api/v1/load`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ query })
		});
		const body = (await response.json()) as { data?: Row[] };
		return { status: response.status, data: body.data ?? [] };
	}

	/** A member that has some leads, not all. */
	async function someone(role: Role): Promise<{ claims: Claims; id: string; leads: number }> {
		const dimension = ROLE_SCOPE[role];
		const [row] = await marts(
			at.home,
			`select ${dimension} as id, count(*) as leads from marts.fct_leads where ${dimension} is not null group by all order by leads desc, id limit 1`
		);
		const id = row?.['id'] ?? '';
		return { claims: claimsFor(at.home, role, [id]), id, leads: Number(row?.['leads']) };
	}

	test.each(SCOPED)('%s: counts, members and lists are their own', async (role) => {
		const dimension = ROLE_SCOPE[role] ?? '';
		const { claims, id, leads } = await someone(role);
		expect(leads).toBeGreaterThan(0);
		const token = await apiToken(at.home, claims);
		expect(await load(token, { measures: ['leads.leads'] })).toEqual({ status: 200, data: [{ 'leads.leads': String(leads) }] });
		const members = await load(token, { measures: ['leads.leads'], dimensions: [`leads.${dimension}`] });
		expect(members.data.map((row) => row[`leads.${dimension}`])).toEqual([id]);

		const list = await load(token, { dimensions: ['leads.lead_id'], limit: 50_000 });
		const own = await marts(at.home, `select lead_id from marts.fct_leads where ${dimension} = '${id}'`);
		expect(new Set(list.data.map((row) => row['leads.lead_id']))).toEqual(new Set(own.map((row) => row['lead_id'])));

		// Asking for somebody else by name gives nothing rather than them.
		const others = await load(token, {
			measures: ['leads.leads'],
			filters: [{ member: `leads.${dimension}`, operator: 'notEquals', values: [id] }]
		});
		expect(others.data.every((row) => Number(row['leads.leads'] ?? 0) === 0)).toBe(true);
	});

	test.each(UNSCOPED)('%s: every row', async (role) => {
		const [row] = await marts(at.home, 'select count(*) as leads from marts.fct_leads');
		const token = await apiToken(at.home, claimsFor(at.home, role));
		expect((await load(token, { measures: ['leads.leads'] })).data).toEqual([{ 'leads.leads': row?.['leads'] }]);
	});

	test('marketing gets aggregates and no person, not even masked', async () => {
		const token = await apiToken(at.home, claimsFor(at.home, 'marketing'));
		for (const member of ['leads.name_masked', 'leads.phone_masked', 'leads.lead_id']) {
			const { status, data } = await load(token, { dimensions: [member] });
			expect([status >= 400, data], member).toEqual([true, []]);
		}
	});

	test('pages show what the role may see', async () => {
		const { claims, leads } = await someone('region_manager');
		const html = await page(at, '/funnel?period=all&by=store', claims);
		const split = tables(html).find(({ head }) => head.some((title) => title.startsWith('Valid rate')));
		const sum = records(split ?? { caption: '', head: [], rows: [] }).reduce(
			(total, row) => total + Number((row['Leads'] ?? '0').replaceAll(',', '')),
			0
		);
		expect(sum).toBe(leads);
		const [all] = await marts(at.home, 'select count(*) as leads from marts.fct_leads');
		expect(html).not.toContain(count(Number(all?.['leads'])));
	});

	test.each([
		['none', () => Promise.resolve('')],
		['a guessed one', () => Promise.resolve(`onelane_${'A'.repeat(43)}`)],
		['one that somebody else signed', () => forged(claimsFor(at.home, 'executive'))],
		['one for the semantic layer itself', () => sign(at.home, claimsFor(at.home, 'executive'))],
		['a session instead of a token', () => sessionValue(at.home, claimsFor(at.home, 'executive'))],
		['another tenant', () => apiToken(at.home, { ...claimsFor(at.home, 'executive'), tenant: 'elsewhere' })]
	])('no answer with a token that is wrong: %s', async (_what, token) => {
		const { status, data } = await load(await token(), { measures: ['leads.leads'] });
		expect([status === 401 || status === 403, data]).toEqual([true, []]);
	});

	test('a page without a session leads to the sign-in', async () => {
		for (const path of ['/', '/funnel', '/organisation', '/channels']) {
			const response = await fetch(`${at.url}${path}`, { redirect: 'manual' });
			expect([response.status, response.headers.get('location')?.includes('/login')]).toEqual([303, true]);
		}
	});

	test("the token of the command works with Cube's own client", async () => {
		const args = [join(ROOT, 'pipeline', 'cli.ts'), 'user', 'token', '--role', 'analyst'];
		const { tail } = await runProcess(process.execPath, args, { cwd: ROOT, env: { ...process.env, ONELANE_HOME: at.home } });
		const client = cubejs(tail.trim(), { apiUrl: `${at.url}/api/v1` });
		const [row] = await marts(at.home, 'select count(*) as leads from marts.fct_leads');
		expect((await client.load({ measures: ['leads.leads'] })).tablePivot()).toEqual([{ 'leads.leads': row?.['leads'] }]);
		expect((await client.meta()).cubes.map(({ name }) => name)).toContain('leads');
	});
});

async function forged(claims: Claims): Promise<string> {
	return new SignJWT({ ...claims })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setIssuer(TOKEN.issuer)
		.setAudience('onelane-api')
		.setIssuedAt()
		.setExpirationTime('10m')
		.sign(Buffer.from('0123456789abcdef0123456789abcdef'));
}

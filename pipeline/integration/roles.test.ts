/**
 * Each role sees its own and nothing else, asked the way a browser asks: sign in, then the API, the downloads and the pages of the
 * web server. What is its own comes from plain SQL on the marts.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, ROLE_SCOPE, type Role } from '../../contracts/claims.ts';
import type { Row, SemanticQueryInput } from '../../contracts/semantic.ts';
import { demo, marts } from './support.ts';

const LIMIT = 50_000;
const sorted = (values: Iterable<unknown>) => [...new Set([...values].map(String))].sort();

describe.skipIf(demo === null).each(ROLES)('%s over HTTP', (role) => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };
	const dimension = ROLE_SCOPE[role];
	let member = '';
	let cookie = '';
	let own: Record<string, string | null>[] = [];

	/** Somebody with leads and orders of their own, while others have some too. */
	async function somebody(): Promise<string> {
		if (dimension === null) return '';
		const [row] = await marts(
			at.home,
			`select ${dimension} as member from marts.fct_leads where ${dimension} is not null group by all order by count(*) filter (reached_order) desc, count(*) desc, 1 limit 1`
		);
		return row?.['member'] ?? '';
	}

	beforeAll(async () => {
		member = await somebody();
		cookie = await signIn(at.url, role, member);
		const where = dimension === null ? '' : `where ${dimension} = '${member}'`;
		own = await marts(at.home, `select lead_id, region_id, store_id, reached_order from marts.fct_leads ${where}`);
		const [all] = await marts(at.home, 'select count(*) as leads from marts.fct_leads');
		expect(own.length).toBeGreaterThan(0);
		if (dimension !== null) expect(own.length).toBeLessThan(Number(all?.['leads']));
	});

	const load = async (query: SemanticQueryInput) => {
		const headers = { cookie, 'content-type': 'application/json' };
		const response = await fetch(`${at.url}/api/v1/load`, { method: 'POST', headers, body: JSON.stringify({ query }) });
		return { status: response.status, body: (await response.json()) as { data?: Row[]; error?: string } };
	};

	test('totals are those of its own rows', async () => {
		const { body } = await load({ measures: ['leads.leads', 'leads.order_leads'] });
		expect(body.data).toEqual([
			{ 'leads.leads': String(own.length), 'leads.order_leads': String(own.filter((lead) => lead['reached_order'] === 'true').length) }
		]);
	});

	test('lists to filter by hold its own members only', async () => {
		const { body } = await load({ dimensions: ['leads.region_id', 'leads.store_id'], limit: LIMIT });
		const pairs = (rows: readonly Row[], prefix: string) =>
			sorted(rows.map((row) => `${row[`${prefix}region_id`]} ${row[`${prefix}store_id`]}`));
		expect(pairs(body.data ?? [], 'leads.')).toEqual(pairs(own, ''));
	});

	test('single leads are its own, or refused where the role works with groups', async () => {
		const { status, body } = await load({ dimensions: ['leads.lead_id'], limit: LIMIT });
		if (role === 'marketing') {
			expect(status).toBe(403);
			expect(body.data).toBeUndefined();
		} else {
			expect(sorted((body.data ?? []).map((row) => row['leads.lead_id']))).toEqual(sorted(own.map((lead) => lead['lead_id'])));
		}
	});

	test('asking for somebody else answers nothing of theirs', async () => {
		if (dimension === null) return;
		const { body } = await load({
			measures: ['leads.leads'],
			filters: [
				{
					or: [
						{ member: `leads.${dimension}`, operator: 'notEquals', values: [member] },
						{ member: `leads.${dimension}`, operator: 'notSet' }
					]
				}
			]
		});
		expect(Number(body.data?.[0]?.['leads.leads'] ?? 0)).toBe(0);
	});

	test('the download of leads holds its own, masked', async () => {
		const response = await fetch(`${at.url}/export/organisation-leads?period=all`, { headers: { cookie } });
		const csv = await response.text();
		expect(response.status).toBe(200);
		const [head = '', ...lines] = csv.trim().split('\r\n');
		expect(head).toMatch(/^\uFEFF?"?id/);
		const ids = lines.map((line) => line.split(',')[0]?.replaceAll('"', ''));
		expect(sorted(ids)).toEqual(role === 'marketing' ? [] : sorted(own.map((lead) => lead['lead_id'])));
		expect(csv).not.toMatch(/1[3-9]\d{9}/);
	});

	test('every page opens, and shows no plain phone number', async () => {
		for (const path of ['/', '/funnel', '/organisation', '/channels']) {
			const response = await fetch(`${at.url}${path}`, { headers: { cookie }, redirect: 'manual' });
			expect(response.status, path).toBe(200);
			expect(await response.text(), path).not.toMatch(/\b1[3-9]\d{9}\b/);
		}
	});
});

async function signIn(url: string, role: Role, member: string): Promise<string> {
	const body = new URLSearchParams({ role, member, to: '/' });
	const response = await fetch(`${url}/login`, { method: 'POST', body, headers: { origin: url }, redirect: 'manual' });
	const cookie = response.headers.getSetCookie().find((line) => line.startsWith('onelane_session='));
	if (!cookie) throw new Error(`Signing in as ${role} ${member} answered ${response.status}: ${await response.text()}`);
	return cookie.split(';')[0] ?? '';
}

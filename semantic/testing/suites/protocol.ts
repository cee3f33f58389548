/** What goes over the wire: tokens, refusals, shapes of answers, and that nothing else listens. */
import cubejs from '@cubejs-client/core';
import { describe, expect, test } from 'vitest';
import { FIGURES_ONLY, VERSION_HEADER, type MultiResult, type SemanticQueryInput, type SqlResult } from '../../../contracts/semantic.ts';
import { as, SECRET, signed, type Place } from '../place.ts';

type Ask = () => Place;

const LOAD = '/cubejs-api/v1/load';
const simple: SemanticQueryInput = { measures: ['leads.leads'] };
const executive = as('executive');

export function protocol(place: Ask): void {
	describe('tokens', () => {
		const scoped = as('store_manager', 'store_id', 's1');
		const unsigned =
			`${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ ...executive, iss: 'onelane', aud: 'onelane-semantic', exp: 9e9 }))}.`.replaceAll(
				'=',
				''
			);

		test.each<[string, () => Promise<string | undefined>]>([
			['none', async () => undefined],
			['no token at all', async () => 'nonsense'],
			['one signed with another key', () => signed({ ...executive }, `${SECRET}!`)],
			['an expired one', () => signed({ ...executive }, SECRET, '-1m')],
			['one without an end', () => signed({ ...executive }, SECRET, null)],
			['one that is not signed', async () => unsigned],
			['one of another algorithm', () => signed({ ...executive }, SECRET, '5m', 'HS512')],
			['one with an unknown role', () => signed({ ...executive, role: 'root' })],
			['one of another installation', () => signed({ ...executive, tenant: 'elsewhere' })],
			['one with more than is known', () => signed({ ...executive, admin: true })],
			['a scoped role without its scope', () => signed({ ...executive, role: 'store_manager' })],
			['a role of headquarters with a scope', () => signed({ ...as('executive', 'region_id', 'r1') })],
			['a scope that names a dimension twice', () => signed({ ...scoped, scopes: [...scoped.scopes, ...scoped.scopes] })],
			['a scope of nothing', () => signed({ ...as('store_manager', 'store_id') })]
		])('%s is refused everywhere', async (_, token) => {
			const text = await token();
			for (const path of [LOAD, '/cubejs-api/v1/sql', '/cubejs-api/v1/dry-run'])
				expect((await place().post(path, { query: simple }, text)).status).toBe(401);
			expect((await place().get('/cubejs-api/v1/meta', text)).status).toBe(401);
		});

		test('one for another purpose or from another issuer is refused', async () => {
			const { SignJWT } = await import('jose');
			const key = new TextEncoder().encode(SECRET);
			const token = () => new SignJWT({ ...executive }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m');
			for (const wrong of [
				token().setIssuer('onelane').setAudience('onelane-api'),
				token().setIssuer('other').setAudience('onelane-semantic')
			]) {
				expect((await place().post(LOAD, { query: simple }, await wrong.sign(key))).status).toBe(401);
			}
		});
	});

	describe('refusals', () => {
		test.each<[string, unknown, number]>([
			['no JSON', '{', 400],
			['an unknown key', { query: { ...simple, ungrouped: true } }, 400],
			['an unknown member', { query: { measures: ['leads.nothing'] } }, 400],
			['a cube behind a view', { query: { measures: ['fct_leads.leads'] } }, 400],
			['two views at once', { query: { measures: ['leads.leads', 'orders.orders'] } }, 403],
			['a measure as a dimension', { query: { dimensions: ['leads.leads'] } }, 400],
			['a text as a time', { query: { ...simple, timeDimensions: [{ dimension: 'leads.city', granularity: 'day' }] } }, 400],
			[
				'a time compared like a number',
				{ query: { ...simple, filters: [{ member: 'leads.captured_date', operator: 'gt', values: ['2024-01-01'] }] } },
				400
			],
			[
				'a limit on what is not asked',
				{ query: { dimensions: ['funnel.region_id'], filters: [{ member: 'funnel.leads', operator: 'gt', values: [0] }] } },
				400
			],
			['an order by what is not asked', { query: { ...simple, order: [['leads.captures', 'desc']] } }, 400],
			['two queries in one', { query: [simple, simple] }, 400],
			['targets of unlike things', { query: { measures: ['targets.target'] } }, 400],
			['a body too large', { query: simple, padding: 'x'.repeat(300_000) }, 413]
		])('%s', async (_, body, status) => {
			const reply = await place().post(LOAD, body, await signed({ ...executive }));
			expect(reply.status).toBe(status);
			expect(reply.body.error).toMatch(/^.{10,300}[.?]$/);
		});

		test.each([
			'/',
			'/cubejs-api/graphql',
			'/cubejs-api/v1/cubesql',
			'/cubejs-api/v1/convert-query',
			'/cubejs-api/v1/subscribe',
			'/cubejs-api/v1/pre-aggregations/jobs',
			'/cubejs-api/v1/run-scheduled-refresh',
			'/cubejs-system/v1/context',
			'/playground/context',
			'/livez'
		])('%s is not there', async (path) => {
			const token = await signed({ ...executive });
			expect((await place().get(path, token)).status).toBe(404);
			expect((await place().post(path, { query: 'SELECT 1' }, token)).status).toBe(404);
		});
	});

	test('answers say their version and are not kept by others', async () => {
		const { headers } = await place().load(simple, executive);
		expect(headers.get(VERSION_HEADER)).toBe(place().pointer.version);
		expect(headers.get('cache-control')).toBe('no-store');
	});

	test('who asks for figures only gets the same figures without what the model says of them, and so does nobody else', async () => {
		const asked = { query: { ...simple, dimensions: ['leads.channel_id'] }, queryType: 'multi' };
		const token = await signed({ ...executive });
		const ask = async (more?: Record<string, string>) => (await place().post<MultiResult>(LOAD, asked, token, more)).body.results[0];
		const bare = await ask({ prefer: FIGURES_ONLY });
		const whole = await ask();
		expect(bare?.annotation).toEqual({});
		expect(Object.keys(whole?.annotation.measures ?? {})).toEqual(simple.measures);
		expect(whole?.data.length).toBeGreaterThan(1);
		expect(bare?.data).toEqual(whole?.data);
	});

	test('nothing is 0 when counted and null when divided, from rollups and from facts', async () => {
		const nothing = {
			measures: ['leads.leads', 'leads.order_rate', 'leads.sla_rate'],
			timeDimensions: [{ dimension: 'leads.captured_date', dateRange: ['1999-01-01', '1999-01-31'] as [string, string] }]
		};
		const row = { 'leads.leads': '0', 'leads.order_rate': null, 'leads.sla_rate': null };
		const rolled = await place().load(nothing, executive);
		expect(rolled.body.usedPreAggregations).toBeDefined();
		expect(rolled.body.data).toEqual([row]);
		const facts = await place().load({ ...nothing, measures: [...nothing.measures, 'leads.customers'] }, executive);
		expect(facts.body.usedPreAggregations).toBeUndefined();
		expect(facts.body.data).toEqual([{ ...row, 'leads.customers': '0' }]);
		expect(await place().rows({ ...nothing, dimensions: ['leads.region_id'] }, executive)).toEqual([]);
	});

	test('wildcards in a search are letters', async () => {
		const search = (value: string) =>
			place().rows(
				{ measures: ['leads.leads'], filters: [{ member: 'leads.channel_name_en', operator: 'contains', values: [value] }] },
				executive
			);
		expect(await search('%')).toEqual([{ 'leads.leads': '0' }]);
		expect(await search('_')).toEqual([{ 'leads.leads': '0' }]);
		const [some] = await search('a');
		expect(Number(some?.['leads.leads'])).toBeGreaterThan(0);
	});

	test('compares periods, one result each', async () => {
		const ranges: [string, string][] = [
			['2026-08-01', '2026-08-31'],
			['2026-07-01', '2026-07-31']
		];
		const query = { measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.captured_date', compareDateRange: ranges }] };
		expect((await place().load(query, executive)).status).toBe(400);
		const { body } = await place().multi(query, executive);
		expect(body.results.map(({ data }) => data[0]?.['leads.leads'])).toEqual(
			await Promise.all(
				ranges.map(async ([from, to]) => {
					const [row] = await place().sql(
						`SELECT CAST(count(*) AS VARCHAR) AS n FROM marts.fct_leads WHERE captured_date BETWEEN '${from}' AND '${to}'`
					);
					return row?.n;
				})
			)
		);
	});

	test('pages and counts what there is', async () => {
		const query: SemanticQueryInput = {
			dimensions: ['leads.lead_id'],
			order: [['leads.lead_id', 'asc']],
			limit: 3,
			offset: 2,
			total: true
		};
		const expected = await place().sql('SELECT lead_id AS "leads.lead_id" FROM marts.fct_leads ORDER BY 1 LIMIT 3 OFFSET 2');
		const [all] = await place().sql('SELECT count(*)::INTEGER AS n FROM marts.fct_leads');
		const { body } = await place().load(query, executive);
		expect(body.data).toEqual(expected);
		expect(body.total).toBe(all?.n);
	});

	test('a list of single rows is the rows, and is not grouped to find them', async () => {
		const query: SemanticQueryInput = {
			dimensions: ['leads.lead_id', 'leads.store_name_en', 'leads.advisor_name_en', 'leads.captured_at'],
			order: [
				['leads.captured_at', 'desc'],
				['leads.lead_id', 'asc']
			],
			limit: 500
		};
		const expected = await place().sql(`
			SELECT leads.lead_id AS "leads.lead_id", stores.name_en AS "leads.store_name_en", advisors.name_en AS "leads.advisor_name_en"
			FROM marts.fct_leads AS leads
			LEFT JOIN marts.dim_stores AS stores USING (store_id)
			LEFT JOIN marts.dim_advisors AS advisors ON advisors.advisor_id = leads.advisor_id
			ORDER BY leads.captured_at DESC, leads.lead_id LIMIT 500
		`);
		const { body } = await place().load(query, executive);
		expect(body.data).toMatchObject(expected);
		const { body: shown } = await place().post<SqlResult>('/cubejs-api/v1/sql', { query }, await signed({ ...executive }));
		expect(shown.sql.sql[0]).not.toMatch(/GROUP BY/i);
		// What is counted is grouped as ever.
		const counted = { ...query, measures: ['leads.leads'] };
		expect((await place().load(counted, executive)).body.data).toMatchObject(expected.map((row) => ({ ...row, 'leads.leads': '1' })));
	});

	test.each([
		['leads', ['lead_id', 'store_name_en', 'inviter_name_en', 'advisor_name_en', 'channel_name_en', 'campaign_name_en']],
		['orders', ['order_id', 'store_name_en', 'channel_name_en']],
		['customers', ['customer_id', 'first_channel_name_en']]
	])('a list of single %s has each once, whatever it is joined to', async (view, names) => {
		const table = { leads: 'fct_leads', orders: 'fct_orders', customers: 'dim_customers' }[view];
		const [all] = await place().sql(`SELECT count(*)::INTEGER AS n FROM marts.${table}`);
		const { body } = await place().load({ dimensions: names.map((name) => `${view}.${name}`), limit: 1, total: true }, executive);
		expect(body.total).toBe(all?.n);
	});

	test('a statement that a rollup answers can be run as it is shown', async () => {
		const query: SemanticQueryInput = {
			measures: ['funnel.visits'],
			timeDimensions: [{ dimension: 'funnel.occurred_date', dateRange: ['2026-01-01', '2026-12-31'] }]
		};
		const { body: loaded } = await place().load(query, executive);
		expect(Object.keys(loaded.usedPreAggregations ?? {})).not.toEqual([]);
		const { body: shown } = await place().post<SqlResult>('/cubejs-api/v1/sql', { query }, await signed({ ...executive }));
		const [statement, parameters] = shown.sql.sql;
		const [row] = await place().run(statement, parameters);
		expect(Number(Object.values(row ?? {})[0])).toBe(Number(loaded.data[0]?.['funnel.visits']));
		expect(Number(Object.values(row ?? {})[0])).toBeGreaterThan(0);
	});

	test("Cube's own client works against it", async () => {
		const api = cubejs(await signed({ ...executive }), { apiUrl: `http://127.0.0.1:${place().running.port}/cubejs-api/v1` });
		const result = await api.load({
			measures: ['leads.leads'],
			timeDimensions: [{ dimension: 'leads.captured_date', granularity: 'month', dateRange: ['2026-07-01', '2026-08-31'] }],
			timezone: 'UTC'
		});
		expect(result.rawData()).toHaveLength(2);
		expect((await api.meta()).cubes.map(({ name }) => name)).toContain('leads');
		expect((await api.sql({ measures: ['leads.leads'] })).rawQuery().sql[0]).toContain('fct_leads');
		expect((await api.dryRun({ measures: ['leads.leads'] })).queryType).toBe('regularQuery');
	});
}

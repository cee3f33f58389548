/** Each role sees its own and nothing else, whichever way it asks. */
import { describe, expect, test } from 'vitest';
import { ROLE_SCOPE, ROLES, type Claims, type Role } from '../../../contracts/claims.ts';
import { GROUPS_ONLY } from '../../../contracts/sight.ts';
import { VIEWS, type MetaResult, type SemanticQueryInput, type SqlResult, type ViewName } from '../../../contracts/semantic.ts';
import { as, signed, type Place } from '../place.ts';

type Ask = () => Place;

const FACTS: Partial<Record<ViewName, { table: string; count: string; sql: string; always?: string }>> = {
	leads: { table: 'marts.fct_leads', count: 'leads.leads', sql: 'count(*)' },
	funnel: {
		table: 'marts.rpt_funnel_events',
		count: 'funnel.visits',
		sql: "count(*) FILTER (WHERE funnel = 'showroom' AND stage = 'visit')"
	},
	orders: { table: 'marts.fct_orders', count: 'orders.gross_revenue', sql: 'sum(amount) FILTER (WHERE order_at IS NOT NULL)' },
	customers: { table: 'marts.dim_customers', count: 'customers.customers', sql: 'count(*)' },
	channels: { table: 'marts.rpt_channel_daily', count: 'channels.spend', sql: 'sum(spend)' }
};

const REFUSED: Partial<Record<Role, readonly ViewName[]>> = {
	region_manager: ['quality'],
	area_manager: ['channels', 'quality'],
	dealer_group: ['channels', 'quality'],
	store_manager: ['channels', 'quality'],
	inviter: ['channels', 'quality', 'targets'],
	advisor: ['channels', 'quality', 'targets']
};

const scopedRoles = ROLES.filter((role) => ROLE_SCOPE[role] !== null);
const headquarters = ROLES.filter((role) => ROLE_SCOPE[role] === null);

export function policy(place: Ask): void {
	describe.each(scopedRoles)('%s', (role) => {
		const dimension = ROLE_SCOPE[role] ?? 'store_id';

		test('sees exactly the rows of its scope, in total and by the scope itself', async () => {
			for (const [view, fact] of allowed(role)) {
				const ids = await busiest(place(), fact.table, dimension, 2);
				const who = as(role, dimension, ...ids);
				const where = `${dimension} IN (${ids.map((id) => `'${id}'`).join(', ')})`;
				const [expected] = await place().sql(`SELECT CAST(${fact.sql} AS VARCHAR) AS n FROM ${fact.table} WHERE ${where}`);
				const [total] = await place().rows({ measures: [fact.count] }, who);
				expect(Number(total?.[fact.count]), `${view} in total`).toBe(Number(expected?.n));

				const rows = await place().rows({ measures: [fact.count], dimensions: [`${view}.${dimension}`] }, who);
				expect(rows.length).toBeGreaterThan(0);
				for (const row of rows) expect(ids).toContain(row[`${view}.${dimension}`]);
			}
		});

		test('sees no more by filtering, and lists no members but its own', async () => {
			for (const [view, fact] of allowed(role)) {
				const [own = '', other = ''] = await busiest(place(), fact.table, dimension, 2);
				const who = as(role, dimension, own);
				const member = `${view}.${dimension}`;
				const all: SemanticQueryInput = {
					dimensions: [member],
					filters: [
						{
							or: [
								{ member, operator: 'set' },
								{ member, operator: 'notSet' }
							]
						}
					]
				};
				expect(await place().rows(all, who)).toEqual([{ [member]: own }]);
				const theirs = await place().rows({ measures: [fact.count], filters: [{ member, operator: 'equals', values: [other] }] }, who);
				expect(Number(theirs[0]?.[fact.count] ?? 0)).toBe(0);
			}
		});

		test('is refused what can not be limited to its scope', async () => {
			const who = as(role, dimension, 'x');
			const token = await signed({ ...who });
			const { body } = await place().get<MetaResult>('/cubejs-api/v1/meta', token);
			expect(body.cubes.map(({ name }) => name).sort()).toEqual(VIEWS.filter((view) => !REFUSED[role]?.includes(view)).sort());
			for (const view of REFUSED[role] ?? []) {
				for (const path of ['load', 'sql', 'dry-run']) {
					const reply = await place().post(`/cubejs-api/v1/${path}`, { query: anyQuery(view) }, token);
					expect({ view, path, status: reply.status }).toEqual({ view, path, status: 403 });
				}
			}
		});

		test('has its scope in the statement itself', async () => {
			const token = await signed({ ...as(role, dimension, 'only-mine') });
			const { body } = await place().post<SqlResult>('/cubejs-api/v1/sql', { query: { measures: ['leads.leads'] } }, token);
			expect(body.sql.sql[0]).toMatch(new RegExp(`${dimension}"? = \\?`));
			expect(body.sql.sql[1]).toContain('only-mine');
		});
	});

	describe('a mixed scope', () => {
		const member = { region_id: 'leads.region_id', store_id: 'leads.store_id' } as const;

		test('sees the union of its parts, each row once', async () => {
			const [region = '', , other = ''] = await busiest(place(), 'marts.fct_leads', 'region_id', 3);
			const [inside] = await place().sql(`SELECT max(store_id) AS id FROM marts.fct_leads WHERE region_id = '${region}'`);
			const [outside] = await place().sql(`SELECT max(store_id) AS id FROM marts.fct_leads WHERE region_id = '${other}'`);
			const ids = [String(inside?.id), String(outside?.id)];
			const who: Claims = {
				...as('region_manager', 'region_id', region),
				scopes: [
					{ dimension: 'store_id', ids },
					{ dimension: 'region_id', ids: [region] }
				]
			};
			for (const [view, fact] of Object.entries(FACTS)) {
				if (view === 'channels') continue;
				const [expected] = await place().sql(
					`SELECT CAST(${fact.sql} AS VARCHAR) AS n FROM ${fact.table} WHERE region_id = '${region}' OR store_id IN ('${ids.join("', '")}')`
				);
				const [total] = await place().rows({ measures: [fact.count] }, who);
				expect(Number(total?.[fact.count]), view).toBe(Number(expected?.n));
			}
			const seen = await place().rows({ dimensions: Object.values(member) }, who);
			for (const row of seen) expect(row[member.region_id] === region || ids.includes(String(row[member.store_id]))).toBe(true);
			expect((await place().load({ measures: ['channels.spend'] }, who)).status).toBe(403);
		});
	});

	test('a store that moved takes its leads along and leaves its past results behind', async () => {
		const [moved] = await place().sql(`
			SELECT now.store_id AS store, now.region_id AS now, events.region_id AS before, count(*) AS events
			FROM marts.rpt_funnel_events events JOIN marts.dim_stores now USING (store_id)
			WHERE events.region_id <> now.region_id GROUP BY ALL ORDER BY events DESC, store LIMIT 1`);
		expect(moved).toBeDefined();
		const { store, now, before } = moved as Record<'store' | 'now' | 'before', string>;
		const managers = { now: as('region_manager', 'region_id', now), before: as('region_manager', 'region_id', before) };
		const count = async (measure: string, who: Claims) => {
			const filters = [{ member: `${measure.split('.')[0]}.store_id`, operator: 'equals' as const, values: [store] }];
			return Number((await place().rows({ measures: [measure], filters }, who))[0]?.[measure] ?? 0);
		};
		const expected = async (sql: string) => Number(Object.values((await place().sql(sql))[0] ?? {})[0]);
		const leads = await expected(`SELECT count(*) FROM marts.fct_leads WHERE store_id = '${store}'`);
		expect(leads).toBeGreaterThan(0);
		expect(await count('leads.leads', managers.now)).toBe(leads);
		expect(await count('leads.leads', managers.before)).toBe(0);

		const visits = (region: string) =>
			expected(
				`SELECT count(*) FROM marts.rpt_funnel_events WHERE store_id = '${store}' AND region_id = '${region}' AND funnel = 'showroom' AND stage = 'visit'`
			);
		const [past, since] = [await visits(before), await visits(now)];
		expect(past).toBeGreaterThan(0);
		expect(await count('funnel.visits', managers.before)).toBe(past);
		expect(await count('funnel.visits', managers.now)).toBe(since);
		expect(await count('funnel.visits', as('store_manager', 'store_id', store))).toBeGreaterThanOrEqual(past + since);
	});

	test.each(headquarters)('%s sees every row', async (role) => {
		const [expected] = await place().sql('SELECT CAST(count(*) AS VARCHAR) AS n FROM marts.fct_leads');
		expect(await place().rows({ measures: ['leads.leads'] }, as(role))).toEqual([{ 'leads.leads': expected?.n }]);
	});

	describe.each(GROUPS_ONLY)('%s', (role) => {
		const who = as(role);

		test('is offered no dimension of a person or a single record', async () => {
			const { body } = await place().get<MetaResult>('/cubejs-api/v1/meta', await signed({ ...who }));
			const offered = body.cubes.flatMap(({ dimensions }) => dimensions.map(({ name }) => name));
			expect(offered).toContain('leads.channel_name_zh');
			const ofPeople = offered.filter((name) => !name.startsWith('quality.'));
			expect(
				ofPeople.filter(
					(name) => /masked|hash|(lead|customer|order|visit|event)_(id|key)$|\.\w+_value$/.test(name) && !name.endsWith('.event_id')
				)
			).toEqual([]);
			expect(offered.filter((name) => /^(leads|funnel|orders|customers)\.\w+_at$/.test(name))).toEqual([]);
		});

		test.each([
			['as a dimension', { dimensions: ['leads.phone_masked'] }],
			['as a filter', { measures: ['leads.leads'], filters: [{ member: 'leads.phone_masked', operator: 'startsWith', values: ['138'] }] }],
			[
				'inside a group of filters',
				{ measures: ['leads.leads'], filters: [{ or: [{ and: [{ member: 'leads.name_masked', operator: 'set' }] }] }] }
			],
			['as a time', { measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.captured_at', granularity: 'day' }] }],
			['as a list of leads', { dimensions: ['leads.lead_id', 'leads.store_id'] }],
			['as a list of customers', { dimensions: ['customers.customer_id'] }],
			['as a list of orders', { dimensions: ['orders.order_id'] }]
		] as [string, SemanticQueryInput][])('is refused a person %s', async (_, query) => {
			const token = await signed({ ...who });
			for (const path of ['load', 'sql', 'dry-run'])
				expect((await place().post(`/cubejs-api/v1/${path}`, { query }, token)).status).toBe(403);
		});
	});

	test('analysts see persons masked only', async () => {
		const rows = await place().rows({ dimensions: ['leads.phone_masked', 'leads.name_masked'], limit: 50_000 }, as('analyst'));
		expect(rows.length).toBeGreaterThan(10);
		for (const row of rows) {
			expect(row['leads.phone_masked'] ?? '*').toMatch(/\*/);
			expect(row['leads.name_masked'] ?? '*').toMatch(/\*/);
		}
	});

	test('answers of one never reach another, warm or cold, one after the other or all at once', async () => {
		const regions = await busiest(place(), 'marts.fct_leads', 'region_id', 3);
		const people = [as('executive'), as('marketing'), ...regions.map((id) => as('region_manager', 'region_id', id))];
		const query: SemanticQueryInput = {
			measures: ['leads.leads', 'leads.captures'],
			dimensions: ['leads.region_id'],
			order: [['leads.region_id', 'asc']]
		};
		const expected = await Promise.all(
			people.map(
				async (who) =>
					await place().sql(
						`SELECT region_id AS "leads.region_id", CAST(count(*) AS VARCHAR) AS "leads.leads", CAST(sum(captures) AS VARCHAR) AS "leads.captures" FROM marts.fct_leads
			WHERE ${who.scopes[0] ? `region_id = '${who.scopes[0].ids[0]}'` : 'true'} GROUP BY 1 ORDER BY 1`
					)
			)
		);
		const check = async (index: number) => expect(await place().rows(query, people[index] as Claims)).toEqual(expected[index]);
		for (const index of [0, 2, 3, 2, 0, 4, 1, 3]) await check(index);
		await Promise.all(Array.from({ length: 40 }, (_, index) => check(index % people.length)));
	});
}

function allowed(role: Role) {
	return Object.entries(FACTS).filter(([view]) => !REFUSED[role]?.includes(view as ViewName)) as [
		ViewName,
		NonNullable<(typeof FACTS)[ViewName]>
	][];
}

function anyQuery(view: ViewName): SemanticQueryInput {
	if (view === 'quality') return { measures: ['quality.test_runs'] };
	if (view === 'targets') return { measures: ['targets.target'], dimensions: ['targets.level', 'targets.metric'] };
	return { measures: [`${view}.leads`] };
}

async function busiest(place: Place, table: string, column: string, howMany: number): Promise<string[]> {
	const rows = await place.sql(
		`SELECT ${column} AS id FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${howMany}`
	);
	return rows.map((row) => row.id as string);
}

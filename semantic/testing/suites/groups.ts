/** Small groups are held back, also from whoever adds up, sorts, cuts off or filters. */
import { describe, expect, test } from 'vitest';
import type { LoadResult, SemanticQueryInput } from '../../../contracts/semantic.ts';
import { as, signed, type Place } from '../place.ts';

export const SIZE = 12;
export const SETTING = JSON.stringify({
	size: SIZE,
	roles: ['marketing', 'store_manager'],
	views: ['leads', 'orders', 'funnel', 'customers']
});

const marketing = as('marketing');
const byCity: SemanticQueryInput = {
	measures: ['leads.leads', 'leads.order_rate'],
	dimensions: ['leads.city'],
	order: [
		['leads.leads', 'asc'],
		['leads.city', 'asc']
	],
	limit: 500
};

export function groups(place: () => Place): void {
	const people = async () => {
		const rows = await place().sql('SELECT city, CAST(count(DISTINCT customer_id) AS INTEGER) AS n FROM marts.fct_leads GROUP BY 1');
		return new Map(rows.map((row) => [row.city as string | null, row.n as number]));
	};
	const answer = async (query: SemanticQueryInput, who = marketing): Promise<LoadResult> => {
		const { status, body } = await place().load(query, who);
		if (status !== 200) throw new Error(`${status}: ${body.error}`);
		return body;
	};

	describe('minimum group size', () => {
		test('figures of too few people are null with a reason, and stand last', async () => {
			const known = await people();
			const { data, suppressed, annotation } = await answer(byCity);
			expect(suppressed?.people).toBe(SIZE);
			expect(suppressed?.reason).toMatch(/fewer than 12 people/);
			const hidden = new Set(suppressed?.rows);
			const small = data.filter((row) => (known.get(row['leads.city'] as string) ?? 0) < SIZE);
			expect(small.length).toBeGreaterThan(0);
			for (const [index, row] of data.entries()) {
				const isHidden = hidden.has(index);
				if ((known.get(row['leads.city'] as string) ?? 0) < SIZE) expect(isHidden).toBe(true);
				expect([row['leads.leads'] === null, row['leads.order_rate'] === null && isHidden]).toEqual([isHidden, isHidden]);
			}
			expect(Math.min(...hidden)).toBe(data.length - hidden.size);
			expect(data[0]).not.toHaveProperty('leads.customers');
			expect(annotation.measures).not.toHaveProperty('leads.customers');
		});

		test('what is missing from the total is about enough people', async () => {
			const known = await people();
			const { data, suppressed } = await answer(byCity);
			const held = (suppressed?.rows ?? []).map((index) => known.get(data[index]?.['leads.city'] as string) ?? 0);
			expect(Math.max(...held)).toBeGreaterThanOrEqual(SIZE);
		});

		test('cut off, the same rows are held back', async () => {
			const whole = await answer(byCity);
			const cut = await answer({ ...byCity, limit: 7, offset: 3, total: true });
			expect(cut.data).toEqual(whole.data.slice(3, 10));
			expect(cut.total).toBe(whole.data.length);
		});

		test('a single group that is too small is null, never 0', async () => {
			const [city] = [...(await people())].find(([, n]) => n > 0 && n < SIZE) ?? [];
			const query: SemanticQueryInput = {
				measures: ['leads.leads'],
				filters: [{ member: 'leads.city', operator: 'equals', values: [city ?? null] }]
			};
			expect((await answer(query)).data).toEqual([{ 'leads.leads': null }]);
			expect(Number((await answer(query, as('executive'))).data[0]?.['leads.leads'])).toBeGreaterThan(0);
			const nobody = { ...query, filters: [{ member: 'leads.city', operator: 'equals' as const, values: ['nowhere'] }] };
			expect((await answer(nobody)).data).toEqual([{ 'leads.leads': null }]);
		});

		test('compared periods are each looked at', async () => {
			const { status, body } = await place().multi(
				{
					...byCity,
					timeDimensions: [
						{
							dimension: 'leads.captured_date',
							compareDateRange: [
								['2026-10-01', '2026-10-31'],
								['2026-11-01', '2026-11-22']
							]
						}
					]
				},
				marketing
			);
			expect(status).toBe(200);
			for (const { data, suppressed } of body.results)
				for (const [index, row] of data.entries()) expect(row['leads.leads'] === null).toBe(suppressed?.rows.includes(index) ?? false);
		});

		test('a filter on figures is refused', async () => {
			const query: SemanticQueryInput = { ...byCity, filters: [{ member: 'leads.leads', operator: 'lt', values: [3] }] };
			expect((await place().load(query, marketing)).status).toBeGreaterThanOrEqual(400);
		});

		test('another format holds back the same', async () => {
			const { data, suppressed } = await answer(byCity);
			const members = Object.keys(data[0] ?? {});
			const shaped = async (responseFormat: 'compact' | 'columnar') => (await place().load({ ...byCity, responseFormat }, marketing)).body;
			const [compact, columnar] = [await shaped('compact'), await shaped('columnar')];
			expect(compact).toMatchObject({ data: { members, dataset: data.map((row) => members.map((member) => row[member])) }, suppressed });
			expect(columnar).toMatchObject({ data: { members, columns: members.map((member) => data.map((row) => row[member])) }, suppressed });
		});

		test('a role that could list single people may not', async () => {
			const [row] = await place().sql('SELECT max(store_id) AS id FROM marts.fct_leads');
			const who = as('store_manager', 'store_id', String(row?.id));
			expect((await place().load({ dimensions: ['leads.lead_id'] }, who)).status).toBe(403);
			expect((await place().load(byCity, who)).status).toBe(200);
		});

		test('channels are about those who did something there in the same days; spend is about nobody', async () => {
			const days: [string, string] = ['2026-06-01', '2026-11-12'];
			const counted = await place().sql(
				`SELECT campaign_id, CAST(count(DISTINCT customer_id) AS INTEGER) AS n FROM marts.rpt_funnel_events
				WHERE occurred_date BETWEEN '${days[0]}' AND '${days[1]}' GROUP BY 1`
			);
			const known = new Map(counted.map((row) => [row.campaign_id as string | null, row.n as number]));
			const query: SemanticQueryInput = {
				measures: ['channels.spend', 'channels.leads', 'channels.cpl'],
				dimensions: ['channels.campaign_id', 'channels.campaign_name_zh'],
				timeDimensions: [{ dimension: 'channels.activity_date', dateRange: days }],
				limit: 5000
			};
			const [{ data, suppressed }, open] = [await answer(query), await answer(query, as('executive'))];
			const hidden = new Set((suppressed?.rows ?? []).map((index) => data[index]?.['channels.campaign_id']));
			const small = data.filter((row) => (known.get(row['channels.campaign_id'] as string | null) ?? 0) < SIZE);
			expect([small.length > 0, small.length < data.length]).toEqual([true, true]);
			for (const row of small) expect(hidden.has(row['channels.campaign_id'])).toBe(true);
			const spend = (rows: LoadResult['data']) => new Map(rows.map((row) => [row['channels.campaign_id'], row['channels.spend']]));
			expect(spend(data)).toEqual(spend(open.data));
			for (const row of data) {
				expect(row['channels.leads'] === null).toBe(hidden.has(row['channels.campaign_id']));
				if (hidden.has(row['channels.campaign_id'])) expect(row['channels.cpl']).toBeNull();
				expect(row).not.toHaveProperty('funnel.customers');
			}
			expect((await answer({ measures: ['channels.spend'], dimensions: ['channels.region_id'] })).suppressed).toBeUndefined();
			// Only campaigns know their platform, so nothing tells whose figures those would be.
			const byPlatform = { measures: ['channels.leads'], dimensions: ['channels.campaign_platform'] };
			expect((await place().load(byPlatform, marketing)).body.error).toMatch(/nothing counts the people behind it/);
		});

		test('what was reached of a target is held back: it would give the number of orders away', async () => {
			const query: SemanticQueryInput = {
				measures: ['targets.target', 'targets.actual', 'targets.attainment', 'targets.attainment_to_date'],
				dimensions: ['targets.region_id'],
				filters: [
					{ member: 'targets.level', operator: 'equals', values: ['region'] },
					{ member: 'targets.metric', operator: 'equals', values: ['orders'] }
				]
			};
			const [held, open] = [await answer(query), await answer(query, as('executive'))];
			expect(held.suppressed?.reason).toMatch(/held back for your role/);
			const byRegion = new Map(open.data.map((row) => [row['targets.region_id'], row]));
			expect(held.data.length).toBe(byRegion.size);
			for (const { 'targets.region_id': region, 'targets.target': target, ...reached } of held.data) {
				expect(target).toBe(byRegion.get(region)?.['targets.target']);
				expect(Object.values(reached)).toEqual([null, null, null]);
				expect(Number(byRegion.get(region)?.['targets.actual'])).toBeGreaterThan(0);
			}
			expect((await answer({ ...query, measures: ['targets.target'] })).suppressed).toBeUndefined();
		});

		test('other roles see everything, whoever asked before', async () => {
			await answer(byCity);
			expect((await answer(byCity, as('executive'))).suppressed).toBeUndefined();
			expect((await place().post('/cubejs-api/v1/sql', { query: byCity }, await signed({ ...marketing }))).status).toBe(200);
		});
	});
}

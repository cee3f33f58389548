/** Questions of the benchmark, each as a semantic query and as SQL written by hand. A round shifts the dates, so that no answer is in a cache. */
import type { SemanticQueryInput } from '../contracts/semantic.ts';

export interface Question {
	/** rollups: additive measures by dimensions that rollups hold; facts: distinct counts and quantiles. */
	kind: 'rollups' | 'facts';
	query: SemanticQueryInput;
	sql: string;
}

const DAY = 86_400_000;
const LAST = Date.parse('2026-11-22T00:00:00Z');

function range(round: number): [string, string] {
	const day = (at: number) => new Date(at).toISOString().slice(0, 10);
	return [day(LAST - (360 + round) * DAY), day(LAST - round * DAY)];
}

export function questions(kind: Question['kind'], round: number): Question[] {
	const [from, to] = range(round);
	const captured = `captured_date between date '${from}' and date '${to}'`;
	const dateRange: [string, string] = [from, to];
	if (kind === 'rollups') {
		return [
			{
				kind,
				query: {
					measures: ['leads.leads', 'leads.valid_leads', 'leads.order_leads'],
					dimensions: ['leads.region_id'],
					timeDimensions: [{ dimension: 'leads.captured_date', granularity: 'month', dateRange }]
				},
				sql: `select region_id, date_trunc('month', captured_date), count(*), count(*) filter (reached_valid), count(*) filter (reached_order) from marts.fct_leads where ${captured} group by all order by all`
			},
			{
				kind,
				query: {
					measures: ['leads.leads', 'leads.order_rate'],
					dimensions: ['leads.channel_id'],
					timeDimensions: [{ dimension: 'leads.captured_date', dateRange }],
					order: [['leads.leads', 'desc']]
				},
				sql: `select channel_id, count(*), count(*) filter (reached_order) / count(*) from marts.fct_leads where ${captured} group by all order by 2 desc`
			},
			{
				kind,
				query: {
					measures: ['channels.spend', 'channels.leads', 'channels.cpl'],
					dimensions: ['channels.channel_id'],
					timeDimensions: [{ dimension: 'channels.activity_date', dateRange }]
				},
				sql: `select channel_id, sum(spend), sum(leads), sum(spend) / nullif(sum(leads), 0) from marts.rpt_channel_daily where activity_date between date '${from}' and date '${to}' group by all`
			},
			{
				kind,
				query: {
					measures: ['leads.leads', 'leads.sla_rate', 'leads.order_rate'],
					dimensions: ['leads.store_id', 'leads.store_name_zh'],
					timeDimensions: [{ dimension: 'leads.captured_date', dateRange }]
				},
				sql: `select store_id, dim_stores.name_zh, count(*), count(*) filter (sla_status = 'kept') / nullif(count(*) filter (sla_status in ('kept', 'breached')), 0), count(*) filter (reached_order) / count(*) from marts.fct_leads left join marts.dim_stores using (store_id) where ${captured} group by all`
			},
			{
				kind,
				query: {
					measures: ['funnel.visits', 'funnel.test_drives', 'funnel.orders_net'],
					dimensions: ['funnel.region_id'],
					timeDimensions: [{ dimension: 'funnel.occurred_date', granularity: 'month', dateRange }]
				},
				sql: `select region_id, date_trunc('month', occurred_date), count(*) filter (stage = 'visit'), count(*) filter (stage = 'test_drive'), count(*) filter (stage = 'order' and not is_cancelled) from marts.rpt_funnel_events where funnel = 'showroom' and occurred_date between date '${from}' and date '${to}' group by all`
			}
		];
	}
	return [
		{
			kind,
			query: {
				measures: ['leads.customers', 'leads.median_first_response_minutes'],
				dimensions: ['leads.store_id'],
				timeDimensions: [{ dimension: 'leads.captured_date', dateRange }]
			},
			sql: `select store_id, count(distinct customer_id), quantile_cont(first_response_minutes, 0.5) from marts.fct_leads where ${captured} group by all`
		},
		{
			kind,
			query: {
				measures: ['leads.leads', 'leads.visit_leads'],
				dimensions: ['leads.city', 'leads.intent_level'],
				timeDimensions: [{ dimension: 'leads.captured_date', dateRange }]
			},
			sql: `select city, intent_level, count(*), count(*) filter (reached_visit) from marts.fct_leads where ${captured} group by all`
		}
	];
}

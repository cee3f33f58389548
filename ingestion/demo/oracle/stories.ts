/** The stories as they can be measured in the raw files; the shares and factors that stories.json promises. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OracleLead } from './leads.ts';
import type { OracleDetail } from './index.ts';
import { readResource } from './read.ts';

export interface StoryFile {
	kind: string;
	who: Record<string, string>;
	/** First day, YYYY-MM-DD; null: throughout. */
	since: string | null;
	/** Range that each measured figure must lie in. */
	effect: Record<string, [low: number, high: number]>;
	enough_from_customers: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const CHINA = 8 * HOUR;
const LIMIT = 24 * HOUR;
/** Younger leads have not had the time to come and to buy. */
const SETTLED = 40 * DAY;

export function readStories(dir: string): StoryFile[] {
	return JSON.parse(readFileSync(join(dir, 'truth', 'stories.json'), 'utf8')) as StoryFile[];
}

/** Measured figures by story and name; null where there is nothing to measure. */
export function measureStories(dir: string, { leads }: Pick<OracleDetail, 'leads'>): Record<string, Record<string, number | null>> {
	const stories = new Map(readStories(dir).map((story) => [story.kind, story]));
	const { until } = JSON.parse(readFileSync(join(dir, 'truth', 'counts.json'), 'utf8')) as { until: string };
	const now = Date.parse(until) + DAY - CHINA;
	const who = (kind: string, key: string): string => stories.get(kind)?.who[key] ?? '';
	const since = Date.parse(stories.get('region_slump')?.since ?? until) - CHINA;
	const region = leads.filter((lead) => lead.region_id === who('region_slump', 'region_id'));
	const store = who('excellent_store', 'store_id');
	const staff = leads.filter((lead) => lead.inviter_id === who('overdue_inviter', 'staff_id'));
	const campaign = leads.filter((lead) => lead.campaign_id === who('recapturing_campaign', 'campaign_id'));
	return {
		region_slump: slump(region, since, now),
		cheap_invalid_channel: cheap(dir, leads, who('cheap_invalid_channel', 'channel_id')),
		excellent_store: {
			order_rate_factor: ratio(
				orderRate(leads.filter((lead) => lead.store_id === store)),
				orderRate(leads.filter((lead) => lead.store_id !== undefined && lead.store_id !== store))
			)
		},
		overdue_inviter: { overdue_rate: overdue(staff, now) },
		recapturing_campaign: {
			known_customer_share: share(
				campaign.filter((lead) => lead.is_known_customer !== null),
				(lead) => lead.is_known_customer === true
			)
		}
	};
}

function slump(leads: readonly OracleLead[], since: number, now: number): Record<string, number | null> {
	const before = leads.filter((lead) => lead.captured_at < since && lead.captured_at >= since - 240 * DAY);
	const after = leads.filter((lead) => lead.captured_at >= since);
	const settled = after.filter((lead) => lead.captured_at <= now - SETTLED);
	return {
		median_first_attempt_hours_factor: ratio(medianHours(after), medianHours(before)),
		sla_breach_rate: overdue(after, now),
		visit_rate_factor: ratio(
			share(settled, (lead) => lead.visit),
			share(before, (lead) => lead.visit)
		),
		order_rate_factor: ratio(
			share(settled, (lead) => lead.order),
			share(before, (lead) => lead.order)
		)
	};
}

/** Ranks are 1 for the lowest or the highest of all channels with spend. */
function cheap(dir: string, leads: readonly OracleLead[], channel_id: string): Record<string, number | null> {
	const channelOf = new Map(
		readResource(join(dir, 'extracts'), 'reference.campaigns').rows.map((row) => [row.campaign_id as string, row.channel_id as string])
	);
	const spend = new Map<string, number>();
	for (const row of readResource(join(dir, 'extracts'), 'ads.spend').rows) {
		const channel = channelOf.get(row.campaign_id as string) as string;
		spend.set(channel, (spend.get(channel) ?? 0) + (row.spend as number));
	}
	const cost = (channel: string, counts: (lead: OracleLead) => boolean): number =>
		(spend.get(channel) as number) / leads.filter((lead) => lead.channel_id === channel && counts(lead)).length;
	const rank = (counts: (lead: OracleLead) => boolean, order: 1 | -1): number => {
		const mine = cost(channel_id, counts) * order;
		return 1 + [...spend.keys()].filter((other) => cost(other, counts) * order < mine).length;
	};
	return {
		valid_rate: share(
			leads.filter((lead) => lead.channel_id === channel_id),
			(lead) => lead.status === 'valid'
		),
		lowest_cost_per_lead_rank: rank(() => true, 1),
		highest_cost_per_valid_lead_rank: rank((lead) => lead.status === 'valid', -1),
		highest_cost_per_order_rank: rank((lead) => lead.order_net, -1)
	};
}

/** First attempt later than 24 hours after dispatch, or not at all, of those whose 24 hours have passed. */
function overdue(leads: readonly OracleLead[], now: number): number | null {
	const due = leads.filter((lead) => lead.dispatched_at !== undefined && lead.dispatched_at + LIMIT <= now);
	return share(due, ({ dispatched_at, first_attempt_at }) => (first_attempt_at ?? Infinity) - (dispatched_at as number) > LIMIT);
}

function medianHours(leads: readonly OracleLead[]): number | null {
	const hours = leads
		.flatMap(({ dispatched_at, first_attempt_at }) =>
			dispatched_at === undefined || first_attempt_at === undefined ? [] : [(first_attempt_at - dispatched_at) / HOUR]
		)
		.toSorted((a, b) => a - b);
	return hours[Math.floor(hours.length / 2)] ?? null;
}

function orderRate(leads: readonly OracleLead[]): number | null {
	return share(
		leads.filter((lead) => lead.status === 'valid'),
		(lead) => lead.order
	);
}

function share(leads: readonly OracleLead[], counts: (lead: OracleLead) => boolean): number | null {
	return leads.length === 0 ? null : leads.filter(counts).length / leads.length;
}

function ratio(a: number | null, b: number | null): number | null {
	return a === null || b === null || b === 0 ? null : a / b;
}

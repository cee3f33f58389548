/** Adds up leads and showroom events by dimension. */
import type { OracleCapture } from './captures.ts';
import { leadFinder, type OracleLead } from './leads.ts';
import { Organisation } from './organisation.ts';
import type { OracleRow, ReadResource } from './read.ts';

/** Leads and how far they came (cohort, so far), then what happened in the showroom (period, all of the history). */
export interface Counts {
	leads: number;
	valid_leads: number;
	visit_leads: number;
	test_drive_leads: number;
	order_leads: number;
	order_leads_net: number;
	/** Of persons who can be recognised, and of these who were known. */
	recognisable_leads: number;
	known_customer_leads: number;
	visits: number;
	test_drives: number;
	orders: number;
	orders_net: number;
}

export const DIMENSIONS = [
	'region_id',
	'area_id',
	'store_id',
	'dealer_group_id',
	'inviter_id',
	'advisor_id',
	'channel_id',
	'campaign_id'
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Member of rows whose dimension is not known. */
export const UNKNOWN = '(none)';

/** The part of the answer that is added up here. */
export interface Tallied {
	total: Counts;
	/** By dimension, then by member. */
	by: Record<Dimension, Record<string, Counts>>;
}

export function nothing(): Counts {
	return {
		leads: 0,
		valid_leads: 0,
		visit_leads: 0,
		test_drive_leads: 0,
		order_leads: 0,
		order_leads_net: 0,
		recognisable_leads: 0,
		known_customer_leads: 0,
		visits: 0,
		test_drives: 0,
		orders: 0,
		orders_net: 0
	};
}

function add(counts: Tallied, members: Record<Dimension, string | undefined>, measures: readonly (keyof Counts)[]): void {
	const rows = DIMENSIONS.map((dimension) => (counts.by[dimension][members[dimension] ?? UNKNOWN] ??= nothing()));
	for (const measure of measures) for (const row of [counts.total, ...rows]) row[measure] += 1;
}

export function countLeads(counts: Tallied, leads: readonly OracleLead[]): void {
	for (const lead of leads) {
		const reached: [keyof Counts, boolean][] = [
			['leads', true],
			['valid_leads', lead.status === 'valid'],
			['visit_leads', lead.visit],
			['test_drive_leads', lead.test_drive],
			['order_leads', lead.order],
			['order_leads_net', lead.order_net],
			['recognisable_leads', lead.is_known_customer !== null],
			['known_customer_leads', lead.is_known_customer === true]
		];
		add(
			counts,
			lead,
			reached.filter(([, is]) => is).map(([measure]) => measure)
		);
	}
}

export function countShowroom(
	counts: Tallied,
	leads: readonly OracleLead[],
	captures: readonly OracleCapture[],
	read: ReadonlyMap<string, ReadResource>
): void {
	const organisation = new Organisation(read);
	const find = leadFinder(captures, read);
	const leadOf = new Map(leads.map((lead) => [lead.lead_id, lead]));
	const count = (resource: string, moment: string, measures: (row: OracleRow) => (keyof Counts)[]): void => {
		for (const row of read.get(resource)?.rows ?? []) {
			const at = row[moment] as number | undefined;
			if (at === undefined) continue;
			const lead = leadOf.get(find(row, resource.split('.')[0] as string) ?? '');
			const channel_id = lead ? lead.channel_id : ((row.channel_id as string | undefined) ?? 'walk_in');
			const place = organisation.placeAt(row.store_id as string | undefined, at);
			add(
				counts,
				{
					...place,
					store_id: row.store_id as string | undefined,
					inviter_id: undefined,
					advisor_id: row.advisor_id as string | undefined,
					channel_id,
					campaign_id: lead?.campaign_id
				},
				measures(row)
			);
		}
	};
	count('crm.visits', 'arrived_at', () => ['visits']);
	count('crm.test_drives', 'started_at', () => ['test_drives']);
	count('dms.orders', 'locked_at', (row) => (row.cancelled_at === undefined ? ['orders', 'orders_net'] : ['orders']));
}

/**
 * The oracle: an independent count of the demo from its raw files, in plain TypeScript and in memory, for tests only.
 * It reads domain.md §5 by itself and shares no code with landing, models or semantic layer, so that equal numbers
 * mean something. Rules: the greatest `updated_at` per key counts, malformed rows don't; customers by union-find over
 * usable identifiers under the caps of seeds/identifier_limits.csv; duplicates within 30 × 24 h of a lead's first
 * capture; a later stage implies the earlier ones; leads belong to their current owner, visits, test drives and orders
 * of the showroom to the store, advisor and region of the event; what came without a lead counts under `walk_in`
 * unless the order names a channel.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../sources/index.ts';
import { groupCaptures, identifiersOf, leadReference, type OracleCapture, readCaptures } from './captures.ts';
import { type PairQuality, pairQuality, type PersonRecord, resolveCustomers } from './identity.ts';
import { followLeads, leadFinder, type OracleLead } from './leads.ts';
import { Organisation } from './organisation.ts';
import { type OracleRow, type ReadResource, readResource } from './read.ts';

/** Leads and how far they came (cohort, so far), then what happened in the showroom (period, all of the history). */
export interface Counts {
	leads: number;
	valid_leads: number;
	visit_leads: number;
	test_drive_leads: number;
	order_leads: number;
	order_leads_net: number;
	visits: number;
	test_drives: number;
	orders: number;
	orders_net: number;
}

export const DIMENSIONS = ['region_id', 'store_id', 'inviter_id', 'advisor_id', 'channel_id'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Member of rows whose dimension is not known. */
export const UNKNOWN = '(none)';

export interface OracleCounts {
	total: Counts;
	/** By dimension, then by member. */
	by: Record<Dimension, Record<string, Counts>>;
	captures: { captures: number; leads: number; duplicates: number; rejected: number };
	status: { valid: number; invalid: number; pending: number };
	/** Spend of all days in fen (1/100 yuan), so that it is exact. */
	spend_cents: number;
	/** Records that break their contract, by resource such as "crm.leads". */
	malformed: Record<string, number>;
	/** How well the oracle's own customers meet the truth: what the published rules can reach. */
	identity: PairQuality;
}

/** Everything behind the counts, to find out where two counts part. */
export interface OracleDetail {
	counts: OracleCounts;
	leads: OracleLead[];
	captures: OracleCapture[];
	/** Customer of each record; the key is `<source>/<resource>/<source>:<id>`. */
	customers: Map<string, string>;
}

/** @param dir folder of a demo: `extracts/` and `truth/` below it */
export function countOracle(dir: string): OracleCounts {
	return runOracle(dir).counts;
}

export function runOracle(dir: string): OracleDetail {
	const read = new Map(
		resources.map((resource) => [
			`${resource.source}.${resource.name}`,
			readResource(join(dir, 'extracts'), `${resource.source}.${resource.name}`)
		])
	);
	const { captures, records } = readCaptures(read);
	records.push(...otherRecords(read));
	const customers = resolveCustomers(records);
	groupCaptures(captures, customers);
	const leads = followLeads(captures, customers, read);
	const counts: OracleCounts = {
		total: nothing(),
		by: { region_id: {}, store_id: {}, inviter_id: {}, advisor_id: {}, channel_id: {} },
		captures: {
			captures: captures.length,
			leads: leads.length,
			duplicates: outcomes(captures, 'duplicate'),
			rejected: outcomes(captures, 'rejected')
		},
		status: { valid: statuses(leads, 'valid'), invalid: statuses(leads, 'invalid'), pending: statuses(leads, 'pending') },
		spend_cents: (read.get('ads.spend')?.rows ?? []).reduce((sum, row) => sum + Math.round((row.spend as number) * 100), 0),
		malformed: Object.fromEntries([...read].map(([resource, { malformed }]) => [resource, malformed.length])),
		identity: pairQuality(customers, readTruth(dir))
	};
	countLeads(counts, leads);
	countShowroom(counts, leads, captures, read);
	return { counts, leads, captures, customers };
}

const outcomes = (captures: readonly OracleCapture[], outcome: string): number =>
	captures.filter((capture) => capture.outcome === outcome).length;
const statuses = (leads: readonly OracleLead[], status: string): number => leads.filter((lead) => lead.status === status).length;

/** Sessions, visits and orders: the records beside captures that name a person. */
function otherRecords(read: ReadonlyMap<string, ReadResource>): PersonRecord[] {
	const rows = (resource: string): OracleRow[] => read.get(resource)?.rows ?? [];
	const named = (type: string, value: string | undefined) => (value === undefined ? [] : [{ type, value, status: 'ok' as const }]);
	const sessions = Map.groupBy(rows('web.events'), (event) => event.session_id as string);
	return [
		...[...sessions].map(([session, events]) => ({
			key: `web/events/web:${session}`,
			name: undefined,
			identifiers: events.flatMap(identifiersOf)
		})),
		...rows('crm.visits').map((visit) => ({
			key: `crm/visits/crm:${visit.visit_id}`,
			name: visit.name as string | undefined,
			identifiers: [
				...identifiersOf(visit),
				...named('lead_record', leadReference(visit, 'crm')),
				...named('visit_record', visit.visit_id as string)
			]
		})),
		...rows('dms.orders').map((order) => ({
			key: `dms/orders/dms:${order.order_id}`,
			name: order.name as string | undefined,
			identifiers: [
				...identifiersOf(order),
				...named('lead_record', leadReference(order, 'dms')),
				...named('visit_record', order.visit_id as string | undefined)
			]
		}))
	];
}

/** True person of each record, in the keys of the oracle. */
export function readTruth(dir: string): Map<string, string> {
	const [, ...lines] = readFileSync(join(dir, 'truth', 'records.csv'), 'utf8')
		.trimEnd()
		.split('\n');
	return new Map(
		lines.map((line) => {
			const [source, resource, record_id, person] = line.split(',') as [string, string, string, string];
			return [`${source}/${resource}/${record_id}`, person];
		})
	);
}

function nothing(): Counts {
	return {
		leads: 0,
		valid_leads: 0,
		visit_leads: 0,
		test_drive_leads: 0,
		order_leads: 0,
		order_leads_net: 0,
		visits: 0,
		test_drives: 0,
		orders: 0,
		orders_net: 0
	};
}

function add(counts: OracleCounts, members: Record<Dimension, string | undefined>, measures: readonly (keyof Counts)[]): void {
	const rows = DIMENSIONS.map((dimension) => (counts.by[dimension][members[dimension] ?? UNKNOWN] ??= nothing()));
	for (const measure of measures) for (const row of [counts.total, ...rows]) row[measure] += 1;
}

function countLeads(counts: OracleCounts, leads: readonly OracleLead[]): void {
	for (const lead of leads) {
		const reached: [keyof Counts, boolean][] = [
			['leads', true],
			['valid_leads', lead.status === 'valid'],
			['visit_leads', lead.visit],
			['test_drive_leads', lead.test_drive],
			['order_leads', lead.order],
			['order_leads_net', lead.order_net]
		];
		add(
			counts,
			lead,
			reached.filter(([, is]) => is).map(([measure]) => measure)
		);
	}
}

function countShowroom(
	counts: OracleCounts,
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
			const { region_id } = organisation.placeAt(row.store_id as string | undefined, at);
			add(
				counts,
				{
					region_id,
					store_id: row.store_id as string | undefined,
					inviter_id: undefined,
					advisor_id: row.advisor_id as string | undefined,
					channel_id
				},
				measures(row)
			);
		}
	};
	count('crm.visits', 'arrived_at', () => ['visits']);
	count('crm.test_drives', 'started_at', () => ['test_drives']);
	count('dms.orders', 'locked_at', (row) => (row.cancelled_at === undefined ? ['orders', 'orders_net'] : ['orders']));
}

/**
 * The oracle: an independent count of the demo from its raw files, in plain TypeScript and in memory, for tests only.
 * It reads docs/definitions.md by itself and shares no code with landing, models or semantic layer, so that equal numbers
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
import { countLeads, countShowroom, DIMENSIONS, nothing, type Tallied } from './counts.ts';
import { type PairQuality, pairQuality, type PersonRecord, resolveCustomers } from './identity.ts';
import { followLeads, type OracleLead } from './leads.ts';
import { type OracleRow, type ReadResource, readResource } from './read.ts';

export { type Counts, type Dimension, DIMENSIONS, UNKNOWN } from './counts.ts';

export interface OracleCounts extends Tallied {
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
	const { customers, recognisable } = resolveCustomers(records);
	groupCaptures(captures, customers);
	const leads = followLeads(captures, customers, recognisable, read);
	const counts: OracleCounts = {
		total: nothing(),
		by: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, {}])) as Tallied['by'],
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

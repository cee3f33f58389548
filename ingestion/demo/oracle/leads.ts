/** What became of each lead: its status, its current owner, and the stages it reached. */
import { leadReference, type OracleCapture } from './captures.ts';
import { Organisation } from './organisation.ts';
import type { OracleRow, ReadResource } from './read.ts';

export interface OracleLead {
	lead_id: string;
	customer: string;
	captured_at: number;
	channel_id: string | undefined;
	campaign_id: string | undefined;
	store_id: string | undefined;
	region_id: string | undefined;
	area_id: string | undefined;
	dealer_group_id: string | undefined;
	inviter_id: string | undefined;
	advisor_id: string | undefined;
	status: 'valid' | 'invalid' | 'pending';
	visit: boolean;
	test_drive: boolean;
	order: boolean;
	/** One of its orders was locked and not cancelled. */
	order_net: boolean;
	/** Null where nobody can say. */
	is_known_customer: boolean | null;
	dispatched_at: number | undefined;
	first_attempt_at: number | undefined;
}

/** Everything that refers to a lead, by the lead. */
export interface Work {
	qualifications: OracleRow[];
	assignments: OracleRow[];
	followups: OracleRow[];
	appointments: OracleRow[];
	visits: OracleRow[];
	drives: OracleRow[];
	orders: OracleRow[];
}

const KINDS: Record<keyof Work, string> = {
	qualifications: 'crm.qualifications',
	assignments: 'crm.assignments',
	followups: 'crm.followups',
	appointments: 'crm.appointments',
	visits: 'crm.visits',
	drives: 'crm.test_drives',
	orders: 'dms.orders'
};

/** Lead of a row: by its own reference, else by that of its visit; a reference to a rejected capture leads nowhere. */
export function leadFinder(
	captures: readonly OracleCapture[],
	read: ReadonlyMap<string, ReadResource>
): (row: OracleRow, source: string) => string | undefined {
	const leadOf = new Map(captures.map((capture) => [capture.record_id, capture.lead_id]));
	const visits = new Map((read.get('crm.visits')?.rows ?? []).map((visit) => [visit.visit_id as string, leadReference(visit, 'crm')]));
	return (row, source) => {
		const reference = leadReference(row, source) ?? (row.visit_id === undefined ? undefined : visits.get(row.visit_id as string));
		return reference === undefined ? undefined : leadOf.get(reference);
	};
}

export function followLeads(
	captures: readonly OracleCapture[],
	customers: ReadonlyMap<string, string>,
	recognisable: ReadonlySet<string>,
	read: ReadonlyMap<string, ReadResource>
): OracleLead[] {
	const organisation = new Organisation(read);
	const find = leadFinder(captures, read);
	const workOf = new Map<string, Work>();
	for (const [kind, resource] of Object.entries(KINDS) as [keyof Work, string][]) {
		for (const row of read.get(resource)?.rows ?? []) {
			const lead = find(row, resource.split('.')[0] as string);
			if (lead === undefined) continue;
			const work = workOf.get(lead) ?? {
				qualifications: [],
				assignments: [],
				followups: [],
				appointments: [],
				visits: [],
				drives: [],
				orders: []
			};
			workOf.set(lead, work);
			work[kind].push(row);
		}
	}
	const firstOrders = firstOrderByCustomer(captures, customers, find, read);
	const firsts = captures
		.filter((capture) => capture.outcome === 'lead')
		.toSorted((a, b) => a.at - b.at || (a.record_id < b.record_id ? -1 : 1));
	const known = new Set<string>();
	return firsts.map((capture) => {
		const customer = customers.get(capture.key) as string;
		const lead = describe(capture, customer, workOf.get(capture.record_id), organisation);
		lead.is_known_customer = recognisable.has(customer)
			? known.has(customer) || (firstOrders.get(customer) ?? Infinity) < capture.at
			: null;
		known.add(customer);
		return lead;
	});
}

function firstOrderByCustomer(
	captures: readonly OracleCapture[],
	customers: ReadonlyMap<string, string>,
	find: (row: OracleRow, source: string) => string | undefined,
	read: ReadonlyMap<string, ReadResource>
): Map<string, number> {
	const customerOfLead = new Map(captures.map((capture) => [capture.record_id, customers.get(capture.key)]));
	const firsts = new Map<string, number>();
	for (const order of read.get('dms.orders')?.rows ?? []) {
		const lead = find(order, 'dms');
		const customer = (lead && customerOfLead.get(lead)) ?? customers.get(`dms/orders/dms:${order.order_id}`);
		if (customer === undefined || order.locked_at === undefined) continue;
		firsts.set(customer, Math.min(firsts.get(customer) ?? Infinity, order.locked_at as number));
	}
	return firsts;
}

function describe(capture: OracleCapture, customer: string, work: Work | undefined, organisation: Organisation): OracleLead {
	const { row } = capture;
	const assignments = (work?.assignments ?? []).toSorted(
		(a, b) => (a.happened_at as number) - (b.happened_at as number) || ((a.assignment_id as string) < (b.assignment_id as string) ? -1 : 1)
	);
	const owner = currentOwner(row, assignments, organisation);
	const locked = (work?.orders ?? []).filter((order) => order.locked_at !== undefined);
	const delivered = (work?.orders ?? []).some((order) => order.delivered_at !== undefined);
	const order = locked.length > 0 || delivered;
	const test_drive = order || (work?.drives.length ?? 0) > 0;
	const visit = test_drive || (work?.visits.length ?? 0) > 0;
	const attempts = (work?.followups ?? [])
		.filter((followup) => followup.made_by === 'person')
		.map((followup) => followup.started_at as number);
	const worked =
		visit || assignments.some((entry) => entry.kind !== 'recall') || attempts.length > 0 || (work?.appointments.length ?? 0) > 0;
	const decisions = work?.qualifications ?? [];
	const valid = worked || row.qualified_at !== undefined || decisions.some((decision) => decision.result === 'valid');
	const place = organisation.placeNow(owner.store_id);
	return {
		lead_id: capture.record_id,
		customer,
		captured_at: capture.at,
		channel_id: row.channel_id as string | undefined,
		campaign_id: row.campaign_id as string | undefined,
		...owner,
		...place,
		region_id: place.region_id ?? organisation.regionOfCity(row.city as string | undefined),
		status: valid ? 'valid' : decisions.length > 0 ? 'invalid' : 'pending',
		visit,
		test_drive,
		order,
		order_net: locked.some((entry) => entry.cancelled_at === undefined),
		is_known_customer: false,
		dispatched_at: assignments.find((entry) => entry.kind === 'dispatch')?.happened_at as number | undefined,
		first_attempt_at: attempts.length === 0 ? undefined : Math.min(...attempts)
	};
}

/** The last word on store, inviter and advisor; a recall takes the inviter away and leaves the store. */
function currentOwner(row: OracleRow, assignments: readonly OracleRow[], organisation: Organisation) {
	let store_id = row.store_id as string | undefined;
	let inviter_id = row.inviter_id as string | undefined;
	let advisor_id = row.advisor_id as string | undefined;
	for (const entry of assignments) {
		store_id = (entry.store_id as string | undefined) ?? store_id;
		const staff = entry.staff_id as string | undefined;
		if (entry.kind === 'recall') inviter_id = undefined;
		else if (staff === undefined) continue;
		else if (entry.kind === 'handover') advisor_id = staff;
		else if (entry.kind === 'assign' || entry.kind === 'reassign') {
			if (organisation.isAdvisor(staff, entry.happened_at as number)) advisor_id = staff;
			else inviter_id = staff;
		}
	}
	return { store_id, inviter_id, advisor_id };
}

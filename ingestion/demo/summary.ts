/** Counts over the finished simulation: for spend, for targets, and for the truth on disk. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, localText } from './clock.ts';
import type { Cell, Row } from './extracts.ts';
import type { Person } from './people.ts';
import type { Simulation } from './simulation.ts';
import { Delivery } from './spend.ts';
import { describeStories } from './stories.ts';
import type { Achieved } from './targets.ts';

const rowsOf = (simulation: Simulation, resource: string): readonly Row[] => simulation.extracts.rows.get(resource) ?? [];

export function deliveredLeads(simulation: Simulation, people: readonly Person[]): Delivery {
	const delivery = new Delivery();
	for (const capture of simulation.truth.captures) {
		const person = people[Number(capture.person_id.slice(1)) - 1];
		if (capture.campaign_id && person) delivery.add(capture.campaign_id, dayOf(capture.captured_at), person.city.region_id);
	}
	return delivery;
}

export function achievedSoFar(simulation: Simulation): Achieved {
	const leadsOf = new Map<string, number>();
	for (const row of rowsOf(simulation, 'crm.assignments')) {
		if (row.kind === 'assign') leadsOf.set(row.store_id as string, (leadsOf.get(row.store_id as string) ?? 0) + 1);
	}
	const last = new Map(rowsOf(simulation, 'dms.orders').map((row) => [row.order_id, row]));
	const orders = [...last.values()].filter((row) => row.locked_at !== undefined && row.cancelled_at === undefined);
	const leads = simulation.truth.captures.filter((capture) => capture.intended === 'lead' || capture.intended === 'reopened');
	return {
		leadsOf,
		totals: {
			leads: leads.length,
			valid_leads: leads.filter((capture) => capture.valid).length,
			visits: rowsOf(simulation, 'crm.visits').length,
			test_drives: rowsOf(simulation, 'crm.test_drives').length,
			orders: orders.length,
			deliveries: orders.filter((row) => row.delivered_at !== undefined).length
		}
	};
}

export function writeTruth(folder: string, simulation: Simulation, options: { customers: number; seed: number; until: string }): void {
	const { truth } = simulation;
	mkdirSync(folder, { recursive: true });
	const table = (name: string, columns: readonly string[], rows: readonly Record<string, Cell>[]): void =>
		writeFileSync(join(folder, name), `${[columns.join(','), ...rows.map((row) => columns.map((column) => row[column] ?? '').join(','))].join('\n')}\n`);
	const json = (name: string, value: unknown): void => writeFileSync(join(folder, name), `${JSON.stringify(value, null, '\t')}\n`);
	table('records.csv', ['source', 'resource', 'record_id', 'person_id'], truth.records.map((record) => ({ ...record })));
	table('captures.csv', ['record_id', 'person_id', 'intended', 'valid', 'captured_at', 'channel_id', 'campaign_id'], truth.captures.map((capture) => ({ ...capture, captured_at: localText(capture.captured_at) })));
	table('orders.csv', ['order_id', 'person_id', 'touch_id', 'channel_id', 'campaign_id'], truth.orders.map((order) => ({ ...order })));
	table('quarantine.csv', ['source', 'resource', 'file', 'line', 'record_id', 'column', 'reason'], truth.quarantined.map((row) => ({ ...row })));
	json('stories.json', describeStories(simulation.stories));
	const { totals } = achievedSoFar(simulation);
	const rows = Object.fromEntries([...simulation.extracts.rows].map(([resource, list]) => [resource, list.length]));
	json('counts.json', { customers: options.customers, seed: options.seed, until: options.until, stores: simulation.organisation.stores.length, staff: simulation.organisation.staff.length, intended: totals, quarantined: truth.quarantined.length, rows });
}

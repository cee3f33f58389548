/**
 * The demo brand: a seeded simulation of a car maker that writes the extracts of every source, and the truth behind them.
 * The same options give the same bytes. See `generateDemo`.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../sources/index.ts';
import { demandTable } from './calendar.ts';
import { buildCampaigns, buildEvents } from './campaigns.ts';
import { at, ClockError, DAY, monthStart, parseDay } from './clock.ts';
import { Extracts } from './extracts.ts';
import { live } from './journeys.ts';
import { buildOrganisation, type Store } from './org.ts';
import { buildPerson, shareFamilyPhones } from './people.ts';
import { Random } from './random.ts';
import { writeReference } from './reference.ts';
import type { Simulation } from './simulation.ts';
import { spendMoney } from './spend.ts';
import { tellStories } from './stories.ts';
import { achievedSoFar, deliveredLeads, writeTruth } from './summary.ts';
import { setTargets } from './targets.ts';
import { Truth } from './truth.ts';
import { writeResource, type WrittenResource } from './write.ts';

export interface DemoOptions {
	/** People of the simulation. Stores, staff and spend grow with it. */
	customers: number;
	seed: number;
	/** Last day of the history, YYYY-MM-DD. The history starts on the first of a month, 24 months earlier. */
	until: string;
	/** Folder that gets `extracts/` and `truth/`. */
	out: string;
}

export interface DemoReport {
	resources: WrittenResource[];
	rows: number;
}

export class DemoError extends Error {}

const MONTHS = 24;
const FEWEST = 100;
const MOST = 2_000_000;

export function generateDemo(options: DemoOptions): DemoReport {
	const simulation = prepare(options);
	const target = claimFolder(options.out);
	const people = Array.from({ length: options.customers }, (_, index) => buildPerson(options.seed, index));
	shareFamilyPhones(options.seed, people);
	writeReference(simulation);
	for (const person of people) live(simulation, person);
	spendMoney(simulation, deliveredLeads(simulation, people));
	setTargets(simulation, achievedSoFar(simulation));
	const written = resources.map((resource) =>
		writeResource(join(target, 'extracts'), resource, simulation.extracts.rows.get(`${resource.source}.${resource.name}`) ?? [], options.seed, simulation.now, simulation.truth)
	);
	writeTruth(join(target, 'truth'), simulation, options);
	publish(target, options.out);
	return { resources: written, rows: written.reduce((sum, entry) => sum + entry.rows, 0) };
}

function prepare({ customers, seed, until }: DemoOptions): Simulation {
	if (!Number.isInteger(customers) || customers < FEWEST || customers > MOST) {
		throw new DemoError(`The number of customers must be a whole number from ${FEWEST} to ${MOST}, not ${customers}.`);
	}
	if (!Number.isSafeInteger(seed)) throw new DemoError(`The seed must be a whole number, not ${seed}.`);
	const end = readUntil(until);
	const start = monthStart(end, -MONTHS);
	const organisation = buildOrganisation(seed, customers, start, end);
	const storesOf = new Map<string, Store[]>();
	for (const store of organisation.stores) {
		for (const key of [store.city.city, store.city.region_id]) storesOf.set(key, [...(storesOf.get(key) ?? []), store]);
	}
	const random = new Random(seed, 'devices');
	const regions = [...new Set(organisation.stores.map((store) => store.city.region_id))];
	// A fixed share of stores has an advisor with the habit; fewer would vanish in a small brand.
	const habits = organisation.stores.filter((_, index) => index % 20 === 3);
	return {
		seed,
		customers,
		start,
		end,
		now: at(end + 1) - 1,
		organisation,
		campaigns: buildCampaigns(seed, start, end),
		events: buildEvents(seed, start, end),
		days: demandTable(start, end),
		stories: tellStories(organisation, end),
		extracts: new Extracts(),
		truth: new Truth(),
		storesOf,
		tablets: new Map(regions.map((region) => [region, { device: `tablet-${region}-${random.hex(8)}`, cookie: `ck${random.hex(18)}` }])),
		ownPhones: new Map(habits.map((store) => [store.store_id, { staff_id: store.advisors[0]?.staff.staff_id ?? '', phone: `137${random.digits(8)}` }]))
	};
}

function readUntil(until: string): number {
	try {
		return parseDay(until);
	} catch (error) {
		throw error instanceof ClockError ? new DemoError(`The last day of the history, ${error.message}`) : error;
	}
}

const PARTS = ['extracts', 'truth'] as const;

/** A folder beside the final one, so that a demo that fails leaves nothing half done. Refuses to overwrite what is not a demo. */
function claimFolder(out: string): string {
	const foreign = existsSync(out) ? readdirSync(out).filter((entry) => !PARTS.some((part) => part === entry) && entry !== '.partial') : [];
	const ours = existsSync(join(out, 'truth', 'counts.json'));
	if (!ours && existsSync(join(out, 'extracts'))) throw new DemoError(`The folder ${out} has extracts that are no demo: choose another one, or remove them.`);
	if (!ours && foreign.length > 0 && existsSync(join(out, 'truth'))) throw new DemoError(`The folder ${out} is not empty: choose another one.`);
	const partial = join(out, '.partial');
	rmSync(partial, { recursive: true, force: true });
	mkdirSync(partial, { recursive: true });
	return partial;
}

function publish(partial: string, out: string): void {
	for (const part of PARTS) {
		rmSync(join(out, part), { recursive: true, force: true });
		renameSync(join(partial, part), join(out, part));
	}
	rmSync(partial, { recursive: true });
}

export function historyStart(until: string): string {
	return new Date(monthStart(parseDay(until), -MONTHS) * DAY * 1000).toISOString().slice(0, 10);
}

/**
 * The demo brand: a seeded simulation of a car maker that writes the extracts of every source, and the truth behind them.
 * The same options give the same bytes: no clock is read, and all chance comes from the seed.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { live } from './journeys.ts';
import { buildPerson, type Person, shareFamilyPhone } from './people.ts';
import { writeReference } from './reference.ts';
import { prepare } from './prepare.ts';
import type { WrittenResource } from './sink.ts';
import { spendMoney } from './spend.ts';
import { describeStories } from './stories.ts';
import { setTargets } from './targets.ts';

export interface DemoOptions {
	/** People of the simulation, 100 to 2,000,000. Stores, staff and spend grow with it. */
	customers: number;
	/** A whole number. */
	seed: number;
	/** Last day of the history, YYYY-MM-DD. The history starts on the first of a month, 24 months earlier. */
	until: string;
	/**
	 * A brand where nobody differs from their peers: every channel, store and person is as good as any other, nothing is told of any of them,
	 * and no campaign or event begins or ends. What moves is the calendar, and chance.
	 */
	flat?: boolean;
	/** Folder that gets `extracts/` and `truth/`; an earlier demo in it is replaced. */
	out: string;
}

export interface DemoReport {
	resources: WrittenResource[];
	/** Lines of data of all resources. */
	rows: number;
}

/** What can be wrong with the options, as one sentence. */
export class DemoError extends Error {}

const PARTS = ['extracts', 'truth'] as const;
const PARTIAL = '.partial';

export function generateDemo(options: DemoOptions): DemoReport {
	checkFolder(options.out);
	const partial = join(options.out, PARTIAL);
	const simulation = prepare(options, join(partial, 'extracts'));
	rmSync(partial, { recursive: true, force: true });
	mkdirSync(join(partial, 'extracts'), { recursive: true });
	writeReference(simulation);
	let before: Person | undefined;
	for (let index = 0; index < options.customers; index += 1) {
		const person = shareFamilyPhone(options.seed, buildPerson(options.seed, index), before);
		live(simulation, person);
		before = person;
	}
	spendMoney(simulation);
	setTargets(simulation);
	const resources = simulation.extracts.close();
	const report = { resources, rows: resources.reduce((sum, entry) => sum + entry.rows, 0) };
	const { truth, stories, organisation } = simulation;
	const { customers, seed, until } = options;
	const folder = join(partial, 'truth');
	truth.write(folder);
	const json = (name: string, value: unknown): void => writeFileSync(join(folder, name), `${JSON.stringify(value, null, '\t')}\n`);
	json('stories.json', options.flat ? [] : describeStories(stories));
	json('counts.json', {
		customers,
		seed,
		until,
		stores: organisation.stores.length,
		staff: organisation.staff.length,
		quarantined: truth.quarantined.length,
		...report
	});
	publish(partial, options.out);
	return report;
}

/** Refuses to replace what no demo has written. */
function checkFolder(out: string): void {
	const ours = existsSync(join(out, 'truth', 'counts.json'));
	const taken = existsSync(out) && readdirSync(out).some((entry) => PARTS.some((part) => part === entry));
	if (taken && !ours) throw new DemoError(`The folder ${out} has extracts that are no demo: choose another folder.`);
}

/** The new demo appears whole, or not at all. */
function publish(partial: string, out: string): void {
	for (const part of PARTS) {
		rmSync(join(out, part), { recursive: true, force: true });
		renameSync(join(partial, part), join(out, part));
	}
	rmSync(partial, { recursive: true });
}

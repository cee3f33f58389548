/** Checks the options and sets the stage: organisation, calendar, campaigns and habits. */
import { buildCampaigns, buildEvents, flatCampaigns } from './campaigns.ts';
import { demandTable } from './calendar.ts';
import { at, ClockError, type Day, monthStart, parseDay } from './clock.ts';
import { Extracts } from './extracts.ts';
import { DemoError, type DemoOptions } from './index.ts';
import { buildOrganisation, type Store } from './org.ts';
import { Random } from './random.ts';
import type { Simulation } from './simulation.ts';
import { tellStories } from './stories.ts';
import { Tally } from './tally.ts';
import { Truth } from './truth.ts';

const MONTHS = 24;
const FEWEST = 100;
const MOST = 2_000_000;
/** One store in twenty has an advisor who types a number of one's own into leads. */
const STORES_PER_HABIT = 20;

export function prepare({ customers, seed, until, flat = false }: DemoOptions, folder: string): Simulation {
	if (!Number.isInteger(customers) || customers < FEWEST || customers > MOST) {
		throw new DemoError(`The number of customers must be a whole number from ${FEWEST} to ${MOST}, not ${customers}.`);
	}
	if (!Number.isSafeInteger(seed)) throw new DemoError(`The seed must be a whole number, not ${seed}.`);
	const end = lastDay(until);
	const start = monthStart(end, -MONTHS);
	const now = at(end + 1) - 1;
	const organisation = buildOrganisation(seed, customers, start, end, flat);
	const { stores } = organisation;
	const storesOf = new Map<string, Store[]>();
	for (const store of stores) {
		for (const key of [store.city.city, store.city.region_id]) storesOf.set(key, [...(storesOf.get(key) ?? []), store]);
	}
	const random = new Random(seed, 'devices');
	const truth = new Truth();
	return {
		seed,
		customers,
		flat,
		start,
		end,
		now,
		organisation,
		campaigns: flat ? flatCampaigns(seed, start, end) : buildCampaigns(seed, start, end),
		events: flat ? [] : buildEvents(seed, start, end),
		days: demandTable(start, end),
		stories: tellStories(organisation, end),
		extracts: new Extracts(folder, seed, now, truth),
		truth,
		tally: new Tally(),
		storesOf,
		tablets: new Map(
			[...new Set(stores.map((store) => store.city.region_id))].map((region) => [
				region,
				{ device: `tablet-${region}-${random.hex(8)}`, cookie: `ck${random.hex(18)}` }
			])
		),
		ownPhones: new Map(
			stores.filter((_, index) => index % STORES_PER_HABIT === 3).map((store) => [store.store_id, `137${random.digits(8)}`])
		)
	};
}

function lastDay(until: string): Day {
	try {
		return parseDay(until);
	} catch (error) {
		throw error instanceof ClockError ? new DemoError(`The last day of the history, ${error.message}`) : error;
	}
}

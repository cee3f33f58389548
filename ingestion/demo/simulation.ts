/** Everything the parts of the simulation share: the organisation, the calendar, the rows so far and the truth. */
import type { Campaign, MarketEvent } from './campaigns.ts';
import type { Channel } from './catalogue.ts';
import type { Day, Instant } from './clock.ts';
import type { Extracts } from './extracts.ts';
import type { Organisation, Store } from './org.ts';
import { isOpen } from './org.ts';
import type { Person } from './people.ts';
import { Random, type Weighted } from './random.ts';
import type { Stories } from './stories.ts';
import type { Tally } from './tally.ts';
import type { Truth } from './truth.ts';

export interface Simulation {
	seed: number;
	customers: number;
	/** Nobody differs from anybody: see `DemoOptions`. */
	flat: boolean;
	start: Day;
	/** Last day, included. */
	end: Day;
	/** Nothing is recorded after it. */
	now: Instant;
	organisation: Organisation;
	campaigns: readonly Campaign[];
	events: readonly MarketEvent[];
	/** Draws a day of the history by its demand. */
	days: Weighted<Day>;
	stories: Stories;
	extracts: Extracts;
	truth: Truth;
	tally: Tally;
	/** Stores of each city, then of each region. */
	storesOf: ReadonlyMap<string, readonly Store[]>;
	/** Device and cookie of the tablet at pop-ups, by region. */
	tablets: ReadonlyMap<string, { device: string; cookie: string }>;
	/** The number that an advisor types into the leads of the store instead of the customer's, by store. */
	ownPhones: ReadonlyMap<string, string>;
}

const USUAL = { valid: 0.72, quality: 1 };

/** How likely leads of a channel are to be valid, and how ready to buy. */
export function worthOf(
	{ flat }: Pick<Simulation, 'flat'>,
	channel: Pick<Channel, 'valid' | 'quality'>
): { valid: number; quality: number } {
	return flat ? USUAL : channel;
}

/** A store that is open on the day, in the person's city if there is one, else in the region. */
export function chooseStore(simulation: Simulation, person: Person, day: Day, random: Random): Store | undefined {
	const near = (simulation.storesOf.get(person.city.city) ?? []).filter(
		(store) => isOpen(store, day) && store.store_type !== 'online_mall'
	);
	const stores = near.length > 0 ? near : (simulation.storesOf.get(person.city.region_id) ?? []).filter((store) => isOpen(store, day));
	if (stores.length === 0) return undefined;
	// A person's own draw, so that the same store is near every time.
	const habit = new Random(simulation.seed, 'store', person.index, stores.length);
	return random.chance(0.06) ? random.weighted(stores, (store) => store.weight) : habit.weighted(stores, (store) => store.weight);
}

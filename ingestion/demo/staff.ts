/** Inviters, advisors and store managers: they come, go, are promoted, and move to other stores. */
import type { Day } from './clock.ts';
import { type Name, personName } from './names.ts';
import type { Store } from './org.ts';
import { Random } from './random.ts';

export type Role = 'inviter' | 'advisor' | 'store_manager';

export interface Staff {
	staff_id: string;
	name: Name;
	/** Posts held, oldest first. */
	posts: { from: Day; role: Role; store_id: string }[];
	joined: Day;
	left: Day | undefined;
	/** Diligence at answering: the factor on waiting times, 1 is usual. */
	pace: number;
}

/** A person's time in one post of one store, both days included. */
export interface Tenure {
	staff: Staff;
	from: Day;
	to: Day;
	/** Share of the post's work, relative. */
	share: number;
}

const FOREVER = 1e6;
const MEAN_TENURE = 780;

export function staffStores(
	seed: number,
	stores: readonly Store[],
	overdueStore: Store,
	start: Day,
	end: Day
): { staff: Staff[]; overdue: Staff } {
	const staff: Staff[] = [];
	const hire = (random: Random, role: Role, store: Store, from: Day): Staff => {
		const person: Staff = {
			staff_id: `A${String(staff.length + 1).padStart(4, '0')}`,
			name: personName(random),
			posts: [{ from, role, store_id: store.store_id }],
			joined: from,
			left: undefined,
			pace: random.between(0.7, 1.4)
		};
		staff.push(person);
		return person;
	};
	let overdue: Staff | undefined;
	for (const store of stores) {
		const random = new Random(seed, 'staff', store.store_id);
		const first = Math.max(store.opened, start - 700);
		const last = store.closed ?? end;
		fill(random, 'store_manager', store, [], first, last);
		for (let post = 0; post < (store.weight > 1.6 ? 2 : 1); post += 1) {
			if (store === overdueStore && post === 0) {
				// The story needs one person who owns the work throughout.
				overdue = hire(random, 'inviter', store, start - 400);
				overdue.pace = 1;
				store.inviters.push({ staff: overdue, from: start - 400, to: FOREVER, share: 1.4 });
			} else fill(random, 'inviter', store, store.inviters, first, last);
		}
		const advisors = store.weight > 1.6 ? 4 : store.weight > 0.95 ? 3 : 2;
		for (let post = 0; post < advisors; post += 1) fill(random, 'advisor', store, store.advisors, first, last);
	}

	/** Keeps a post filled without a gap; who leaves it leaves the brand, is promoted, or moves to a store of the region. */
	function fill(random: Random, role: Role, store: Store, tenures: Tenure[], first: Day, last: Day): void {
		let from = first === store.opened ? first : first - random.int(0, 600);
		while (from <= last) {
			const person = hire(random, role, store, from);
			const to = Math.min(Math.max(from + 60, start) + Math.round(random.exponential(MEAN_TENURE)), FOREVER);
			const ends = to >= last ? last : to;
			const stays = to >= last && store.closed === undefined;
			tenures.push({ staff: person, from, to: stays ? FOREVER : ends, share: random.between(0.8, 1.25) });
			if (!stays) moveOn(random, person, role, store, ends);
			from = ends + 1;
		}
	}

	function moveOn(random: Random, person: Staff, role: Role, store: Store, leaves: Day): void {
		const draw = random.next();
		const others = stores.filter(
			(other) => other !== store && other.city.region_id === store.city.region_id && other.opened <= leaves && other.closed === undefined
		);
		if (role === 'inviter' && draw < 0.15 && store.closed === undefined) {
			person.posts.push({ from: leaves + 1, role: 'advisor', store_id: store.store_id });
			store.advisors.push({ staff: person, from: leaves + 1, to: FOREVER, share: 1 });
		} else if (role === 'advisor' && draw < 0.4 && others.length > 0) {
			const next = random.pick(others);
			person.posts.push({ from: leaves + 1, role, store_id: next.store_id });
			next.advisors.push({ staff: person, from: leaves + 1, to: FOREVER, share: 1 });
		} else person.left = leaves;
	}

	return { staff, overdue: overdue as Staff };
}

/** Who holds such a post on the day, by share of work. */
export function onDuty(random: Random, tenures: readonly Tenure[], day: Day): Staff | undefined {
	const present = tenures.filter((tenure) => tenure.from <= day && day <= tenure.to);
	return present.length === 0 ? undefined : random.weighted(present, (tenure) => tenure.share).staff;
}

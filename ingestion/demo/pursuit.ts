/** The way of a lead from headquarters to a store, and the store's work on it until it is ordered or lost. */
import { come, invite } from './appointments.ts';
import { showroomHour } from './calendar.ts';
import type { Capture } from './captures.ts';
import { cleanse, decide } from './cleansing.ts';
import { at, DAY, dayOf, HOUR, type Instant, within } from './clock.ts';
import { assign, type Dossier, followUp, lose, type Pursuit } from './dossier.ts';
import type { Store } from './org.ts';
import { firstDelay, warmth } from './pace.ts';
import type { Grade, Person } from './people.ts';
import type { Random } from './random.ts';
import { chooseStore, worthOf, type Simulation } from './simulation.ts';
import { onDuty } from './staff.ts';

const INVITED: Record<Grade, number> = { H: 0.8, A: 0.66, B: 0.5, C: 0.26 };
const GRADES = ['H', 'A', 'B', 'C'] as const;
const URGENT = new Set(['autohome', 'dongchedi', 'hotline', 'mall']);
const ATTEMPTS = 4;

export function pursue(simulation: Simulation, person: Person, lead: Capture, valid: boolean, random: Random): Pursuit {
	const result: Pursuit = { last: lead.at, ordered: undefined, lost: undefined, store: lead.store };
	if (lead.store) {
		const decided = within(lead.at + random.int(600, 3 * HOUR), 9, 20, () => random.next());
		if (random.chance(0.97)) decide(simulation, lead, decided, valid, 'person', random);
		result.last = decided;
		if (valid) take({ simulation, person, lead, store: lead.store, urgency: undefined, random, result }, decided);
		return result;
	}
	const found = cleanse(simulation, lead, valid, random);
	if (found === undefined || found > simulation.now) return result;
	result.last = found;
	const dispatched = found + random.int(90, 1500);
	const store: Store | undefined = random.chance(0.985) ? chooseStore(simulation, person, dayOf(dispatched), random) : undefined;
	if (!store) return result;
	result.store = store;
	const urgency = URGENT.has(lead.channel.channel_id) && random.chance(0.4) ? 'urgent' : 'normal';
	const received = { simulation, person, lead, store, urgency, random, result } as const;
	assign(received, 'dispatch', undefined, dispatched, urgency);
	take(received, dispatched);
	return result;
}

/** The store gives the lead to somebody, who answers sooner or later, or never. */
function take(received: Omit<Dossier, 'owner'>, from: Instant): void {
	const { simulation, lead, store, urgency, random } = received;
	const { overdue, excellent } = simulation.stories;
	let time = within(from + Math.round(random.exponential(0.5) * HOUR), 9, 20, () => random.next() * 0.6);
	const own = store.inviters.some((tenure) => tenure.staff === lead.owner) ? lead.owner : undefined;
	const first = own ?? onDuty(random, store.inviters, dayOf(time)) ?? onDuty(random, store.advisors, dayOf(time));
	if (!first || random.chance(0.008)) return;
	const dossier: Dossier = { ...received, owner: first };
	assign(dossier, 'assign', first, time, urgency);
	if (random.chance(0.18)) followUp(dossier, undefined, time + 20, { connected: false, effective: false });
	if (first !== overdue.staff && store !== excellent.store && random.chance(0.035)) {
		const other = onDuty(random, store.inviters, dayOf(time));
		time = within(time + random.int(HOUR, 6 * HOUR), 9, 20, () => random.next());
		if (other && other !== first && other !== overdue.staff) {
			dossier.owner = other;
			assign(dossier, 'reassign', other, time, urgency);
		}
	}
	const hours = firstDelay(simulation, store, dossier.owner, urgency === 'urgent', time, random);
	if (hours === undefined) return lose(dossier, time + random.int(20, 60) * DAY, 0.5, 'no_contact');
	time = within(time + Math.round(hours * HOUR), 9, 20.5, () => random.next() * 0.7);
	const heat = warmth((time - from) / HOUR);
	const talked = reach(dossier, time, heat);
	if (talked === undefined) return giveUp(dossier);
	court(dossier, talked, heat);
}

/** Tries to reach the person; returns when they really talked. */
function reach(dossier: Dossier, first: Instant, heat: number): Instant | undefined {
	const { person, owner, random, result } = dossier;
	// What the caller notes is mostly, not always, what the person means.
	const grade = random.chance(0.82) ? person.grade : random.pick(GRADES);
	let time = first;
	for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
		const connected = random.chance(0.56 * (attempt === 0 ? heat : Math.sqrt(heat)));
		const effective = connected && random.chance(0.8);
		followUp(dossier, owner, time, { connected, effective, ...(effective && { grade }) });
		result.last = time;
		if (effective) return time;
		if (random.chance(0.22)) return undefined;
		time = within(time + random.int(8, 70) * HOUR, 9, 20.5, () => random.next());
	}
	return undefined;
}

/** Invites, keeps in touch, and closes the lead when nothing comes of it. */
function court(dossier: Dossier, talked: Instant, heat: number): void {
	const { person, lead, store, owner, random, result } = dossier;
	const ready = heat * worthOf(dossier.simulation, lead.channel).quality ** 0.45 * Math.sqrt(store.skill);
	if (random.chance(Math.min(0.92, INVITED[person.grade] * ready))) invite(dossier, talked + 120);
	else if (random.chance(0.05 * heat)) come(dossier, at(dayOf(talked) + random.int(1, 20), showroomHour(random)));
	for (let more = random.int(0, 2); more > 0 && result.ordered === undefined; more -= 1) {
		const next = within(result.last + random.int(2, 12) * DAY, 9, 20.5, () => random.next());
		const connected = random.chance(0.6);
		const grade = random.chance(0.75) ? person.grade : 'C';
		followUp(dossier, owner, next, { connected, effective: connected && random.chance(0.7), ...(connected && { grade }) });
		result.last = Math.max(result.last, next);
	}
	if (result.ordered === undefined) lose(dossier, result.last + random.int(12, 55) * DAY, 0.62);
}

/** Nobody was reached: the lead goes back to the store's pool, and perhaps to somebody else. */
function giveUp(dossier: Dossier): void {
	const { store, random, result } = dossier;
	let last = result.last;
	if (random.chance(0.1)) {
		last = within(last + random.int(6, 12) * DAY, 9, 19, () => random.next());
		assign(dossier, 'recall', undefined, last, undefined);
		const other = onDuty(random, store.inviters, dayOf(last));
		if (other && random.chance(0.7)) {
			last += random.int(2, 60) * HOUR;
			assign(dossier, 'reassign', other, last, undefined);
			last = within(last + random.int(1, 20) * HOUR, 9, 20, () => random.next());
			followUp(dossier, other, last, { connected: random.chance(0.4), effective: false });
		}
	}
	lose(dossier, last + random.int(5, 25) * DAY, 0.7, 'no_contact');
}

/** A store's work on a lead: assignment, follow-ups, appointments, and the end of it. */
import type { Capture } from './captures.ts';
import { showroomHour } from './calendar.ts';
import { cleanse, decide } from './cleansing.ts';
import { at, DAY, dayOf, HOUR, type Instant, weekday, within } from './clock.ts';
import { areaOf, type Store } from './org.ts';
import type { Grade, Person } from './people.ts';
import { Random } from './random.ts';
import { leadReference, visitShowroom } from './showroom.ts';
import { chooseStore, type Simulation } from './simulation.ts';
import { onDuty, type Staff } from './staff.ts';

export interface Pursuit {
	/** Last thing that happened to the lead. */
	last: Instant;
	ordered: Instant | undefined;
	lost: Instant | undefined;
	store: Store | undefined;
	visited: boolean;
}

const INVITED: Record<Grade, number> = { H: 0.8, A: 0.66, B: 0.5, C: 0.26 };
const URGENT = new Set(['autohome', 'dongchedi', 'hotline', 'mall']);

/** Interest cools while nobody calls. */
function warmth(hours: number): number {
	if (hours <= 2) return 1.08;
	if (hours <= 12) return 1;
	if (hours <= 24) return 0.86;
	return hours <= 60 ? 0.55 : 0.36;
}

export function pursue(simulation: Simulation, person: Person, lead: Capture, valid: boolean, random: Random): Pursuit {
	const result: Pursuit = { last: lead.at, ordered: undefined, lost: undefined, store: lead.store, visited: false };
	if (lead.store) {
		const decided = within(lead.at + random.int(600, 3 * HOUR), 9, 20, () => random.next());
		if (random.chance(0.97)) decide(simulation, lead, decided, valid, 'person', random);
		result.last = decided;
		if (valid) work(simulation, person, lead, lead.store, undefined, decided, result, random);
		return result;
	}
	const found = cleanse(simulation, lead, valid, random);
	if (found === undefined || found > simulation.now) return result;
	result.last = found;
	const dispatched = found + random.int(90, 1500);
	const store = random.chance(0.985) ? chooseStore(simulation, person, dayOf(dispatched), random) : undefined;
	if (!store) return result;
	result.store = store;
	const urgency = URGENT.has(lead.channel.channel_id) && random.chance(0.4) ? 'urgent' : 'normal';
	assign(simulation, lead, 'dispatch', store, undefined, dispatched, urgency);
	work(simulation, person, lead, store, urgency, dispatched, result, random);
	return result;
}

function assign(
	simulation: Simulation,
	lead: Capture,
	kind: string,
	store: Store,
	staff: Staff | undefined,
	when: Instant,
	urgency: string | undefined
): void {
	if (when > simulation.now - 60) return;
	if (kind === 'assign') simulation.tally.store(store.store_id);
	simulation.extracts.add('crm.assignments', {
		assignment_id: simulation.extracts.id('AS'),
		...leadReference(lead, 'crm'),
		kind,
		store_id: store.store_id,
		staff_id: staff?.staff_id,
		urgency,
		happened_at: when,
		updated_at: when + 5
	});
}

function followUp(
	simulation: Simulation,
	lead: Capture,
	store: Store,
	staff: Staff | undefined,
	when: Instant,
	spoke: { by?: 'person' | 'machine'; connected: boolean; effective: boolean; grade?: Grade },
	random: Random
): void {
	if (when > simulation.now - 600) return;
	const { by = 'person', connected, effective, grade } = spoke;
	const kind = by === 'machine' || random.chance(0.14) ? 'message' : 'call';
	const seconds = kind === 'call' && connected ? Math.round(effective ? 60 + random.exponential(140) : 6 + random.exponential(20)) : 0;
	simulation.extracts.add('crm.followups', {
		followup_id: simulation.extracts.id('F'),
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: staff?.staff_id,
		kind,
		made_by: by,
		started_at: when,
		connected,
		effective,
		seconds,
		intent_level: grade,
		updated_at: when + seconds + random.int(5, 400)
	});
}

/** The store belongs to the story's region, and the slump has begun. */
function slumping({ stories }: Simulation, store: Store, when: Instant): boolean {
	return when >= stories.slump.since && areaOf(store, dayOf(when)).startsWith(`${stories.slump.region_id}-`);
}

/** Hours that the owner lets pass before the first attempt; undefined: never tries. */
function firstDelay(
	simulation: Simulation,
	store: Store,
	owner: Staff,
	urgent: boolean,
	when: Instant,
	random: Random
): number | undefined {
	const { overdue } = simulation.stories;
	const slow = slumping(simulation, store, when);
	const ours = owner === overdue.staff;
	const late = ours ? overdue.share - 0.03 : slow ? 0.4 : urgent ? 0.03 : 0.055 * owner.pace;
	const draw = random.next();
	if (draw < late) return random.between(27, slow ? 100 : 80);
	if (draw < late + (ours ? 0.03 : slow ? 0.06 : 0.02)) return undefined;
	return Math.min(slow ? 15 : 9, random.exponential(urgent ? 0.5 : slow ? 7 : 2.1 * owner.pace));
}

function work(
	simulation: Simulation,
	person: Person,
	lead: Capture,
	store: Store,
	urgency: 'urgent' | 'normal' | undefined,
	from: Instant,
	result: Pursuit,
	random: Random
): void {
	let time = within(from + Math.round(random.exponential(0.5) * HOUR), 9, 20, () => random.next() * 0.6);
	const owned = lead.owner && store.inviters.some((tenure) => tenure.staff === lead.owner) ? lead.owner : undefined;
	let owner = owned ?? onDuty(random, store.inviters, dayOf(time)) ?? onDuty(random, store.advisors, dayOf(time));
	if (!owner || random.chance(0.008)) return;
	assign(simulation, lead, 'assign', store, owner, time, urgency);
	if (random.chance(0.18))
		followUp(simulation, lead, store, undefined, time + 20, { by: 'machine', connected: false, effective: false }, random);
	if (owner !== simulation.stories.overdue.staff && store !== simulation.stories.excellent.store && random.chance(0.035)) {
		const other = onDuty(random, store.inviters, dayOf(time));
		time = within(time + random.int(HOUR, 6 * HOUR), 9, 20, () => random.next());
		if (other && other !== owner && other !== simulation.stories.overdue.staff) {
			owner = other;
			assign(simulation, lead, 'reassign', store, owner, time, urgency);
		}
	}
	const hours = firstDelay(simulation, store, owner, urgency === 'urgent', time, random);
	if (hours === undefined) return lose(simulation, lead, store, owner, time + random.int(20, 60) * DAY, 'no_contact', 0.5, result, random);
	time = within(time + Math.round(hours * HOUR), 9, 20.5, () => random.next() * 0.7);
	const heat = warmth((time - from) / HOUR);
	let talked = false;
	const grade = random.chance(0.82) ? person.grade : random.pick(['H', 'A', 'B', 'C'] as const);
	for (let attempt = 0; attempt < 4 && !talked; attempt += 1) {
		const connected = random.chance(0.56 * (attempt === 0 ? heat : Math.sqrt(heat)));
		talked = connected && random.chance(0.8);
		followUp(simulation, lead, store, owner, time, { connected, effective: talked, ...(talked && { grade }) }, random);
		result.last = time;
		if (!talked) {
			if (random.chance(0.22)) break;
			time = within(time + random.int(8, 70) * HOUR, 9, 20.5, () => random.next());
		}
	}
	if (!talked) return giveUp(simulation, lead, store, owner, time, result, random);
	const ready = heat * lead.channel.quality ** 0.45 * Math.sqrt(store.skill);
	if (random.chance(Math.min(0.92, INVITED[person.grade] * ready)))
		invite(simulation, person, lead, store, owner, time + 120, result, random);
	else if (random.chance(0.05 * heat))
		come(simulation, person, lead, store, owner, at(dayOf(time) + random.int(1, 20), showroomHour(random)), undefined, result, random);
	for (let more = random.int(0, 2); more > 0 && result.ordered === undefined; more -= 1) {
		const next = within(result.last + random.int(2, 12) * DAY, 9, 20.5, () => random.next());
		const connected = random.chance(0.6);
		followUp(
			simulation,
			lead,
			store,
			owner,
			next,
			{ connected, effective: connected && random.chance(0.7), ...(connected && { grade: random.chance(0.75) ? person.grade : 'C' }) },
			random
		);
		result.last = Math.max(result.last, next);
	}
	if (result.ordered === undefined)
		lose(simulation, lead, store, owner, result.last + random.int(12, 55) * DAY, undefined, 0.62, result, random);
}

function invite(
	simulation: Simulation,
	person: Person,
	lead: Capture,
	store: Store,
	owner: Staff,
	made: Instant,
	result: Pursuit,
	random: Random
): void {
	let day = dayOf(made) + random.int(1, 7);
	if (weekday(day) < 5 && random.chance(0.45)) day += 5 - weekday(day);
	const due = at(day, Math.round(showroomHour(random) * 2) / 2);
	const { extracts, now } = simulation;
	if (made > now - 600) return;
	const appointment_id = extracts.id('AP');
	const base = {
		appointment_id,
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: owner.staff_id,
		made_at: made,
		due_at: due
	};
	const draw = random.next();
	const status = draw < 0.62 ? 'arrived' : draw < 0.9 ? 'no_show' : 'cancelled';
	const arrived = due + random.int(-40, 75) * 60;
	const settled =
		status === 'arrived' ? arrived + 300 : status === 'no_show' ? due + 6 * HOUR : Math.round(made + (due - made) * random.next());
	result.last = Math.max(result.last, made);
	extracts.add('crm.appointments', { ...base, status: 'open', arrived_at: undefined, updated_at: made + 30 });
	if (settled > now - 600) return;
	extracts.add('crm.appointments', {
		...base,
		status,
		arrived_at: status === 'arrived' ? arrived : undefined,
		updated_at: Math.max(settled, made + 60)
	});
	if (status === 'arrived') return come(simulation, person, lead, store, owner, arrived, appointment_id, result, random);
	if (!random.chance(0.42)) return;
	const again = within(due + random.int(3, 50) * HOUR, 9, 20, () => random.next());
	followUp(simulation, lead, store, owner, again, { connected: true, effective: true, grade: person.grade }, random);
	if (random.chance(0.6)) invite(simulation, person, lead, store, owner, again + 200, result, random);
}

function come(
	simulation: Simulation,
	person: Person,
	lead: Capture,
	store: Store,
	inviter: Staff,
	when: Instant,
	appointment: string | undefined,
	result: Pursuit,
	random: Random
): void {
	if (when > simulation.now - HOUR) return;
	const outcome = visitShowroom(
		simulation,
		person,
		{
			at: when,
			kind: 'lead',
			store,
			lead,
			inviter,
			appointment,
			readiness: lead.channel.quality ** 0.4 * (slumping(simulation, store, when) ? 0.7 : 1)
		},
		new Random(simulation.seed, 'showroom', person.index, when)
	);
	result.visited ||= outcome.visited;
	result.ordered ??= outcome.ordered;
	result.last = Math.max(result.last, outcome.last);
}

/** Nobody was reached: the lead goes back to the store's pool, and perhaps to somebody else. */
function giveUp(simulation: Simulation, lead: Capture, store: Store, owner: Staff, time: Instant, result: Pursuit, random: Random): void {
	let last = time;
	if (random.chance(0.1)) {
		last = within(time + random.int(6, 12) * DAY, 9, 19, () => random.next());
		assign(simulation, lead, 'recall', store, undefined, last, undefined);
		const other = onDuty(random, store.inviters, dayOf(last));
		if (other && random.chance(0.7)) {
			last += random.int(2, 60) * HOUR;
			assign(simulation, lead, 'reassign', store, other, last, undefined);
			last = within(last + random.int(1, 20) * HOUR, 9, 20, () => random.next());
			followUp(simulation, lead, store, other, last, { connected: random.chance(0.4), effective: false }, random);
		}
	}
	lose(simulation, lead, store, owner, last + random.int(5, 25) * DAY, 'no_contact', 0.7, result, random);
}

function lose(
	simulation: Simulation,
	lead: Capture,
	store: Store,
	staff: Staff,
	when: Instant,
	reason: string | undefined,
	share: number,
	result: Pursuit,
	random: Random
): void {
	if (!random.chance(share)) return;
	const lost_at = within(when, 9, 20, () => random.next());
	if (lost_at > simulation.now - 600) return;
	simulation.extracts.add('crm.losses', {
		loss_id: simulation.extracts.id('X'),
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: staff.staff_id,
		reason:
			reason ??
			random.weighted(
				['price', 'competitor', 'postponed', 'no_stock', 'no_contact'],
				(entry) => ({ price: 28, competitor: 26, postponed: 24, no_stock: 7, no_contact: 15 })[entry] as number
			),
		lost_at,
		updated_at: lost_at + random.int(5, 300)
	});
	result.lost = lost_at;
	result.last = Math.max(result.last, lost_at);
}

/** One lead in the hands of a store, and what its people write down about it. */
import type { Capture } from './captures.ts';
import { type Instant, within } from './clock.ts';
import type { Store } from './org.ts';
import type { Grade, Person } from './people.ts';
import type { Random } from './random.ts';
import { leadReference } from './showroom.ts';
import type { Simulation } from './simulation.ts';
import type { Staff } from './staff.ts';

export interface Pursuit {
	/** Last thing that happened to the lead. */
	last: Instant;
	ordered: Instant | undefined;
	lost: Instant | undefined;
	store: Store | undefined;
}

export interface Dossier {
	simulation: Simulation;
	person: Person;
	lead: Capture;
	store: Store;
	/** Who calls. */
	owner: Staff;
	urgency: 'urgent' | 'normal' | undefined;
	random: Random;
	result: Pursuit;
}

type Work = Pick<Dossier, 'simulation' | 'lead' | 'store'>;

export function assign(
	{ simulation, lead, store }: Work,
	kind: string,
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

export interface Talk {
	connected: boolean;
	effective: boolean;
	grade?: Grade;
}

/** A call or message by the staff given; without staff an automatic reply. */
export function followUp(
	{ simulation, lead, store, random }: Work & Pick<Dossier, 'random'>,
	staff: Staff | undefined,
	when: Instant,
	talk: Talk
): void {
	if (when > simulation.now - 600) return;
	const { connected, effective, grade } = talk;
	const kind = !staff || random.chance(0.14) ? 'message' : 'call';
	const seconds = kind === 'call' && connected ? Math.round(effective ? 60 + random.exponential(140) : 6 + random.exponential(20)) : 0;
	simulation.extracts.add('crm.followups', {
		followup_id: simulation.extracts.id('F'),
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: staff?.staff_id,
		kind,
		made_by: staff ? 'person' : 'machine',
		started_at: when,
		connected,
		effective,
		seconds,
		intent_level: grade,
		updated_at: when + seconds + random.int(5, 400)
	});
}

const REASONS: Record<string, number> = { price: 28, competitor: 26, postponed: 24, no_stock: 7, no_contact: 15 };

/** Closes the lead without order, with the probability given. */
export function lose(
	{ simulation, lead, store, owner, random, result }: Dossier,
	when: Instant,
	probability: number,
	reason?: string
): void {
	if (!random.chance(probability)) return;
	const lost_at = within(when, 9, 20, () => random.next());
	if (lost_at > simulation.now - 600) return;
	simulation.extracts.add('crm.losses', {
		loss_id: simulation.extracts.id('X'),
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: owner.staff_id,
		reason: reason ?? random.weighted(Object.keys(REASONS), (entry) => REASONS[entry] as number),
		lost_at,
		updated_at: lost_at + random.int(5, 300)
	});
	result.lost = lost_at;
	result.last = Math.max(result.last, lost_at);
}

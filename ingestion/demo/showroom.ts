/** What happens in the showroom: visit, handover, test drive, quotation, and perhaps an order. */
import type { Capture } from './captures.ts';
import { products } from './catalogue.ts';
import { at, DAY, dayOf, HOUR, type Instant } from './clock.ts';
import { showroomHour } from './calendar.ts';
import { placeOrder } from './orders.ts';
import type { Store } from './org.ts';
import type { Grade, Person } from './people.ts';
import { typedPhone } from './people.ts';
import type { Random } from './random.ts';
import type { Simulation } from './simulation.ts';
import { onDuty, type Staff } from './staff.ts';

export interface Arrival {
	at: Instant;
	kind: 'lead' | 'walk_in' | 'referral';
	store: Store;
	lead?: Capture | undefined;
	inviter?: Staff | undefined;
	appointment?: string | undefined;
	/** Factor on the probability of an order. */
	readiness: number;
}

export interface Outcome {
	/** Last thing that happened. */
	last: Instant;
	ordered: Instant | undefined;
	visited: boolean;
}

const ORDER_CHANCE: Record<Grade, number> = { H: 0.34, A: 0.21, B: 0.12, C: 0.06 };

/** The reference to the lead as a system other than the lead's own writes it. */
export function leadReference(lead: Capture | undefined, from: string) {
	return { lead_source: lead && lead.source !== from ? lead.source : undefined, lead_record_id: lead?.record };
}

export function visitShowroom(simulation: Simulation, person: Person, arrival: Arrival, random: Random): Outcome {
	const { extracts, truth, now } = simulation;
	const { store, lead } = arrival;
	const outcome: Outcome = { last: arrival.at, ordered: undefined, visited: false };
	let advisor: Staff | undefined;
	let time = arrival.at;
	let visit = '';
	const wins = random.chance(Math.min(0.85, ORDER_CHANCE[person.grade] * store.skill * arrival.readiness));
	const visits = 1 + (random.chance(wins ? 0.55 : 0.27) ? 1 : 0) + (random.chance(0.07) ? 1 : 0);
	for (let nth = 0; nth < visits && time <= now - HOUR; nth += 1) {
		visit = extracts.id('V');
		const present =
			advisor && store.advisors.some((tenure) => tenure.staff === advisor && tenure.from <= dayOf(time) && dayOf(time) <= tenure.to);
		const received = present ? advisor : onDuty(random, store.advisors, dayOf(time));
		extracts.add('crm.visits', {
			visit_id: visit,
			...leadReference(lead, 'crm'),
			appointment_id: nth === 0 ? arrival.appointment : undefined,
			kind: arrival.kind,
			name: person.typed ?? person.name.zh,
			phone: random.chance(0.9) ? typedPhone(person.phone, random) : undefined,
			store_id: store.store_id,
			advisor_id: received?.staff_id,
			series_id: random.chance(0.92) ? person.series : undefined,
			arrived_at: time,
			updated_at: time + random.int(60, 5400)
		});
		truth.record('crm', 'visits', visit, person.person_id);
		if (lead && received && received !== advisor) {
			extracts.add('crm.assignments', {
				assignment_id: extracts.id('AS'),
				...leadReference(lead, 'crm'),
				kind: 'handover',
				store_id: store.store_id,
				staff_id: received.staff_id,
				urgency: undefined,
				happened_at: time + 300,
				updated_at: time + 400
			});
		}
		advisor = received;
		const shared = { ...leadReference(lead, 'crm'), visit_id: visit, store_id: store.store_id, advisor_id: advisor?.staff_id };
		if (random.chance(nth === 0 ? (wins ? 0.72 : 0.5) : 0.3)) {
			const started = time + random.int(900, 3600);
			extracts.add('crm.test_drives', {
				test_drive_id: extracts.id('TD'),
				...shared,
				product_id: person.product,
				started_at: started,
				updated_at: started + 1800
			});
		}
		if (wins || random.chance(0.42)) {
			const list = products.find((product) => product.product_id === person.product);
			const quoted = time + random.int(3600, 7200);
			extracts.add('crm.quotations', {
				quotation_id: extracts.id('Q'),
				...shared,
				product_id: person.product,
				amount: Math.round(((list?.list_price ?? 0) * random.between(0.94, 1)) / 100) * 100,
				quoted_at: quoted,
				updated_at: quoted + 120
			});
		}
		outcome.visited = true;
		outcome.last = time;
		time = at(dayOf(time) + random.int(2, 14), showroomHour(random));
	}
	if (wins && outcome.visited) {
		const decided = outcome.last + 2 * HOUR + (random.chance(0.35) ? 0 : Math.round(random.exponential(13) * DAY));
		outcome.ordered = placeOrder(
			simulation,
			person,
			{ at: decided, visit, lead, store, inviter: arrival.inviter, advisor, kind: arrival.kind },
			random
		);
		if (outcome.ordered) outcome.last = outcome.ordered;
	}
	return outcome;
}

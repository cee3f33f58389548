/** Orders in the dealers' system, whose states arrive one after the other as versions of the record. */
import type { Capture } from './captures.ts';
import { products } from './catalogue.ts';
import { DAY, HOUR, type Instant } from './clock.ts';
import type { Row } from './extracts.ts';
import type { Store } from './org.ts';
import { type Person, typedPhone } from './people.ts';
import type { Random } from './random.ts';
import type { Simulation } from './simulation.ts';
import type { Staff } from './staff.ts';
import { leadReference } from './showroom.ts';
import { vin } from './vin.ts';

interface Purchase {
	at: Instant;
	visit: string;
	lead: Capture | undefined;
	store: Store;
	inviter: Staff | undefined;
	advisor: Staff | undefined;
	kind: 'lead' | 'walk_in' | 'referral';
}

const STATES = ['deposit_at', 'firm_deposit_at', 'locked_at', 'cancelled_at', 'invoiced_at', 'delivered_at', 'registered_at'] as const;
type Times = Partial<Record<(typeof STATES)[number], Instant>>;

/** Writes the order and its versions; returns when it was locked, or undefined when it never was. */
export function placeOrder(simulation: Simulation, person: Person, purchase: Purchase, random: Random): Instant | undefined {
	const { extracts, truth, tally, now } = simulation;
	const times = drawTimes(purchase.at, random);
	const known = STATES.filter((state) => times[state] !== undefined && (times[state] as Instant) <= now - HOUR).sort(
		(a, b) => (times[a] as Instant) - (times[b] as Instant)
	);
	if (known.length === 0) return undefined;
	const order_id = extracts.id('O');
	const product = products.find((entry) => entry.product_id === person.product) as (typeof products)[number];
	const price = Math.round((product.list_price * random.between(0.93, 1)) / 100) * 100;
	const base = {
		order_id,
		...leadReference(purchase.lead, 'dms'),
		visit_id: purchase.visit,
		name: person.name.zh,
		phone: typedPhone(person.phone2 && random.chance(0.25) ? person.phone2 : person.phone, random),
		channel_id: purchase.lead ? undefined : purchase.kind === 'referral' ? 'referral' : 'walk_in',
		store_id: purchase.store.store_id,
		inviter_id: purchase.inviter?.staff_id,
		advisor_id: purchase.advisor?.staff_id,
		series_id: person.series,
		product_id: person.product,
		amount: price,
		cost: Math.round(product.list_price * random.between(0.79, 0.86) * 100) / 100
	};
	const chassis = vin(simulation.seed, order_id, product.model_year);
	const delay = random.int(30, 3000);
	// The dealers' system sends the record again at deposit, at locking, and when it last changed.
	const sent = known.filter((state, index) => index === known.length - 1 || state === 'deposit_at' || state === 'locked_at');
	for (const state of sent) {
		const moment = times[state] as Instant;
		const row: Row = { ...base, updated_at: moment + delay };
		for (const earlier of known) if ((times[earlier] as Instant) <= moment) row[earlier] = times[earlier];
		if (row.invoiced_at !== undefined) row.vin = chassis;
		if (row.cancelled_at !== undefined)
			row.cancel_reason = random.pick(['price', 'finance', 'competitor', 'delivery_time', 'changed_mind']);
		extracts.add('dms.orders', row);
	}
	truth.record('dms', 'orders', order_id, person.person_id);
	truth.order({
		order_id: `dms:${order_id}`,
		person_id: person.person_id,
		touch_id: purchase.lead?.touch,
		channel_id: purchase.lead?.channel.channel_id ?? base.channel_id ?? 'walk_in',
		campaign_id: purchase.lead?.campaign?.campaign_id
	});
	if (known.includes('locked_at') && !known.includes('cancelled_at')) {
		tally.orders += 1;
		if (known.includes('delivered_at')) tally.deliveries += 1;
	}
	return known.includes('locked_at') ? times.locked_at : undefined;
}

function drawTimes(start: Instant, random: Random): Times {
	const times: Times = {};
	let time = start;
	const wait = (mean: number, least = 0): Instant => (time += Math.round((least + random.exponential(mean)) * DAY));
	if (random.chance(0.6)) {
		times.deposit_at = time;
		if (random.chance(0.12)) {
			times.cancelled_at = wait(4, 1);
			return times;
		}
		wait(3);
	}
	if (random.chance(0.7)) {
		times.firm_deposit_at = time;
		wait(0.8);
	}
	times.locked_at = time;
	if (random.chance(0.08)) {
		times.cancelled_at = wait(9, 0.5);
		return times;
	}
	times.invoiced_at = wait(11, 9);
	times.delivered_at = wait(random.chance(0.12) ? 18 : 4, 0.2);
	times.registered_at = wait(1.5, 0.1);
	return times;
}

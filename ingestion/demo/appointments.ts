/** Invitations to the store, and whether the person comes. */
import { showroomHour } from './calendar.ts';
import { at, dayOf, HOUR, type Instant, weekday, within } from './clock.ts';
import { type Dossier, followUp } from './dossier.ts';
import { isSlumping } from './pace.ts';
import { worthOf } from './simulation.ts';
import { Random } from './random.ts';
import { leadReference, visitShowroom } from './showroom.ts';

/** What a slump costs on top of slow answers: people who were kept waiting buy less readily. */
const SLUMP_READINESS = 0.7;

export function invite(dossier: Dossier, made: Instant): void {
	const { simulation, person, lead, store, owner, random, result } = dossier;
	const { extracts, now } = simulation;
	if (made > now - 600) return;
	let day = dayOf(made) + random.int(1, 7);
	if (weekday(day) < 5 && random.chance(0.45)) day += 5 - weekday(day);
	const due = at(day, Math.round(showroomHour(random) * 2) / 2);
	const appointment_id = extracts.id('AP');
	const base = {
		appointment_id,
		...leadReference(lead, 'crm'),
		store_id: store.store_id,
		staff_id: owner.staff_id,
		made_at: made,
		due_at: due
	};
	const status = random.weighted(
		['arrived', 'no_show', 'cancelled'],
		(entry) => ({ arrived: 62, no_show: 28, cancelled: 10 })[entry] as number
	);
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
	if (status === 'arrived') return come(dossier, arrived, appointment_id);
	if (!random.chance(0.42)) return;
	const again = within(due + random.int(3, 50) * HOUR, 9, 20, () => random.next());
	followUp(dossier, owner, again, { connected: true, effective: true, grade: person.grade });
	if (random.chance(0.6)) invite(dossier, again + 200);
}

export function come({ simulation, person, lead, store, owner, result }: Dossier, when: Instant, appointment?: string): void {
	if (when > simulation.now - HOUR) return;
	const readiness = worthOf(simulation, lead.channel).quality ** 0.4 * (isSlumping(simulation, store, when) ? SLUMP_READINESS : 1);
	const random = new Random(simulation.seed, 'showroom', person.index, when);
	const outcome = visitShowroom(
		simulation,
		person,
		{ at: when, kind: 'lead', store, lead, inviter: owner, appointment, readiness },
		random
	);
	result.ordered ??= outcome.ordered;
	result.last = Math.max(result.last, outcome.last);
}

/** Headquarters' work on a lead: calls by machine and by agents, and the decision whether it is valid. */
import type { Capture } from './captures.ts';
import { HOUR, type Instant, within } from './clock.ts';
import type { Random } from './random.ts';
import { leadReference } from './showroom.ts';
import type { Simulation } from './simulation.ts';

const AGENTS = Array.from({ length: 12 }, (_, index) => `agent-${String(index + 1).padStart(2, '0')}`);
const INVALID_REASONS = ['empty_number', 'not_interested', 'fake', 'wrong_person', 'out_of_area', 'already_bought'] as const;

interface Call {
	at: Instant;
	/** The person called: that is how the lead came. */
	inbound?: boolean;
	by: 'person' | 'machine';
	connected: boolean;
	effective: boolean;
}

export function call(simulation: Simulation, lead: Capture, { at, by, connected, effective, inbound }: Call, random: Random): void {
	const { extracts, now } = simulation;
	if (at > now - 600) return;
	const seconds = connected ? Math.round(effective ? 45 + random.exponential(110) : 5 + random.exponential(20)) : 0;
	extracts.add('callcenter.calls', {
		call_id: extracts.id('C'),
		...leadReference(lead, 'callcenter'),
		phone: lead.phone,
		direction: inbound ? 'inbound' : 'outbound',
		made_by: by,
		agent_id: by === 'person' ? random.pick(AGENTS) : undefined,
		started_at: at,
		connected,
		effective,
		seconds,
		updated_at: at + seconds + random.int(1, 60)
	});
}

export function decide(
	simulation: Simulation,
	lead: Capture,
	at: Instant,
	valid: boolean,
	by: 'rule' | 'machine' | 'person',
	random: Random,
	reason?: string
): void {
	const { extracts, now } = simulation;
	if (at > now - 60) return;
	extracts.add('crm.qualifications', {
		qualification_id: extracts.id('QF'),
		...leadReference(lead, 'crm'),
		decided_at: at,
		result: valid ? 'valid' : 'invalid',
		reason: valid
			? undefined
			: (reason ?? random.weighted(INVALID_REASONS, (entry) => (entry === 'empty_number' ? 34 : entry === 'not_interested' ? 30 : 12))),
		decided_by: by,
		updated_at: at + random.int(1, 40)
	});
}

/** Calls and decides; returns when the lead was found valid, or undefined when it was not (yet). */
export function cleanse(simulation: Simulation, lead: Capture, valid: boolean, random: Random): Instant | undefined {
	if (lead.channel.channel_id === 'hotline')
		call(simulation, lead, { at: lead.at - 200, by: 'person', connected: true, effective: true, inbound: true }, random);
	if (random.chance(0.012)) return undefined;
	if (!valid && random.chance(0.28)) {
		decide(simulation, lead, lead.at + random.int(40, 300), false, 'rule', random, random.chance(0.6) ? 'empty_number' : 'fake');
		return undefined;
	}
	let time = within(lead.at + random.int(180, 2400), 9, 20.5, () => random.next());
	const machine = random.chance(0.72);
	let by: 'machine' | 'person' = 'person';
	if (machine) {
		const connected = random.chance(valid ? 0.55 : 0.3);
		const effective = connected && random.chance(0.62);
		call(simulation, lead, { at: time, by: 'machine', connected, effective }, random);
		if (effective) by = 'machine';
		else time = within(time + random.int(900, 3 * HOUR), 9, 20.5, () => random.next());
	}
	if (by === 'person') {
		const connected = random.chance(valid ? 0.72 : 0.35);
		call(simulation, lead, { at: time, by, connected, effective: connected && random.chance(0.7) }, random);
		if (!connected && random.chance(0.5)) {
			time = within(time + random.int(2 * HOUR, 26 * HOUR), 9, 20.5, () => random.next());
			call(simulation, lead, { at: time, by, connected: valid, effective: valid }, random);
		}
	}
	const decided = time + random.int(60, 500);
	if (valid && random.chance(0.015)) {
		// Refused first, found valid on a second look: the first valid decision counts.
		decide(simulation, lead, decided, false, by, random);
		const again = within(decided + random.int(5 * HOUR, 40 * HOUR), 9, 19, () => random.next());
		decide(simulation, lead, again, true, 'person', random);
		return again;
	}
	decide(simulation, lead, decided, valid, by, random);
	return valid ? decided : undefined;
}

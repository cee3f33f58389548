/** What a page says about single members, and nothing that chance could have made: who lies apart from their peers, and whose change is not everybody's. */
import { findExceptions, type Compared, type Exception, type Level, type Subject } from '../cockpit/exceptions.ts';
import type { Why } from '../parameters.ts';
import { decompose, type Segment } from './contribution.ts';
import { deviations, deviationsOfChange, threshold } from './evidence.ts';

/** Probability that chance alone puts any claim of a kind into a sentence. */
const ERROR = 0.01;
/** People come more than once and together, so counts of visits spread wider than single events would. */
const CLUSTERING = 1.5;
const LEAST_BASE = 40;
/** Smaller effects are nobody's business: cars, and a share of what came before. */
const LEAST_EFFECT = 2;
const LEAST_SHARE = 0.02;
const SAID = 2;

export type Claim = PeerClaim | ChangeClaim;

export interface PeerClaim {
	kind: 'below' | 'above';
	exception: Exception;
	/** Estimated orders lost or won. */
	effect: number;
}

export interface Outcome {
	base: 'visits' | 'leads';
	result: 'orders' | 'valid';
}

export interface ChangeClaim {
	/** What became of the same visits, or how many there were. */
	kind: 'rate' | 'volume';
	/** What a rate is made of: orders of visits, valid leads of leads … */
	of: Outcome;
	level: Why;
	id: string;
	zh: string;
	en: string;
	/** The rate, or how many there were to begin with. */
	before: number;
	now: number;
	/** Orders (or valid leads) more or fewer. */
	effect: number;
	z: number;
}

/** Members by dimension, with what the change is made of. A dimension that is not known is left out. */
export type Segments = Partial<Record<Why, Segment[]>>;

export function changeClaims(segments: Segments, of: Outcome = { base: 'visits', result: 'orders' }): ChangeClaim[] {
	const found: ChangeClaim[] = [];
	let comparisons = 0;
	for (const [level, members] of Object.entries(segments) as [Why, Segment[]][]) {
		const whole = decompose(members);
		const sum = (of: 'base' | 'result', side: 0 | 1) => members.reduce((total, member) => total + member[of][side], 0);
		const [base, result] = [[sum('base', 0), sum('base', 1)] as const, [sum('result', 0), sum('result', 1)] as const];
		for (const { segment, rate, volume, mix } of whole.segments) {
			const [before, now] = segment.base;
			if (segment.id === '' || Math.max(before, now) < LEAST_BASE) continue;
			comparisons += 2;
			const share = (side: 0 | 1) => [segment.result[side], segment.base[side]] as const;
			const others = (side: 0 | 1) => [result[side] - segment.result[side], base[side] - segment.base[side]] as const;
			const { id, zh, en } = segment;
			const claim = (kind: ChangeClaim['kind'], z: number, effect: number, values: [number, number]) => {
				if (Math.abs(effect) < Math.max(LEAST_EFFECT, LEAST_SHARE * whole.before)) return;
				found.push({ kind, of, level, id, zh, en, before: values[0], now: values[1], effect, z: Math.abs(z) });
			};
			if (before >= LEAST_BASE && now >= LEAST_BASE)
				claim('rate', deviationsOfChange([share(0), share(1)], [others(0), others(1)]), rate, [
					segment.result[0] / before,
					segment.result[1] / now
				]);
			claim('volume', deviations([now, base[1]], [before, base[0]]) / CLUSTERING, volume + mix, [before, now]);
		}
	}
	const least = threshold(comparisons, ERROR);
	return found.filter(({ z }) => z >= least);
}

/** `levels`: kinds of members that the page answers for. */
export function peerClaims(subjects: readonly Subject[], levels?: readonly Level[]): PeerClaim[] {
	return (['below', 'above'] as const).flatMap((kind) => claimsOf(kind, subjects, levels));
}

/** Of those below alone, where they are compared already. */
export function belowClaims(subjects: readonly Subject[], compared: Compared): PeerClaim[] {
	return claimsOf('below', subjects, undefined, compared);
}

function claimsOf(kind: PeerClaim['kind'], subjects: readonly Subject[], levels?: readonly Level[], compared?: Compared): PeerClaim[] {
	const found = findExceptions(subjects, kind, { error: ERROR, compared, ...(levels ? { levels } : {}) });
	return found.map((exception) => ({ kind, exception, effect: exception.weight }));
}

/** The few that a sentence can carry: greatest effect first, a member once, and no part of what was said. */
export function chooseClaims(claims: readonly Claim[], within: ReadonlyMap<string, readonly string[]>, most = SAID): Claim[] {
	const said: Claim[] = [];
	for (const claim of claims.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))) {
		const member = memberOf(claim);
		const related = (other: string) => other === member || within.get(member)?.includes(other) || within.get(other)?.includes(member);
		if (said.length < most && !said.some((other) => related(memberOf(other)))) said.push(claim);
	}
	return said;
}

export function memberOf(claim: Claim): string {
	return 'exception' in claim ? `${claim.exception.level} ${claim.exception.id}` : `${claim.level} ${claim.id}`;
}

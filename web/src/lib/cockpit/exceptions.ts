import { deviations, threshold } from '../answer/evidence.ts';

/** "Where to look": members whose rates lie clearly below those of their peers, by estimated effect; and those clearly above. */

export interface Counts {
	leads: number;
	valid: number;
	/** Leads of people of whom it can be said whether they had an earlier lead or order; and of those who had. */
	recognisable: number;
	known: number;
	slaDue: number;
	slaKept: number;
	visits: number;
	orders: number;
}

export const LEVELS = ['region', 'store', 'inviter', 'channel', 'campaign'] as const;
export type Level = (typeof LEVELS)[number];

/** A member that can be compared with the others of its level. */
export interface Subject {
	level: Level;
	id: string;
	zh: string;
	en: string;
	/** `<level> <id>` of what it belongs to: the region of a store, the region and store of an inviter. */
	within: string[];
	now: Counts;
	before: Counts | null;
}

export const METRICS = ['sla_rate', 'valid_rate', 'new_rate', 'visit_rate', 'order_rate'] as const;
export type ExceptionMetric = (typeof METRICS)[number];

export interface Exception {
	level: Level;
	id: string;
	zh: string;
	en: string;
	metric: ExceptionMetric;
	value: number;
	peers: number;
	before: number | null;
	n: number;
	/** Units lost (or won) against the others' rate: overdue leads for the SLA, leads of known customers, else estimated orders. */
	lost: number;
	/** Estimated orders, by which the list is ranked. */
	weight: number;
	/** Standard deviations from the others. */
	z: number;
	/** It lay apart in the span before as well. */
	lasting: boolean;
}

const PARTS: Record<ExceptionMetric, (counts: Counts) => [hits: number, trials: number]> = {
	sla_rate: ({ slaKept, slaDue }) => [slaKept, slaDue],
	valid_rate: ({ valid, leads }) => [valid, leads],
	new_rate: ({ known, recognisable }) => [recognisable - known, recognisable],
	visit_rate: ({ visits, valid }) => [visits, valid],
	order_rate: ({ orders, valid }) => [orders, valid]
};

/** What each kind of member answers for. */
const ANSWERS_FOR: Record<Level, ExceptionMetric[]> = {
	region: ['sla_rate', 'valid_rate', 'visit_rate', 'order_rate'],
	store: ['sla_rate', 'visit_rate', 'order_rate'],
	inviter: ['sla_rate'],
	channel: ['valid_rate'],
	campaign: ['new_rate']
};

const LEAST_TRIALS: Record<Level, number> = { region: 40, store: 40, inviter: 25, channel: 40, campaign: 40 };
/** A lead of a known customer is paid for twice rather than lost. */
const WEIGHT: Record<ExceptionMetric, number> = { sla_rate: 1, valid_rate: 1, new_rate: 0.5, visit_rate: 1, order_rate: 1 };
const LEAST_GAP = 0.02;
/** Probability that chance alone puts anything on the list: many members are compared at once, so the bar rises with their number. */
const LIST_ERROR = 0.05;
/** Standard deviations that make the span before a part of it: one member is asked about, not all. */
const LASTING = 2;
/** Standard deviations past which a member is no measure for the others. */
const OUTLYING = 4;
/** Share of what sets a member apart. */
const MOSTLY = 0.5;
const LISTED = { below: 7, above: 2 } as const;
/** So that one kind of member does not fill the list. */
const LISTED_OF_LEVEL = 3;

export interface Compared {
	/** How many pairs of a member and a rate were compared. */
	comparisons: number;
	/** Those that differ by more than a trifle, to the asked side, however surely. */
	apart: Exception[];
}

export function compareWithPeers(
	subjects: readonly Subject[],
	side: keyof typeof LISTED = 'below',
	levels: readonly Level[] = LEVELS
): Compared {
	const wanted = side === 'below' ? levels : levels.filter((level) => level === 'region' || level === 'store');
	const all = wanted.flatMap((level) => {
		const peers = subjects.filter((subject) => subject.level === level);
		return ANSWERS_FOR[level].map((metric) => apartFromPeers(peers, level, metric, side === 'below' ? 1 : -1));
	});
	return { comparisons: all.reduce((sum, one) => sum + one.comparisons, 0), apart: all.flatMap((one) => one.apart) };
}

/** `error`: probability that chance alone lists anything. `compared`: the same subjects to the same side, where that is known already. */
export function findExceptions(
	subjects: readonly Subject[],
	side: keyof typeof LISTED = 'below',
	{ error = LIST_ERROR, levels = LEVELS, compared }: { error?: number; levels?: readonly Level[]; compared?: Compared | undefined } = {}
): Exception[] {
	const { comparisons, apart } = compared ?? compareWithPeers(subjects, side, levels);
	const least = threshold(comparisons, error);
	const all = apart.filter(({ z }) => z >= least);
	const known = new Map(subjects.map((subject) => [`${subject.level} ${subject.id}`, subject]));
	const parts = partsOf(all, known);
	const found = all.filter((one) => !isOneParts(one, parts, known));
	const named = new Set(found.map(({ level, id, metric }) => `${level} ${id} ${metric}`));
	const seen = new Set<string>();
	const listed = new Map<Level, number>();
	return found
		.sort((a, b) => b.weight - a.weight)
		.filter(({ level, id, metric }) => {
			const key = `${level} ${id}`;
			// Part of something that is already named for the same reason, or a second metric of the same member: nothing new.
			if (known.get(key)?.within.some((whole) => named.has(`${whole} ${metric}`)) || seen.has(key)) return false;
			const already = listed.get(level) ?? 0;
			if (already >= LISTED_OF_LEVEL) return false;
			seen.add(key);
			listed.set(level, already + 1);
			return true;
		})
		.slice(0, LISTED[side]);
}

/** Members that stand out, by the rate and by each member that they belong to. */
function partsOf(all: readonly Exception[], known: ReadonlyMap<string, Subject>): Map<string, Subject[]> {
	const parts = new Map<string, Subject[]>();
	for (const { level, id, metric } of all) {
		const part = known.get(`${level} ${id}`);
		for (const whole of part?.within ?? []) {
			const key = `${metric} ${whole}`;
			const others = parts.get(key);
			if (others) others.push(part as Subject);
			else parts.set(key, [part as Subject]);
		}
	}
	return parts;
}

/** A region or a store that stands out because of one store or inviter in it, without whom less than half of it is left: that one is named instead. */
function isOneParts(whole: Exception, partsIn: ReadonlyMap<string, Subject[]>, known: ReadonlyMap<string, Subject>): boolean {
	const key = `${whole.level} ${whole.id}`;
	const own = known.get(key);
	if (!own) return false;
	const parts = PARTS[whole.metric];
	const [hits, trials] = parts(own.now);
	const gap = (share: Share) => whole.peers * share[1] - share[0];
	return (partsIn.get(`${whole.metric} ${key}`) ?? []).some((part) => {
		const [partHits, partTrials] = parts(part.now);
		return gap([hits - partHits, trials - partTrials]) / gap([hits, trials]) < MOSTLY;
	});
}

/** `sign` 1 finds members below the others, −1 members above. */
function apartFromPeers(peers: readonly Subject[], level: Level, metric: ExceptionMetric, sign: 1 | -1): Compared {
	if (peers.length < 2) return { comparisons: 0, apart: [] };
	const parts = PARTS[metric];
	// Thousands of members: each share is worked out once, and sums make no objects on their way.
	const now = peers.map((peer) => parts(peer.now));
	const before = peers.map((peer): Share => (peer.before ? parts(peer.before) : NOTHING));
	const outlying = outliers(now);
	const [all, allBefore, usual] = [pooled(now), pooled(before), pooled(now.filter((_, place) => !outlying.has(place)))];
	const orders = peers.reduce((sum, peer) => sum + peer.now.orders, 0);
	// What one more success of this step is worth in orders, on average.
	const worth = metric === 'order_rate' ? 1 : all[0] === 0 ? 0 : orders / all[0];
	const least = LEAST_TRIALS[level];
	let comparisons = 0;
	const apart: Exception[] = [];
	for (const [place, subject] of peers.entries()) {
		const own = now[place] ?? NOTHING;
		const [hits, trials] = own;
		if (trials < least || all[1] - trials < least) continue;
		comparisons += 1;
		const others = outlying.has(place) ? usual : without(usual, own);
		if (others[1] < least) continue;
		const [value, theirs] = [hits / trials, others[0] / others[1]];
		const gap = (theirs - value) * sign;
		if (gap < LEAST_GAP) continue;
		const missing = gap * trials;
		const ownBefore = before[place] ?? NOTHING;
		const [hitsBefore, trialsBefore] = ownBefore;
		const { id, zh, en } = subject;
		apart.push({
			level,
			id,
			zh,
			en,
			metric,
			value,
			peers: theirs,
			before: trialsBefore >= least ? hitsBefore / trialsBefore : null,
			n: trials,
			lost: metric === 'sla_rate' || metric === 'new_rate' ? missing : missing * worth,
			weight: missing * worth * WEIGHT[metric],
			z: deviations(others, own) * sign,
			lasting: trialsBefore >= least && deviations(without(allBefore, ownBefore), ownBefore) * sign >= LASTING
		});
	}
	return { comparisons, apart };
}

type Share = readonly [hits: number, trials: number];

const NOTHING: Share = [0, 0];
const without = (all: Share, own: Share): Share => [all[0] - own[0], all[1] - own[1]];

function pooled(shares: readonly Share[]): Share {
	let [hits, trials] = NOTHING;
	for (const share of shares) {
		hits += share[0];
		trials += share[1];
	}
	return [hits, trials];
}

/** Places of members far from the rest: one bad region must not make all the others look good. Never half of what there is. */
function outliers(shares: readonly Share[]): Set<number> {
	const all = pooled(shares);
	const far = new Set<number>();
	for (const [place, share] of shares.entries()) if (Math.abs(deviations(share, without(all, share))) >= OUTLYING) far.add(place);
	return pooled(shares.filter((_, place) => far.has(place)))[1] * 2 < all[1] ? far : new Set();
}

export const NO_COUNTS: Counts = { leads: 0, valid: 0, recognisable: 0, known: 0, slaDue: 0, slaKept: 0, visits: 0, orders: 0 };

/** Adds to `sum`, which is done thousands of times a page. */
export function addCounts(sum: Counts, more: Counts): void {
	sum.leads += more.leads;
	sum.valid += more.valid;
	sum.recognisable += more.recognisable;
	sum.known += more.known;
	sum.slaDue += more.slaDue;
	sum.slaKept += more.slaKept;
	sum.visits += more.visits;
	sum.orders += more.orders;
}

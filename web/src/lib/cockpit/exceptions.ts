/** "Where to look": regions and stores whose rates lie clearly below those of the others, by estimated effect; and those clearly above. */

export interface Counts {
	leads: number;
	valid: number;
	slaDue: number;
	slaKept: number;
	visits: number;
	orders: number;
}

export interface Place {
	level: 'region' | 'store';
	id: string;
	zh: string;
	en: string;
	/** Region of a store. */
	parent: string | null;
	now: Counts;
	before: Counts | null;
}

export const EXCEPTION_METRICS = ['sla_rate', 'valid_rate', 'visit_rate', 'order_rate'] as const;
export type ExceptionMetric = (typeof EXCEPTION_METRICS)[number];

export interface Exception {
	level: Place['level'];
	id: string;
	zh: string;
	en: string;
	metric: ExceptionMetric;
	value: number;
	peers: number;
	before: number | null;
	n: number;
	/** Units lost (or won) against the others' rate: overdue leads for the SLA, else estimated orders. */
	lost: number;
	/** Estimated orders, by which the list is ranked. */
	weight: number;
}

const PARTS: Record<ExceptionMetric, (counts: Counts) => [hits: number, trials: number]> = {
	sla_rate: ({ slaKept, slaDue }) => [slaKept, slaDue],
	valid_rate: ({ valid, leads }) => [valid, leads],
	visit_rate: ({ visits, valid }) => [visits, valid],
	order_rate: ({ orders, visits }) => [orders, visits]
};

const LEAST_TRIALS = 40;
const LEAST_GAP = 0.02;
/** Many places are compared at once, so the bar is higher than the usual two deviations; higher still for the many stores. */
const DEVIATIONS = { region: 3, store: 3.4 } as const;
const LISTED = { below: 6, above: 2 } as const;

export function findExceptions(places: readonly Place[], side: keyof typeof LISTED = 'below'): Exception[] {
	const found = (['region', 'store'] as const).flatMap((level) => {
		const peers = places.filter((place) => place.level === level);
		return EXCEPTION_METRICS.flatMap((metric) => apartFromPeers(peers, metric, DEVIATIONS[level], side === 'below' ? 1 : -1));
	});
	const regions = new Set(found.filter(({ level }) => level === 'region').map(({ id, metric }) => `${id} ${metric}`));
	const parents = new Map(places.filter(({ level }) => level === 'store').map(({ id, parent }) => [id, parent]));
	const seen = new Set<string>();
	return found
		.sort((a, b) => b.weight - a.weight)
		.filter(({ level, id, metric }) => {
			// A store of a region that is already named for the same reason says nothing new; nor does a place's second metric.
			if (level === 'store' && regions.has(`${parents.get(id)} ${metric}`)) return false;
			const key = `${level} ${id}`;
			return seen.has(key) ? false : Boolean(seen.add(key));
		})
		.slice(0, LISTED[side]);
}

/** `sign` 1 finds places below the others, −1 places above. */
function apartFromPeers(peers: readonly Place[], metric: ExceptionMetric, deviations: number, sign: 1 | -1): Exception[] {
	if (peers.length < 2) return [];
	const parts = PARTS[metric];
	const sum = (pick: (counts: Counts) => number) => peers.reduce((total, place) => total + pick(place.now), 0);
	const [allHits, allTrials] = [sum((counts) => parts(counts)[0]), sum((counts) => parts(counts)[1])];
	const orders = sum((counts) => counts.orders);
	// What one more success of this step is worth in orders, on average.
	const worth = metric === 'order_rate' ? 1 : allHits === 0 ? 0 : orders / allHits;
	return peers.flatMap((place) => {
		const [hits, trials] = parts(place.now);
		const [otherHits, otherTrials] = [allHits - hits, allTrials - trials];
		if (trials < LEAST_TRIALS || otherTrials < LEAST_TRIALS) return [];
		const [value, others] = [hits / trials, otherHits / otherTrials];
		const pooled = allHits / allTrials;
		const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / trials + 1 / otherTrials));
		const gap = (others - value) * sign;
		if (gap < LEAST_GAP || deviation === 0 || gap / deviation < deviations) return [];
		const missing = gap * trials;
		const [hitsBefore, trialsBefore] = place.before ? parts(place.before) : [0, 0];
		return [
			{
				level: place.level,
				id: place.id,
				zh: place.zh,
				en: place.en,
				metric,
				value,
				peers: others,
				before: trialsBefore >= LEAST_TRIALS ? hitsBefore / trialsBefore : null,
				n: trials,
				lost: metric === 'sla_rate' ? missing : missing * worth,
				weight: missing * worth
			}
		];
	});
}

const ADDED: (keyof Counts)[] = ['leads', 'valid', 'slaDue', 'slaKept', 'visits', 'orders'];

/** Counts of several places together. */
export function addCounts(all: readonly Counts[]): Counts {
	return Object.fromEntries(ADDED.map((key) => [key, all.reduce((sum, counts) => sum + counts[key], 0)])) as unknown as Counts;
}

/** Fair comparison of rates from samples of different size (domain §5): a small sample is drawn towards its peers. */

export interface Sample {
	hits: number;
	trials: number;
}

export interface Estimate {
	/** Shrunken rate: the mean of the posterior. */
	rate: number;
	/** Bounds of the 90 % credible interval. */
	low: number;
	high: number;
}

/** Parameters of the Beta distribution that the peers' rates come from. */
export interface Prior {
	alpha: number;
	beta: number;
}

const TAIL = 0.05;

/** Fewer tries than these are listed, not ranked: one more success would move such a rate by more than ten points. */
export const LEAST_TRIALS = 10;

/**
 * Empirical Bayes by the method of moments: the spread of the rates beyond what chance explains says how much a member may differ from its peers.
 * The peers never count for more than one average peer's own data, so that a member with much evidence stays itself even where all are alike.
 * Peers of a few tries each show a spread that is mostly chance, so they count for at least `LEAST_TRIALS`, and are left out of that average.
 * With fewer than two usable samples nothing is known of peers, and the prior is Jeffreys' (½, ½).
 */
export function estimatePrior(samples: readonly Sample[]): Prior {
	const usable = samples.filter((sample) => sample.trials > 0);
	const peers = usable.length;
	if (peers < 2) return { alpha: 0.5, beta: 0.5 };
	const trials = sum(usable.map((sample) => sample.trials));
	const hits = sum(usable.map((sample) => sample.hits));
	// Half a success and half a failure keep the prior proper where nobody or everybody succeeded.
	const mean = (hits + 0.5) / (trials + 1);
	const chance = mean * (1 - mean);
	const squares = sum(usable.map(({ hits: h, trials: n }) => n * (h / n - mean) ** 2));
	const degrees = trials - sum(usable.map(({ trials: n }) => n ** 2)) / trials - (peers - 1);
	const between = degrees > 0 ? (squares - (peers - 1) * chance) / degrees : 0;
	const strength = between > 0 ? Math.max(1, chance / between - 1) : Infinity;
	const large = usable.filter((sample) => sample.trials >= LEAST_TRIALS);
	const ofOnePeer = large.length > 0 ? sum(large.map((sample) => sample.trials)) / large.length : LEAST_TRIALS;
	const weight = large.length < 2 ? ofOnePeer : Math.min(strength, ofOnePeer);
	return { alpha: mean * weight, beta: (1 - mean) * weight };
}

/** Null where there were no tries: a rate of nothing is nothing. */
export function estimateRate({ hits, trials }: Sample, prior: Prior): Estimate | null {
	if (trials <= 0) return null;
	const alpha = prior.alpha + hits;
	const beta = prior.beta + trials - hits;
	return { rate: alpha / (alpha + beta), low: betaQuantile(TAIL, alpha, beta), high: betaQuantile(1 - TAIL, alpha, beta) };
}

/** Estimates of peers, each drawn towards what they have in common. */
export function estimateRates(samples: readonly Sample[]): (Estimate | null)[] {
	const prior = estimatePrior(samples);
	return samples.map((sample) => estimateRate(sample, prior));
}

/**
 * Order of a fair ranking, best first: by the end of the interval that is the worse for the member, so that little evidence never wins.
 * Members without an estimate come last, in the order they came in.
 */
export function rankOrder(estimates: readonly (Estimate | null)[], higherIsBetter = true): number[] {
	const worth = (index: number) => {
		const estimate = estimates[index];
		if (!estimate) return -Infinity;
		return higherIsBetter ? estimate.low : -estimate.high;
	};
	return estimates.map((_, index) => index).sort((a, b) => compare(worth(b), worth(a)) || a - b);
}

function compare(a: number, b: number): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

export function median(values: readonly number[]): number | null {
	if (values.length === 0) return null;
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Quantile of Beta(alpha, beta) by bisection: slower than Newton's method, but it cannot leave [0, 1]. */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
	let low = 0;
	let high = 1;
	for (let step = 0; step < 60 && high - low > 1e-12; step++) {
		const middle = (low + high) / 2;
		if (betaCumulative(middle, alpha, beta) < probability) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** Regularised incomplete beta function I_x(alpha, beta). */
export function betaCumulative(x: number, alpha: number, beta: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(alpha * Math.log(x) + beta * Math.log1p(-x) - logBeta(alpha, beta));
	// The fraction converges fast only on this side; the other follows by symmetry.
	return x < (alpha + 1) / (alpha + beta + 2)
		? (front * continued(x, alpha, beta)) / alpha
		: 1 - (front * continued(1 - x, beta, alpha)) / beta;
}

/** Continued fraction of the incomplete beta function, evaluated by Lentz's method. */
function continued(x: number, a: number, b: number): number {
	const tiny = 1e-300;
	const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
	let c = 1;
	let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
	let result = d;
	for (let m = 1; m <= 500; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / guard(1 + even * d);
		c = guard(1 + even / c);
		result *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / guard(1 + odd * d);
		c = guard(1 + odd / c);
		const factor = d * c;
		result *= factor;
		if (Math.abs(factor - 1) < 1e-14) break;
	}
	return result;
}

function logBeta(a: number, b: number): number {
	return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series, after moving the argument up to where it is exact to 1e-15. */
function logGamma(value: number): number {
	let shift = 0;
	let x = value;
	while (x < 12) shift -= Math.log(x++);
	const inverse = 1 / (x * x);
	const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
	return shift + (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

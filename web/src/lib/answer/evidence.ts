/** How surely a difference is one. All of it works on counts of hits and tries, also small ones. */

/** What makes the spread of a share the same whatever the share (Anscombe), so that few and rare cases are not mistaken for signs. */
function angle(hits: number, tries: number): number {
	return Math.asin(Math.sqrt(Math.min(1, (Math.max(0, hits) + 0.375) / (tries + 0.75))));
}

/** Standard deviations between two shares; positive where the first is greater. */
export function deviations([hits, tries]: readonly [number, number], [otherHits, otherTries]: readonly [number, number]): number {
	if (tries <= 0 || otherTries <= 0) return 0;
	return (angle(hits, tries) - angle(otherHits, otherTries)) / Math.sqrt(0.25 / (tries + 0.5) + 0.25 / (otherTries + 0.5));
}

type Share = readonly [hits: number, tries: number];

/** Standard deviations between one member's change of share and that of all others in the same time. */
export function deviationsOfChange(own: readonly [before: Share, now: Share], others: readonly [before: Share, now: Share]): number {
	const all = [...own, ...others];
	if (all.some(([, tries]) => tries <= 0)) return 0;
	const change = ([before, now]: readonly [Share, Share]) => angle(...now) - angle(...before);
	return (change(own) - change(others)) / Math.sqrt(all.reduce((sum, [, tries]) => sum + 0.25 / (tries + 0.5), 0));
}

/** Standard deviations that pure chance exceeds with probability `error` somewhere among so many comparisons (Bonferroni), to both sides. */
export function threshold(comparisons: number, error: number): number {
	return normalQuantile(1 - error / (2 * Math.max(1, comparisons)));
}

/** Quantile of the standard normal distribution, by bisection on its tail: 1e-9 is plenty here. */
function normalQuantile(probability: number): number {
	let [low, high] = [-10, 10];
	while (high - low > 1e-9) {
		const middle = (low + high) / 2;
		if (normalTail(middle) > 1 - probability) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** Probability of more than `z`: the complementary error function after Numerical Recipes (Chebyshev), relative error below 1.2e-7. */
function normalTail(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	const t = 1 / (1 + x / 2);
	const series = [
		-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277
	];
	const tail = t * Math.exp(-x * x + series.reduceRight((sum, coefficient) => sum * t + coefficient, 0));
	return z >= 0 ? tail / 2 : 1 - tail / 2;
}

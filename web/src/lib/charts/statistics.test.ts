import { describe, expect, test } from 'vitest';
import { LEAST_TRIALS, betaCumulative, betaQuantile, estimatePrior, estimateRate, estimateRates, median, rankOrder } from './statistics.ts';

/** Outside oracle for whole parameters: I_x(a, b) is the chance of at least `a` successes in a + b − 1 tries. */
function byBinomial(x: number, a: number, b: number): number {
	const tries = a + b - 1;
	let total = 0;
	for (let hits = a; hits <= tries; hits++) {
		let term = 1;
		for (let factor = 0; factor < hits; factor++) term *= ((tries - factor) / (hits - factor)) * x;
		total += term * (1 - x) ** (tries - hits);
	}
	return total;
}

describe('the beta distribution', () => {
	test.each([
		[0.1, 2, 3],
		[0.5, 7, 7],
		[0.3, 31, 71],
		[0.02, 3, 120],
		[0.9, 40, 6]
	])('I_%s(%s, %s) is a binomial tail', (x, a, b) => {
		expect(betaCumulative(x, a, b)).toBeCloseTo(byBinomial(x, a, b), 10);
	});

	test('closed forms', () => {
		expect(betaQuantile(0.05, 1, 1)).toBeCloseTo(0.05, 10);
		expect(betaQuantile(0.05, 0.5, 0.5)).toBeCloseTo(Math.sin((Math.PI * 0.05) / 2) ** 2, 9);
		expect(betaQuantile(0.9, 1, 12)).toBeCloseTo(1 - 0.1 ** (1 / 12), 10);
		expect(betaCumulative(0, 2, 3)).toBe(0);
		expect(betaCumulative(1, 2, 3)).toBe(1);
	});

	test('published intervals: Clopper-Pearson for 10 of 100, Jeffreys for 1 and 5 of 10', () => {
		expect(betaQuantile(0.025, 10, 91)).toBeCloseTo(0.049, 3);
		expect(betaQuantile(0.975, 11, 90)).toBeCloseTo(0.1762, 4);
		expect(betaQuantile(0.025, 1.5, 9.5)).toBeCloseTo(0.011, 3);
		expect(betaQuantile(0.975, 1.5, 9.5)).toBeCloseTo(0.381, 3);
		expect(betaQuantile(0.025, 5.5, 5.5)).toBeCloseTo(0.224, 3);
		expect(betaQuantile(0.975, 5.5, 5.5)).toBeCloseTo(0.776, 3);
	});

	test('holds for hundreds of thousands of tries', () => {
		const half = betaQuantile(0.95, 200_000, 200_000) - 0.5;
		expect(half).toBeCloseTo((1.6449 * 0.5) / Math.sqrt(400_000), 5);
	});
});

describe('the prior', () => {
	test('equal samples: the moments by hand', () => {
		// Rates 0.1, 0.2, 0.3 of 100 each: mean (60 + ½) / 301, squares 2.0001…, beyond chance spread over 300 − 100 − 2 tries.
		const mean = 60.5 / 301;
		const squares = 100 * ((0.1 - mean) ** 2 + (0.2 - mean) ** 2 + (0.3 - mean) ** 2);
		const between = (squares - 2 * mean * (1 - mean)) / 198;
		const strength = (mean * (1 - mean)) / between - 1;
		const prior = estimatePrior([10, 20, 30].map((hits) => ({ hits, trials: 100 })));
		expect(prior.alpha + prior.beta).toBeCloseTo(strength, 8);
		expect(prior.alpha / (prior.alpha + prior.beta)).toBeCloseTo(mean, 10);
	});

	test('alike peers weigh as much as one average peer', () => {
		const prior = estimatePrior([20, 20, 20].map((hits) => ({ hits, trials: 100 })));
		expect(prior.alpha + prior.beta).toBeCloseTo(100, 8);
	});

	test('peers of a few tries each count for the least sample, not for their own handful', () => {
		const prior = estimatePrior([
			{ hits: 1, trials: 1 },
			{ hits: 1, trials: 2 },
			{ hits: 0, trials: 3 }
		]);
		expect(prior.alpha + prior.beta).toBeCloseTo(LEAST_TRIALS, 10);
		expect(estimateRate({ hits: 1, trials: 1 }, prior)?.rate).toBeLessThan(0.45);
	});

	test('one visitor each of many substitutes does not thin the peers of those who worked', () => {
		const worked = [20, 20, 20].map((hits) => ({ hits, trials: 100 }));
		const { alpha, beta } = estimatePrior([...worked, ...Array.from({ length: 30 }, () => ({ hits: 0, trials: 1 }))]);
		expect(alpha + beta).toBeGreaterThan(50);
	});

	test('alone there are no peers', () => {
		expect(estimatePrior([{ hits: 3, trials: 10 }])).toEqual({ alpha: 0.5, beta: 0.5 });
		expect(estimatePrior([])).toEqual({ alpha: 0.5, beta: 0.5 });
	});
});

describe('fair comparison', () => {
	test('1 of 2 does not beat 30 of 100', () => {
		const estimates = estimateRates([
			{ hits: 1, trials: 2 },
			{ hits: 30, trials: 100 }
		]);
		expect(rankOrder(estimates)).toEqual([1, 0]);
	});

	test('nor among many peers, and neither does 2 of 2', () => {
		const samples = [
			{ hits: 2, trials: 2 },
			{ hits: 30, trials: 100 },
			{ hits: 20, trials: 110 },
			{ hits: 18, trials: 95 },
			{ hits: 1, trials: 2 }
		];
		const estimates = estimateRates(samples);
		expect(rankOrder(estimates)[0]).toBe(1);
		expect(estimates[0]?.rate).toBeLessThan(0.5);
	});

	test('much evidence hardly moves, little moves a lot', () => {
		const [big, small] = estimateRates([
			{ hits: 3000, trials: 10_000 },
			{ hits: 5, trials: 10 },
			{ hits: 1000, trials: 10_000 }
		]);
		expect(big?.rate).toBeCloseTo(0.3, 2);
		expect(small?.rate).toBeLessThan(0.5);
		expect((small?.high ?? 0) - (small?.low ?? 0)).toBeGreaterThan((big?.high ?? 0) - (big?.low ?? 0));
	});

	test('no tries, no rate; it comes last', () => {
		const estimates = estimateRates([
			{ hits: 0, trials: 0 },
			{ hits: 0, trials: 5 },
			{ hits: 4, trials: 9 }
		]);
		expect(estimates[0]).toBeNull();
		expect(estimates[1]?.low).toBeGreaterThanOrEqual(0);
		expect(rankOrder(estimates)).toEqual([2, 1, 0]);
		expect(rankOrder(estimates, false)).toEqual([1, 2, 0]);
	});

	test('a lone member has the interval of Jeffreys', () => {
		const estimate = estimateRate({ hits: 1, trials: 10 }, estimatePrior([{ hits: 1, trials: 10 }]));
		expect(estimate?.low).toBeCloseTo(betaQuantile(0.05, 1.5, 9.5), 12);
	});
});

test('median', () => {
	expect(median([])).toBeNull();
	expect(median([3, 1, 2])).toBe(2);
	expect(median([4, 1, 2, 3])).toBe(2.5);
});

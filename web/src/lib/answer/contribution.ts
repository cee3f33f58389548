/**
 * Why a count changed: how much is owed to volume (more or fewer to begin with), to mix (other segments than before) and to rate (what
 * became of them), by segment and together. Each span stands for half of the other's weights (midpoints), so the parts are the same
 * whichever span is called the first, and they add up exactly, without a remainder.
 */

/** A region, channel, series …: how many there were to begin with (`base`) and what came of them (`result`), in both spans. */
export interface Segment {
	id: string;
	zh: string;
	en: string;
	base: readonly [before: number, now: number];
	result: readonly [before: number, now: number];
}

export interface Parts {
	/** What came before, and comes now. */
	before: number;
	now: number;
	change: number;
	/** More or fewer to begin with, the mix and the rates being what they are. */
	volume: number;
	/** A larger or smaller part of them in segments that do better or worse. */
	mix: number;
	/** More or less that comes of the same. */
	rate: number;
	/** Results without anything to begin with, such as orders of a channel that no visit is known of. */
	direct: number;
}

export interface Contribution extends Parts {
	segment: Segment;
}

export interface Decomposition extends Parts {
	segments: Contribution[];
}

/** `change = volume + mix + rate + direct`, for the whole and for each segment; segments' parts sum to those of the whole. */
export function decompose(segments: readonly Segment[]): Decomposition {
	const total = (side: 0 | 1) => segments.reduce((sum, { base }) => sum + base[side], 0);
	const [before, now] = [total(0), total(1)];
	const half = (before + now) / 2;
	const parts = segments.map((segment): Contribution => {
		const { base, result } = segment;
		const own = (side: 0 | 1) => (base[side] > 0 ? result[side] : 0);
		const direct = result[1] - own(1) - (result[0] - own(0));
		// A segment that a span knows nothing of keeps the other span's rate: it was absent, not bad.
		const rateOf = (side: 0 | 1, other: 0 | 1) =>
			base[side] > 0 ? result[side] / base[side] : base[other] > 0 ? result[other] / base[other] : 0;
		const shareOf = (side: 0 | 1, whole: number, other: number) =>
			whole > 0 ? base[side] / whole : other > 0 ? base[side === 0 ? 1 : 0] / other : 0;
		const [r0, r1] = [rateOf(0, 1), rateOf(1, 0)];
		const [s0, s1] = [shareOf(0, before, now), shareOf(1, now, before)];
		return {
			segment,
			before: result[0],
			now: result[1],
			change: result[1] - result[0],
			volume: ((now - before) * (s0 * r0 + s1 * r1)) / 2,
			mix: (half * (s1 - s0) * (r0 + r1)) / 2,
			rate: (half * (s0 + s1) * (r1 - r0)) / 2,
			direct
		};
	});
	const sum = (part: keyof Parts) => parts.reduce((whole, one) => whole + one[part], 0);
	return {
		before: sum('before'),
		now: sum('now'),
		change: sum('change'),
		volume: sum('volume'),
		mix: sum('mix'),
		rate: sum('rate'),
		direct: sum('direct'),
		segments: parts
	};
}

/** Whole numbers that sum to the rounded total: what rounding takes from one part goes to the ones it hurts least. */
export function wholeParts(values: readonly number[]): number[] {
	const total = Math.round(values.reduce((sum, value) => sum + value, 0));
	const floors = values.map((value) => Math.floor(value));
	const missing = total - floors.reduce((sum, value) => sum + value, 0);
	const order = values
		.map((value, index) => ({ index, part: value - Math.floor(value) }))
		.sort((a, b) => b.part - a.part || a.index - b.index);
	for (const { index } of order.slice(0, missing)) floors[index] = (floors[index] ?? 0) + 1;
	return floors;
}

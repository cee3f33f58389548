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
	// Plus zero: a total of −0.4 is 0, not −0.
	const total = 0 + Math.round(values.reduce((sum, value) => sum + value, 0));
	const floors = values.map((value) => Math.floor(value));
	const missing = total - floors.reduce((sum, value) => sum + value, 0);
	const order = values
		.map((value, index) => ({ index, part: value - Math.floor(value) }))
		.sort((a, b) => b.part - a.part || a.index - b.index);
	for (const { index } of order.slice(0, missing)) floors[index] = (floors[index] ?? 0) + 1;
	return floors;
}

/**
 * A table of parts in whole numbers: each row sums to its own rounded total, and each column to a whole number next to its own sum.
 * Every value becomes one of its two neighbours. (Rounding of a matrix by moving units along rows until no column is off.)
 */
export function wholeTable(rows: readonly (readonly number[])[]): number[][] {
	const whole = rows.map((row) => wholeParts(row));
	const columns = rows[0]?.length ?? 0;
	const sums = Array.from({ length: columns }, (_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0));
	const NEAR = 1e-9;
	const count = (column: number) => whole.reduce((sum, row) => sum + (row[column] ?? 0), 0);
	const isOver = (column: number) => count(column) > Math.ceil((sums[column] ?? 0) - NEAR);
	const isUnder = (column: number) => count(column) < Math.floor((sums[column] ?? 0) + NEAR);
	/** A row whose unit can go from one column to another and leave both values next to what they were. */
	const mover = (from: number, to: number) =>
		whole.find((row, index) => {
			const [a, b] = [rows[index]?.[from] ?? 0, rows[index]?.[to] ?? 0];
			return (row[from] ?? 0) > a + NEAR && (row[to] ?? 0) < b - NEAR;
		});
	for (let round = 0; round < rows.length * columns; round += 1) {
		const start = sums.findIndex((_, column) => isOver(column) || isUnder(column));
		if (start < 0) break;
		const over = isOver(start);
		const path = pathTo(
			start,
			columns,
			(from, to) => mover(over ? from : to, over ? to : from),
			(column) => (over ? count(column) < Math.ceil((sums[column] ?? 0) - NEAR) : count(column) > Math.floor((sums[column] ?? 0) + NEAR))
		);
		if (!path) break;
		for (let step = 0; step + 1 < path.length; step += 1) {
			const [from, to] = over ? [path[step] ?? 0, path[step + 1] ?? 0] : [path[step + 1] ?? 0, path[step] ?? 0];
			const row = mover(from, to);
			if (!row) break;
			row[from] = (row[from] ?? 0) - 1;
			row[to] = (row[to] ?? 0) + 1;
		}
	}
	return whole;
}

/** Shortest way between columns, each step being possible; null where there is none. */
function pathTo(
	start: number,
	columns: number,
	step: (from: number, to: number) => unknown,
	isEnd: (column: number) => boolean
): number[] | null {
	const before = new Map<number, number>([[start, -1]]);
	const queue = [start];
	for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
		if (at !== start && isEnd(at)) {
			const path = [at];
			for (let back = before.get(at) ?? -1; back >= 0; back = before.get(back) ?? -1) path.unshift(back);
			return path;
		}
		for (let to = 0; to < columns; to += 1) {
			if (before.has(to) || !step(at, to)) continue;
			before.set(to, at);
			queue.push(to);
		}
	}
	return null;
}

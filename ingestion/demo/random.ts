/**
 * Seeded random numbers. Each part of the simulation draws from its own named stream, so that a change in one
 * part (say, one more call) does not shift what another part draws. No state is shared between streams.
 */

const GOLDEN = 0x9e3779b9;

/** FNV-1a over the parts, finished so that near names give far values. */
function hash(parts: readonly (string | number)[], salt: number): number {
	let value = 0x811c9dc5 ^ salt;
	for (const part of parts) {
		const text = String(part);
		for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
		value = Math.imul(value ^ 0x1f, 0x01000193);
	}
	return mix(value);
}

function mix(value: number): number {
	let mixed = value;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
	mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

export class Random {
	#a: number;
	#b: number;

	constructor(seed: number, ...stream: readonly (string | number)[]) {
		this.#a = hash([seed, ...stream], 1);
		this.#b = hash([seed, ...stream], 2) | 1;
	}

	/** A number in [0, 1). A Weyl sequence with a mixing function: fast, and long enough for a stream of one person. */
	next(): number {
		this.#a = (this.#a + Math.imul(this.#b, 2) + GOLDEN) | 0;
		return mix(this.#a ^ this.#b) / 4294967296;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A number in [low, high). */
	between(low: number, high: number): number {
		return low + this.next() * (high - low);
	}

	/** A whole number from low to high, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	pick<T>(values: readonly T[]): T {
		return values[Math.floor(this.next() * values.length)] as T;
	}

	/** One of the values, by its weight. All weights 0: the last one. */
	weighted<T>(values: readonly T[], weight: (value: T) => number): T {
		let total = 0;
		for (const value of values) total += weight(value);
		let left = this.next() * total;
		for (const value of values) {
			left -= weight(value);
			if (left < 0) return value;
		}
		return values[values.length - 1] as T;
	}

	/** Waiting time with the given mean. */
	exponential(mean: number): number {
		return -Math.log(1 - this.next()) * mean;
	}

	normal(mean: number, deviation: number): number {
		return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}

	digits(count: number): string {
		let text = '';
		while (text.length < count) text += Math.floor(this.next() * 10);
		return text;
	}

	hex(count: number): string {
		let text = '';
		while (text.length < count)
			text += Math.floor(this.next() * 65536)
				.toString(16)
				.padStart(4, '0');
		return text.slice(0, count);
	}

	shuffled<T>(values: readonly T[]): T[] {
		const result = [...values];
		for (let index = result.length - 1; index > 0; index -= 1) {
			const other = Math.floor(this.next() * (index + 1));
			[result[index], result[other]] = [result[other] as T, result[index] as T];
		}
		return result;
	}
}

/** Draws by weight in constant time from a table that is used many times. */
export class Weighted<T> {
	readonly #values: readonly T[];
	readonly #sums: Float64Array;

	constructor(values: readonly T[], weight: (value: T, index: number) => number) {
		this.#values = values;
		this.#sums = new Float64Array(values.length);
		let total = 0;
		values.forEach((value, index) => {
			total += weight(value, index);
			this.#sums[index] = total;
		});
	}

	get total(): number {
		return this.#sums[this.#sums.length - 1] ?? 0;
	}

	draw(random: Random): T {
		const target = random.next() * this.total;
		let low = 0;
		let high = this.#sums.length - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#sums[middle] as number) > target) high = middle;
			else low = middle + 1;
		}
		return this.#values[low] as T;
	}
}

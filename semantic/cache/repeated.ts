/** Questions that are asked again and again, whose answers are worth having before a new version is served. */
import type { Served } from '../pointer.ts';

/** Asks the question of a version, as somebody who may ask it did. */
export type Again = (of: Served) => Promise<unknown>;

interface Known {
	/** Of the served version, and half of those of the one before, and so on: the front server asks what it keeps once a version. */
	times: number;
	/** Kept from the second time on: most questions are asked once. */
	again?: Again;
}

const MOST_KNOWN = 4000;

export class Repeated {
	readonly #known = new Map<string, Known>();
	readonly #most: number;

	constructor(most = MOST_KNOWN) {
		this.#most = most;
	}

	/** @param question the same in every version */
	asked(question: string, again: Again): void {
		const { times = 0 } = this.#known.get(question) ?? {};
		// The map keeps the order of insertion: last is most recently asked.
		this.#known.delete(question);
		this.#known.set(question, times === 0 ? { times: 1 } : { times: times + 1, again });
		if (this.#known.size > this.#most) this.#known.delete(this.#known.keys().next().value as string);
	}

	/** Most often asked first. With each call the past counts half, so that what nobody asks any more is forgotten. */
	take(): Again[] {
		const often = [...this.#known].filter(([, { again }]) => again).sort(([, a], [, b]) => b.times - a.times);
		for (const [question, { times, again }] of this.#known) {
			if (times < 1) this.#known.delete(question);
			else this.#known.set(question, { times: times / 2, ...(again && { again }) });
		}
		return often.flatMap(([, { again }]) => again ?? []);
	}
}

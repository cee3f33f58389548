/** Questions that are asked again and again, whose answers are worth having before a new version is served. */
import type { Served } from '../pointer.ts';

/** Asks the question of a version, as somebody who may ask it did. */
export type Again = (of: Served) => Promise<unknown>;

interface Known {
	/** Of the served version, and half of those of the one before, and so on: the front server asks what it keeps once a version. */
	times: number;
	again: Again;
	/** Of the served version. */
	asked: boolean;
}

const MOST_KNOWN = 4000;
/** Two hundred readers ask ten thousand questions between two refreshes, most of them once; their names take a megabyte. */
const MOST_ONCE = 20_000;

export class Repeated {
	/** What was asked in a version before comes first, then in the order in which it was first asked of the served one. */
	readonly #known = new Map<string, Known>();
	/** Asked once so far, of the served version and of the one before: names only. */
	#once = new Set<string>();
	#onceBefore = new Set<string>();
	readonly #most: number;
	readonly #mostOnce: number;

	constructor(most = MOST_KNOWN, mostOnce = MOST_ONCE) {
		this.#most = most;
		this.#mostOnce = mostOnce;
	}

	/** @param question the same in every version */
	asked(question: string, again: Again): void {
		const known = this.#known.get(question);
		if (known) {
			if (!known.asked) this.#known.delete(question);
			this.#known.set(question, { times: known.times + 1, again, asked: true });
			return;
		}
		const times = this.#once.has(question) ? 2 : this.#onceBefore.has(question) ? 1.5 : 1;
		if (times > 1 && this.#hasRoom()) {
			this.#once.delete(question);
			this.#onceBefore.delete(question);
			this.#known.set(question, { times, again, asked: true });
		}
		// Whoever comes to a new version asks at once what every page needs. So the first names stay, not the last ones.
		else if (this.#once.size < this.#mostOnce) this.#once.add(question);
	}

	/** Makes it where something was not asked of the served version. */
	#hasRoom(): boolean {
		if (this.#known.size < this.#most) return true;
		const [oldest] = this.#known;
		if (!oldest || oldest[1].asked) return false;
		return this.#known.delete(oldest[0]);
	}

	/**
	 * Most often asked first, and of those asked as often, what was asked soonest. With each call the past counts half, so that what nobody
	 * asks any more is forgotten.
	 */
	take(): Again[] {
		const often = [...this.#known.values()].sort((a, b) => b.times - a.times);
		for (const [question, known] of this.#known) {
			if (known.times < 1) this.#known.delete(question);
			else Object.assign(known, { times: known.times / 2, asked: false });
		}
		[this.#onceBefore, this.#once] = [this.#once, new Set()];
		return often.map(({ again }) => again);
	}
}

/** Finished answers in memory, bounded by bytes, the longest unused go first; one computation for all who ask the same at once. */

export interface CacheStatistics {
	entries: number;
	bytes: number;
	hits: number;
	misses: number;
}

/** What an entry costs besides its bytes. */
const OVERHEAD = 400;

export class AnswerCache {
	readonly #limit: number;
	readonly #answers = new Map<string, Buffer>();
	readonly #running = new Map<string, Promise<Buffer>>();
	#bytes = 0;
	#hits = 0;
	#misses = 0;

	constructor(limitBytes: number) {
		this.#limit = limitBytes;
	}

	/** Errors are never kept: the next who asks tries again. */
	async get(key: string, compute: () => Promise<Buffer>): Promise<Buffer> {
		const known = this.#answers.get(key);
		if (known) {
			this.#hits++;
			// The map keeps the order of insertion: last is most recently used.
			this.#answers.delete(key);
			this.#answers.set(key, known);
			return known;
		}
		const running = this.#running.get(key);
		if (running) {
			this.#hits++;
			return running;
		}
		this.#misses++;
		const started = compute().then((answer) => {
			this.#keep(key, answer);
			return answer;
		});
		this.#running.set(key, started);
		try {
			return await started;
		} finally {
			this.#running.delete(key);
		}
	}

	#keep(key: string, answer: Buffer): void {
		const cost = this.#cost(key, answer);
		// One huge answer must not empty the cache for everyone.
		if (cost > this.#limit / 8) return;
		this.#answers.set(key, answer);
		this.#bytes += cost;
		for (const [oldest, bytes] of this.#answers) {
			if (this.#bytes <= this.#limit) break;
			this.#answers.delete(oldest);
			this.#bytes -= this.#cost(oldest, bytes);
		}
	}

	/** Drops the answers of versions that are no longer served. */
	keepOnly(prefixes: readonly string[]): void {
		for (const [key, answer] of this.#answers) {
			if (prefixes.some((prefix) => key.startsWith(prefix))) continue;
			this.#answers.delete(key);
			this.#bytes -= this.#cost(key, answer);
		}
	}

	#cost(key: string, answer: Buffer): number {
		return answer.byteLength + key.length * 2 + OVERHEAD;
	}

	statistics(): CacheStatistics {
		return { entries: this.#answers.size, bytes: this.#bytes, hits: this.#hits, misses: this.#misses };
	}
}

/** Finished answers in memory, bounded by bytes, the longest unused go first; one computation for all who ask the same at once. */

export interface CacheStatistics {
	entries: number;
	bytes: number;
	hits: number;
	misses: number;
	running: number;
	/** Sent away because too much was running. */
	shed: number;
}

export class OverloadError extends Error {
	readonly status = 503;
	constructor() {
		super('Too many questions are being answered right now: ask again in a moment.');
	}
}

interface Running {
	answer: Promise<Buffer>;
	leaving: AbortController;
	waiting: number;
	abandoned: () => void;
}

/** What an entry costs besides its bytes. */
const OVERHEAD = 400;

export class AnswerCache {
	readonly #limit: number;
	readonly #answers = new Map<string, Buffer>();
	readonly #mostRunning: number;
	readonly #running = new Map<string, Running>();
	#bytes = 0;
	#hits = 0;
	#misses = 0;
	#shed = 0;

	/** @param mostRunning computations at once; beyond it who asks is sent away rather than made to wait for longer and longer */
	constructor(limitBytes: number, mostRunning = 200) {
		this.#limit = limitBytes;
		this.#mostRunning = mostRunning;
	}

	/**
	 * Errors are never kept: the next who asks tries again. Whoever leaves (`signal`) stops waiting at once; when nobody waits any more the
	 * computation is told so by the signal that it was given.
	 * @param keep false for what nobody asks twice, such as a portion of a file: it would push out answers that are
	 * @throws OverloadError when too many computations run already
	 */
	async get(key: string, compute: (signal: AbortSignal) => Promise<Buffer>, signal?: AbortSignal, keep = true): Promise<Buffer> {
		signal?.throwIfAborted();
		const known = this.#answers.get(key);
		if (known) {
			this.#hits++;
			// The map keeps the order of insertion: last is most recently used.
			this.#answers.delete(key);
			this.#answers.set(key, known);
			return known;
		}
		const running = this.#running.get(key);
		if (running) this.#hits++;
		return wait(running ?? this.#start(key, compute, keep), signal);
	}

	#start(key: string, compute: (signal: AbortSignal) => Promise<Buffer>, keep: boolean): Running {
		if (this.#running.size >= this.#mostRunning) {
			this.#shed++;
			throw new OverloadError();
		}
		this.#misses++;
		const leaving = new AbortController();
		const answer = compute(leaving.signal)
			.then((made) => {
				if (keep) this.#keep(key, made);
				return made;
			})
			.finally(() => this.#forget(key, running));
		const running: Running = { answer, leaving, waiting: 0, abandoned: () => this.#forget(key, running) };
		this.#running.set(key, running);
		return running;
	}

	/** From here on somebody who asks the same starts anew. */
	#forget(key: string, running: Running): void {
		if (this.#running.get(key) === running) this.#running.delete(key);
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
		return {
			entries: this.#answers.size,
			bytes: this.#bytes,
			hits: this.#hits,
			misses: this.#misses,
			running: this.#running.size,
			shed: this.#shed
		};
	}
}

async function wait(running: Running, signal: AbortSignal | undefined): Promise<Buffer> {
	running.waiting++;
	try {
		if (!signal) return await running.answer;
		return await new Promise<Buffer>((resolve, reject) => {
			const leave = () => reject(signal.reason as Error);
			signal.addEventListener('abort', leave, { once: true });
			running.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
		});
	} finally {
		if (--running.waiting === 0 && signal?.aborted) {
			running.abandoned();
			running.leaving.abort();
		}
	}
}

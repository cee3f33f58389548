/** A few at a time, in the order in which they came; whoever leaves before their turn costs nothing. */
export class Turns {
	readonly #waiting = new Set<() => void>();
	#free: number;

	constructor(atOnce: number) {
		this.#free = atOnce;
	}

	/** @throws the signal's reason when it is aborted before the turn comes; `work` itself has to look at it from then on */
	async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		signal?.throwIfAborted();
		if (this.#free > 0) this.#free--;
		else await this.#turn(signal);
		try {
			return await work();
		} finally {
			this.#next();
		}
	}

	get waiting(): number {
		return this.#waiting.size;
	}

	#turn(signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#waiting.delete(begin);
				reject(signal?.reason as Error);
			};
			const begin = () => {
				signal?.removeEventListener('abort', leave);
				resolve();
			};
			this.#waiting.add(begin);
			signal?.addEventListener('abort', leave, { once: true });
		});
	}

	/** Handed on from one to the next, so that nobody overtakes. */
	#next(): void {
		const [begin] = this.#waiting;
		if (begin === undefined) {
			this.#free++;
			return;
		}
		this.#waiting.delete(begin);
		begin();
	}
}

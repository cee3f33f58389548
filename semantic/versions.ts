/** The versions that are open: the current one stays, so does the one that is to come, for a moment the others too. */
import type { AnswerCache } from './cache/answers.ts';
import type { Served } from './pointer.ts';

/** A version with what is known once it is open. */
export interface Opened extends Served {
	/** Whether its rollups were built; without them the facts are asked. */
	rollups: boolean;
}

export interface Opening {
	/** Opens the version and looks into it. */
	open: (served: Served) => Promise<Opened>;
	release: (version: string) => Promise<void>;
}

export class Versions {
	readonly #opening: Opening;
	readonly #cache: AnswerCache;
	readonly #graceMs: number;
	readonly #onProblem: (message: string) => void;
	readonly #open = new Map<string, Promise<Opened>>();
	readonly #inUse = new Map<string, number>();
	#current: string | undefined;
	#expected: string | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(opening: Opening, cache: AnswerCache, graceMs = 15_000, onProblem: (message: string) => void = () => undefined) {
		this.#opening = opening;
		this.#cache = cache;
		this.#graceMs = graceMs;
		this.#onProblem = onProblem;
	}

	/** Told with each request; costs nothing while the version stays. */
	seen(version: string): void {
		if (this.#current === version) return;
		this.#current = version;
		this.#sweepLater();
	}

	/** The version that is about to be served; undefined when none is. */
	expect(version: string | undefined): void {
		if (this.#expected === version) return;
		this.#expected = version;
		this.#sweepLater();
	}

	#sweepLater(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.sweep(), this.#graceMs);
		this.#timer.unref();
	}

	/** Runs `work` on an open version, which stays open until it is done. A version that can't be opened is tried again next time. */
	async using<T>(served: Served, work: (opened: Opened) => Promise<T>): Promise<T> {
		const { version } = served;
		this.#inUse.set(version, (this.#inUse.get(version) ?? 0) + 1);
		try {
			return await work(await this.#opened(served));
		} finally {
			this.#inUse.set(version, (this.#inUse.get(version) ?? 1) - 1);
		}
	}

	#opened(served: Served): Promise<Opened> {
		const known = this.#open.get(served.version);
		if (known) return known;
		const opening = this.#opening.open(served);
		this.#open.set(served.version, opening);
		opening.catch(() => this.#open.delete(served.version));
		return opening;
	}

	/** Closes what nobody needs, and drops its answers. */
	async sweep(): Promise<void> {
		const needed = [this.#current, this.#expected].filter((one) => one !== undefined);
		this.#cache.keepOnly(needed.map((version) => `${version}/`));
		for (const version of this.#open.keys()) {
			if (needed.includes(version) || (this.#inUse.get(version) ?? 0) > 0) continue;
			this.#open.delete(version);
			this.#inUse.delete(version);
			try {
				await this.#opening.release(version);
			} catch (error) {
				this.#onProblem(`Version ${version} can't be closed: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	}

	get open(): string[] {
		return [...this.#open.keys()];
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}

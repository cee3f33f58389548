/** Lets go of versions that are served no more: the current one and the one before stay open, for a moment the others too. */
import type { AnswerCache } from './cache/answers.ts';

export interface Releasing {
	readonly versions: string[];
	release: (version: string) => Promise<void>;
}

export class Versions {
	readonly #cube: Releasing;
	readonly #cache: AnswerCache;
	readonly #graceMs: number;
	readonly #onProblem: (message: string) => void;
	readonly #inUse = new Map<string, number>();
	#recent: string[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(cube: Releasing, cache: AnswerCache, graceMs = 15_000, onProblem: (message: string) => void = () => undefined) {
		this.#cube = cube;
		this.#cache = cache;
		this.#graceMs = graceMs;
		this.#onProblem = onProblem;
	}

	/** Told with each request; costs nothing while the version stays. */
	seen(version: string): void {
		if (this.#recent[0] === version) return;
		this.#recent = [version, ...this.#recent.filter((one) => one !== version)].slice(0, 2);
		this.#cache.keepOnly(this.#recent.map((one) => `${one}/`));
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.sweep(), this.#graceMs);
		this.#timer.unref();
	}

	/** Marks a version as in use while a question about it runs. */
	async using<T>(version: string, work: () => Promise<T>): Promise<T> {
		this.#inUse.set(version, (this.#inUse.get(version) ?? 0) + 1);
		try {
			return await work();
		} finally {
			this.#inUse.set(version, (this.#inUse.get(version) ?? 1) - 1);
		}
	}

	async sweep(): Promise<void> {
		for (const version of this.#cube.versions) {
			if (this.#recent.includes(version) || (this.#inUse.get(version) ?? 0) > 0) continue;
			this.#inUse.delete(version);
			try {
				await this.#cube.release(version);
			} catch (error) {
				this.#onProblem(`Version ${version} can't be closed: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
	}
}

/**
 * Before a version is served its publisher names it in `next.json`. It is opened here, and asked what is asked again and again, while the one
 * before still answers; `warm.json` tells the publisher when it is ready. So that nobody waits for a version whose answers are all still to come.
 */
import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NEXT_FILE, WARM_FILE, type WarmState } from '../contracts/pointer.ts';
import type { Repeated } from './cache/repeated.ts';
import { readServed } from './pointer.ts';
import type { Versions } from './versions.ts';

const LOOK_EVERY_MS = 100;
/** Publishers wait for less. */
const LONGEST_OFFER_MS = 60_000;
/** Answers that are made at once: whoever asks meanwhile goes before. */
const AT_ONCE = 2;

export class Handover {
	readonly #home: string;
	readonly #versions: Versions;
	readonly #repeated: Repeated;
	readonly #onProblem: (message: string) => void;
	#seen = '';
	#timer: NodeJS.Timeout | undefined;

	constructor(home: string, versions: Versions, repeated: Repeated, onProblem: (message: string) => void) {
		this.#home = home;
		this.#versions = versions;
		this.#repeated = repeated;
		this.#onProblem = onProblem;
	}

	start(): this {
		this.#timer = setTimeout(() => void this.#look().finally(() => this.#timer && this.start()), LOOK_EVERY_MS);
		this.#timer.unref();
		return this;
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	async #look(): Promise<void> {
		const stamp = await this.#stamp();
		if (stamp === this.#seen) return;
		this.#seen = stamp;
		this.#versions.expect(undefined);
		if (stamp === '') return;
		try {
			await this.#makeReady(stamp);
		} catch (error) {
			// Whether it can be served is found out when it is.
			this.#onProblem(`The next version can't be made ready: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	/** Ends early when its publisher waits no longer. */
	async #makeReady(stamp: string): Promise<void> {
		const next = await readServed(this.#home, NEXT_FILE);
		this.#versions.expect(next.version);
		await this.#tell({ version: next.version, ready: false });
		await this.#versions.using(next, () => Promise.resolve());
		const left = this.#repeated.take();
		const one = async (): Promise<void> => {
			for (let again = left.shift(); again && (await this.#waitsFor(stamp)); again = left.shift()) await again(next).catch(() => undefined);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, one));
		if (await this.#waitsFor(stamp)) await this.#tell({ version: next.version, ready: true });
	}

	async #waitsFor(stamp: string): Promise<boolean> {
		return (await this.#stamp()) === stamp;
	}

	/** Of what is offered; empty where nothing is, or where its publisher must have died. */
	async #stamp(): Promise<string> {
		const file = await stat(join(this.#home, NEXT_FILE)).catch(() => null);
		return file && Date.now() - file.mtimeMs < LONGEST_OFFER_MS ? `${file.mtimeMs}:${file.ino}` : '';
	}

	async #tell(state: WarmState): Promise<void> {
		const path = join(this.#home, WARM_FILE);
		const beside = `${path}.${process.pid}.new`;
		await writeFile(beside, JSON.stringify(state));
		await rename(beside, path);
	}
}

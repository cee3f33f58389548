/** Follows `$ONELANE_HOME/current.json`: which version is served, seen at most a moment after it was published. */
import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pointer, POINTER_FILE, type Pointer, type VersionPlace } from '../contracts/pointer.ts';

/** Time between two looks at the file; a look costs microseconds. */
const LOOK_EVERY_MS = 100;

export class NotReadyError extends Error {
	readonly status = 503;
}

export interface Served {
	version: string;
	place: VersionPlace;
	pointer: Pointer;
}

/** @throws where the file is missing or no pointer */
export async function readServed(home: string, name: string): Promise<Served> {
	const read = pointer.parse(JSON.parse(await readFile(join(home, name), 'utf8')));
	const place = 'file' in read ? { file: join(home, read.file) } : { dataset: read.dataset };
	return { version: read.version, place, pointer: read };
}

export class PointerFollower {
	readonly #home: string;
	readonly #onProblem: (message: string) => void;
	#served: Served | undefined;
	#problem = '';
	#stamp = '';
	#looked = 0;
	#looking: Promise<void> | undefined;

	constructor(home: string, onProblem: (message: string) => void = () => undefined) {
		this.#home = home;
		this.#onProblem = onProblem;
	}

	/** @throws NotReadyError as long as nothing was ever published */
	async current(): Promise<Served> {
		if (Date.now() - this.#looked >= LOOK_EVERY_MS) await (this.#looking ??= this.#look().finally(() => (this.#looking = undefined)));
		if (!this.#served) throw new NotReadyError(this.#problem);
		return this.#served;
	}

	/** A pointer that can't be read leaves the last good one in place. */
	async #look(): Promise<void> {
		const path = join(this.#home, POINTER_FILE);
		try {
			const { mtimeNs, ino, size } = await stat(path, { bigint: true });
			const stamp = `${mtimeNs}:${ino}:${size}`;
			if (stamp !== this.#stamp) {
				this.#served = await readServed(this.#home, POINTER_FILE);
				this.#stamp = stamp;
			}
			this.#problem = '';
		} catch (error) {
			const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
			const problem = missing
				? `No data is published in ${this.#home} yet: run "npx onelane refresh".`
				: `The pointer ${path} can't be read: publish again with "npx onelane refresh".`;
			if (problem !== this.#problem) this.#onProblem(problem);
			this.#problem = problem;
		}
		this.#looked = Date.now();
	}
}

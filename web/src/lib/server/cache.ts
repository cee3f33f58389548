/** Answers that many readers share, until the data change: kept by data version and by what the reader may see. */
import type { Claims } from '../../../../contracts/claims.ts';
import type { Filters } from '#lib/filters.ts';
import type { Period } from '#lib/periods.ts';
import type { Asker } from './semantic.ts';

/** The served version and the one before, which a page may still be reading. */
const VERSIONS = 2;

interface Entry {
	answer: Promise<unknown>;
	/** Aborted when whoever asked first has left, and the questions with them. */
	left: AbortSignal | undefined;
}

/** By version; within one the longest unread go first. A failure is not kept: the next who asks tries again. */
export class Kept {
	readonly #most: number;
	readonly #versions = new Map<string, Map<string, Entry>>();

	constructor(most: number) {
		this.#most = most;
	}

	async get<T>(version: string, claims: Claims, name: string, compute: () => Promise<T>, left?: AbortSignal): Promise<T> {
		const answers = this.#of(version);
		const key = JSON.stringify([claims.tenant, claims.role, claims.scopes, name]);
		for (;;) {
			const known = answers.get(key);
			const entry: Entry = known ?? { answer: compute(), left };
			answers.delete(key);
			answers.set(key, entry);
			if (answers.size > this.#most) answers.delete(answers.keys().next().value as string);
			try {
				const answer = (await entry.answer) as T;
				// A request that is answered is not held for as long as its answer.
				entry.left = undefined;
				return answer;
			} catch (caught) {
				if (answers.get(key) === entry) answers.delete(key);
				// Whoever waits along is not told that somebody else has left.
				if (!known?.left?.aborted || left?.aborted) throw caught;
			}
		}
	}

	#of(version: string): Map<string, Entry> {
		const answers = this.#versions.get(version) ?? new Map<string, Entry>();
		this.#versions.delete(version);
		this.#versions.set(version, answers);
		if (this.#versions.size > VERSIONS) this.#versions.delete(this.#versions.keys().next().value as string);
		return answers;
	}
}

/** Half a dozen for each who sees something else, read by every page: fewer than there are readers, and each page would ask them again. */
const shared = new Kept(6000);

/** A small answer that every page needs. */
export function cached<T>(version: string, claims: Claims, name: string, compute: () => Promise<T>): Promise<T> {
	return shared.get(version, claims, name, compute);
}

/** Some are a hundred kilobytes and more. */
const pages = new Kept(400);

export interface Shown {
	filters: Filters;
	period: Period;
	/** Absent where the answer must be worked out anew. */
	version?: string | undefined;
}

/**
 * Figures of a page, worked out once for all who see the same. They depend on what is shown and on `more`, not on how a table is sorted or
 * which change is explained. Rows about single people can't be asked for: their every reading is noted, and an answer that is kept is not.
 */
export function cachedPage<T>(
	locals: Asker,
	name: string,
	{ filters, period, version }: Shown,
	more: unknown,
	compute: (asker: Asker) => Promise<T>
): Promise<T> {
	// The proof of a figure looks at the questions themselves.
	if (!version || !locals.claims || locals.asked) return compute(locals);
	const { why: _, sort: __, ...depends } = filters;
	const asker: Asker = {
		claims: locals.claims,
		...(locals.signal ? { signal: locals.signal } : {}),
		get queries() {
			return locals.queries;
		},
		set queries(asked) {
			locals.queries = asked;
		}
	};
	return pages.get(version, locals.claims, JSON.stringify([name, depends, period, more]), () => compute(asker), locals.signal);
}

/** The extracts while they are simulated: each row is spoilt a little, written as its source would, and forgotten. */
import { resources } from '../sources/index.ts';
import type { Instant } from './clock.ts';
import { Sink, type WrittenResource } from './sink.ts';
import type { Truth } from './truth.ts';

/** timestamp: seconds in UTC; date: text; decimal: yuan; absent: undefined. */
export type Cell = string | number | boolean | undefined;
export type Row = { [column: string]: Cell; updated_at: Instant };

export class Extracts {
	readonly #sinks: ReadonlyMap<string, Sink>;
	readonly #next = new Map<string, number>();

	constructor(folder: string, seed: number, now: Instant, truth: Truth) {
		this.#sinks = new Map(
			resources.map((resource) => [`${resource.source}.${resource.name}`, new Sink(folder, resource, seed, now, truth)])
		);
	}

	/** Adds a row to a resource such as "crm.leads". */
	add(resource: string, row: Row): void {
		const sink = this.#sinks.get(resource);
		if (!sink) throw new Error(`The demo writes to "${resource}", which is no resource of ingestion/sources.`);
		sink.add(row);
	}

	/** Rows added so far, before any mess. */
	count(resource: string): number {
		return this.#sinks.get(resource)?.added ?? 0;
	}

	/** The next id with the given prefix: L0000001, L0000002 … */
	id(prefix: string): string {
		const next = (this.#next.get(prefix) ?? 0) + 1;
		this.#next.set(prefix, next);
		return prefix + String(next).padStart(7, '0');
	}

	close(): WrittenResource[] {
		return [...this.#sinks.values()].map((sink) => sink.close());
	}
}

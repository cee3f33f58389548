/** Rows of the extracts while they are simulated: instants and money as numbers, written out by write.ts. */
import { resources } from '../sources/index.ts';
import type { Instant } from './clock.ts';

/** timestamp: seconds in UTC; date: text; decimal: yuan; absent: undefined. */
export type Cell = string | number | boolean | undefined;
export type Row = { [column: string]: Cell; updated_at: Instant };

export class Extracts {
	readonly rows = new Map<string, Row[]>(resources.map((resource) => [`${resource.source}.${resource.name}`, []]));
	readonly #next = new Map<string, number>();

	/** Adds a row to a resource such as "crm.leads". */
	add(resource: string, row: Row): void {
		(this.rows.get(resource) as Row[]).push(row);
	}

	/** The next id with the given prefix: L0000001, L0000002 … */
	id(prefix: string): string {
		const next = (this.#next.get(prefix) ?? 0) + 1;
		this.#next.set(prefix, next);
		return prefix + String(next).padStart(7, '0');
	}
}

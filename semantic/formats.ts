/** Rows in each of the protocol's three shapes, for answers that were looked through row by row before they leave. */
import type { Cell, Row, SemanticQuery } from '../contracts/semantic.ts';

export type Shaped = Row[] | { members: string[]; dataset: Cell[][] } | { members: string[]; columns: Cell[][] };

export function inFormat(rows: Row[], format: SemanticQuery['responseFormat']): Shaped {
	if (format === 'default') return rows;
	const members = Object.keys(rows[0] ?? {});
	const cells = (row: Row) => members.map((member) => row[member] ?? null);
	if (format === 'compact') return { members, dataset: rows.map(cells) };
	return { members, columns: members.map((member) => rows.map((row) => row[member] ?? null)) };
}

/** Spelling of SQL literals and names. Never used for secrets or personal values: those travel as bound data only. */

export function literal(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

export function list(items: readonly string[]): string {
	return items.join(', ');
}

/**
 * Whether a text is one of these; null for null. Not spelled IN: DuckDB makes a join of a longer IN list, and rows that
 * pass a join no longer come out in the order of the file, which says their line.
 */
export function isOneOf(sql: string, values: readonly string[]): string {
	return `(${sql} is not null and list_contains([${list(values.map(literal))}], ${sql}))`;
}

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

/** Aliases that one subquery adds, each an expression over those of earlier ones. */
export type Layer = Record<string, string>;

/** CTEs `l0`, `l1` … over the relation `from`, each with the columns of the one before and those of its layer. */
export function layered(layers: readonly Layer[], from: string): string[] {
	return layers.map((layer, i) => {
		const added = Object.entries(layer).map(([alias, sql]) => `${sql} as ${alias}`);
		return `l${i} as (select *, ${list(added)} from ${i === 0 ? from : `l${i - 1}`})`;
	});
}

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

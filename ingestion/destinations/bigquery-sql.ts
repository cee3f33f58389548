/** Spelling of BigQuery's SQL: names, literals, types, and how a value is rendered as DuckDB renders it. */
import type { RawColumn } from '../core/columns.ts';
import { list } from '../core/sql.ts';

/** JSON's escapes are among GoogleSQL's. Never used for personal values: those travel in files only. */
export function literal(value: string): string {
	return JSON.stringify(value);
}

export function quoted(name: string): string {
	return `\`${name}\``;
}

export function timestamp(instant: Date): string {
	return `timestamp ${literal(instant.toISOString())}`;
}

const TYPES: Record<string, string> = {
	varchar: 'STRING',
	bigint: 'INT64',
	'decimal(18,2)': 'NUMERIC',
	boolean: 'BOOL',
	date: 'DATE',
	timestamp: 'TIMESTAMP',
	double: 'FLOAT64'
};

export function bigQueryType({ name, type }: RawColumn): string {
	const known = TYPES[type];
	if (known === undefined) throw new Error(`Column ${name} has type ${type}, which has no counterpart on BigQuery.`);
	return known;
}

/** Text of a value, letter for letter what DuckDB makes of it: row hashes and cursors are the same in both. */
export function rendered(sql: string, { type }: Pick<RawColumn, 'type'>): string {
	switch (type) {
		case 'varchar':
			return sql;
		case 'decimal(18,2)':
			return `format('%.2f', ${sql})`;
		case 'timestamp':
			return `rtrim(rtrim(format_timestamp('%Y-%m-%d %H:%M:%E6S', ${sql}), '0'), '.')`;
		default:
			return `cast(${sql} as string)`;
	}
}

/** As `rowHash` of core/contract.ts. */
export function rowHash(columns: readonly RawColumn[]): string {
	const parts = columns.map((column) => `coalesce(${rendered(quoted(column.name), column)}, chr(30))`);
	return `to_hex(md5(array_to_string([${list(parts)}], chr(31))))`;
}

/** Equal, or both null, in a form that BigQuery can join by. */
export function sameValues(left: string, right: string, columns: readonly string[]): string {
	const struct = (alias: string) => `to_json_string(struct(${list(columns.map((name) => `${alias}.${quoted(name)} as ${quoted(name)}`))}))`;
	return `${struct(left)} = ${struct(right)}`;
}

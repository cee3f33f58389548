/** The columns that a resource has in schema `raw`: the one place that says how a field is spelled there. */
import { isProtected, type PlainType } from './fields.ts';
import type { Resource, ResourceField } from './resource.ts';

export interface RawColumn {
	name: string;
	/** DuckDB type. */
	type: string;
}

const TYPES: Record<PlainType, string> = {
	text: 'varchar',
	integer: 'bigint',
	decimal: 'decimal(18,2)',
	boolean: 'boolean',
	date: 'date',
	timestamp: 'timestamp'
};

/** Columns of every raw table, after those of its fields. `_line` counts physical lines from 1, the header of a CSV file included. */
export const LANDING_COLUMNS: readonly RawColumn[] = [
	{ name: '_source', type: 'varchar' },
	{ name: '_resource', type: 'varchar' },
	{ name: '_loaded_at', type: 'timestamp' },
	{ name: '_batch_id', type: 'varchar' },
	{ name: '_row_hash', type: 'varchar' },
	{ name: '_file', type: 'varchar' },
	{ name: '_line', type: 'bigint' }
];

/** A plain field is one column; a protected field is its hash, its masked form and its status, never its value. */
export function fieldColumns(field: ResourceField): RawColumn[] {
	if (isProtected(field.type)) {
		return ['hash', 'masked', 'status'].map((part) => ({ name: `${field.name}_${part}`, type: 'varchar' }));
	}
	return [{ name: field.name, type: TYPES[field.type] }];
}

/** Columns that make the key of a record: a protected field takes part in it by its hash. */
export function keyColumns(resource: Resource): string[] {
	return resource.primaryKey
		.flatMap((name) => resource.fields.filter((field) => field.name === name))
		.map(({ name, type }) => (isProtected(type) ? `${name}_hash` : name));
}

export function rawColumns(resource: Resource): RawColumn[] {
	return [...resource.fields.flatMap(fieldColumns), ...LANDING_COLUMNS];
}

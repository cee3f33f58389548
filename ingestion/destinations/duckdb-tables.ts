/** Tables that landing keeps in `raw.duckdb`: one a resource, the logs and state beside them, and the restricted values. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { rawColumns } from '../core/columns.ts';
import { type Resource, rawTable } from '../core/resource.ts';
import { list, quoted } from '../core/sql.ts';
import { RAW_STATE, RESTRICTED_STATE, type StateTable } from '../core/state-tables.ts';

const STATE = [
	'create schema if not exists raw',
	'create schema if not exists restricted',
	...RAW_STATE.map((table) => createTable('raw', table)),
	...RESTRICTED_STATE.map((table) => createTable('restricted', table))
];

function createTable(schema: string, { name, columns }: StateTable): string {
	return `create table if not exists ${schema}.${name} (${list(columns.map((column) => `${column.name} ${column.type}`))})`;
}

/** Creates what is missing and leaves the rest alone; a field that a resource gained since becomes a new, empty column. */
export async function ensureRawTables(connection: DuckDBConnection, resources: readonly Resource[]): Promise<void> {
	await connection.run(STATE.join(';\n'));
	const existing = await existingColumns(connection);
	for (const resource of resources) await ensureTable(connection, resource, existing.get(rawTable(resource)));
}

async function ensureTable(connection: DuckDBConnection, resource: Resource, existing: Set<string> | undefined): Promise<void> {
	const table = `raw.${quoted(rawTable(resource))}`;
	const columns = rawColumns(resource);
	if (!existing) {
		await connection.run(`create table ${table} (${list(columns.map(({ name, type }) => `${quoted(name)} ${type}`))})`);
		return;
	}
	for (const { name, type } of columns) {
		if (!existing.has(name)) await connection.run(`alter table ${table} add column ${quoted(name)} ${type}`);
	}
}

async function existingColumns(connection: DuckDBConnection): Promise<Map<string, Set<string>>> {
	const reader = await connection.runAndReadAll(
		`select table_name, column_name from duckdb_columns() where schema_name = 'raw' and database_name = current_database()`
	);
	const tables = new Map<string, Set<string>>();
	for (const [table, column] of reader.getRows() as [string, string][]) {
		const columns = tables.get(table) ?? new Set();
		tables.set(table, columns.add(column));
	}
	return tables;
}

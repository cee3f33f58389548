/** Tables that landing keeps in `raw.duckdb`: one a resource, the logs and state beside them, and the restricted values. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { rawColumns } from '../core/columns.ts';
import { type Resource, rawTable } from '../core/resource.ts';
import { list, quoted } from '../core/sql.ts';

const STATE = `
	create schema if not exists raw;
	create schema if not exists restricted;
	create table if not exists raw._quarantine (
		_source varchar, _resource varchar, _batch_id varchar, _loaded_at timestamp,
		file varchar, line bigint, column_name varchar, value varchar, reason varchar, payload varchar
	);
	create table if not exists raw._loads (
		batch_id varchar, source varchar, resource varchar, started_at timestamp, finished_at timestamp, status varchar,
		rows_read bigint, rows_landed bigint, rows_changed bigint, rows_duplicate bigint, rows_quarantined bigint, seconds double
	);
	create table if not exists raw._cursors (source varchar, resource varchar, cursor_value varchar, updated_at timestamp);
	create table if not exists raw._files (source varchar, resource varchar, path varchar, fingerprint varchar, rows bigint, batch_id varchar);
	create table if not exists restricted.identifiers (type varchar, hash varchar, value varchar, first_seen_at timestamp);
	create table if not exists restricted.id_key (fingerprint varchar, created_at timestamp);
`;

/** Creates what is missing and leaves the rest alone; a field that a resource gained since becomes a new, empty column. */
export async function ensureRawTables(connection: DuckDBConnection, resources: readonly Resource[]): Promise<void> {
	await connection.run(STATE);
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

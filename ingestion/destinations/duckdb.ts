/** The DuckDB destination: one file, `raw.duckdb`, written by one process at a time. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Resource } from '../core/resource.ts';
import { literal } from '../core/sql.ts';
import { commitLoad } from './duckdb-commit.ts';
import type { Destination, KnownFile } from './destination.ts';
import { ensureRawTables } from './duckdb-tables.ts';

export const RAW_FILE = 'raw.duckdb';
export const SCRATCH_FOLDER = 'tmp';

export interface RawDatabase extends Destination {
	connection: DuckDBConnection;
	close(): void;
}

/**
 * Opens (or creates) the raw database of a home with every table that a resource needs.
 * Instants are naive UTC, so the session is pinned to UTC whatever the machine's zone is.
 */
export async function openRaw(home: string, resources: readonly Resource[]): Promise<RawDatabase> {
	mkdirSync(home, { recursive: true });
	const instance = await DuckDBInstance.create(':memory:', {
		memory_limit: '320MB',
		preserve_insertion_order: 'false',
		temp_directory: join(home, SCRATCH_FOLDER)
	});
	const connection = await instance.connect();
	await connection.run(`set TimeZone = 'UTC'`);
	// Attached under another name: a catalog called "raw" would make every "raw.table" ambiguous.
	await connection.run(`attach ${literal(join(home, RAW_FILE))} as landing`);
	// What is being landed is staged on disk, beside raw.duckdb: memory stays bounded, and nothing of it is left behind.
	const scratch = join(home, SCRATCH_FOLDER);
	mkdirSync(scratch, { recursive: true, mode: 0o700 });
	await connection.run(`attach ${literal(join(scratch, 'scratch.duckdb'))} as scratch`);
	await connection.run('use landing');
	await ensureRawTables(connection, resources);
	return {
		connection,
		knownFiles: (source, resource) => knownFiles(connection, source, resource),
		commit: (load, counts) => commitLoad(connection, load, counts),
		close() {
			connection.closeSync();
			instance.closeSync();
		}
	};
}

async function knownFiles(connection: DuckDBConnection, source: string, resource: string): Promise<KnownFile[]> {
	const reader = await connection.runAndReadAll(
		'select path, fingerprint from raw._files where source = $source and resource = $resource order by path, fingerprint',
		{ source, resource }
	);
	return reader.getRows().map(([path, fingerprint]) => ({ path: path as string, fingerprint: fingerprint as string }));
}

/** The embedded DuckDB in which every load is read, checked and hashed, whatever the warehouse is. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { literal } from '../core/sql.ts';

export const SCRATCH_FOLDER = 'tmp';

export interface Workbench {
	connection: DuckDBConnection;
	/** Folder of files that go when the run ends. */
	scratch: string;
	close(): void;
}

/**
 * Opens a database in memory that stages on disk (`scratch`), so that memory stays bounded.
 * Instants are naive UTC, so the session is pinned to UTC whatever the machine's zone is.
 */
export async function openWorkbench(home: string): Promise<Workbench> {
	const scratch = join(home, SCRATCH_FOLDER);
	mkdirSync(scratch, { recursive: true, mode: 0o700 });
	const instance = await DuckDBInstance.create(':memory:', {
		memory_limit: '256MB',
		preserve_insertion_order: 'false',
		temp_directory: scratch
	});
	const connection = await instance.connect();
	const close = () => {
		connection.closeSync();
		instance.closeSync();
	};
	try {
		await connection.run(`set TimeZone = 'UTC'`);
		// What is being landed is staged on disk, beside what is kept: nothing of it is left behind.
		await connection.run(`attach ${literal(join(scratch, 'scratch.duckdb'))} as scratch`);
	} catch (error) {
		close();
		throw error;
	}
	return { connection, scratch, close };
}

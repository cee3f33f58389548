/** The DuckDB destination: one file, `raw.duckdb`, written by one process at a time. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { IngestError } from '../core/errors.ts';
import type { Resource } from '../core/resource.ts';
import { literal } from '../core/sql.ts';
import type { Erased } from '../core/withhold.ts';
import { commitLoad } from './duckdb-commit.ts';
import type { KnownFile, Landing } from './destination.ts';
import { ensureRawTables } from './duckdb-tables.ts';
import { openWorkbench } from './workbench.ts';

export const RAW_FILE = 'raw.duckdb';

/** Opens (or creates) the raw database of a home with every table that a resource needs. */
export async function openDuckDb(home: string, resources: readonly Resource[]): Promise<Landing> {
	const workbench = await openWorkbench(home);
	const { connection } = workbench;
	try {
		// Attached under another name: a catalog called "raw" would make every "raw.table" ambiguous.
		await connection.run(`attach ${literal(join(home, RAW_FILE))} as landing`);
		// The restricted schema is in it: nobody else on the machine may read it.
		chmodSync(join(home, RAW_FILE), 0o600);
		await connection.run('use landing');
		await ensureRawTables(connection, resources);
	} catch (error) {
		workbench.close();
		throw explained(error, home);
	}
	return {
		...workbench,
		knownFiles: (source, resource) => knownFiles(connection, source, resource),
		sources: async () =>
			(await connection.runAndReadAll('select distinct source from raw._loads order by source'))
				.getRows()
				.map(([source]) => source as string),
		keyFingerprint: (mine) => keyFingerprint(connection, mine),
		erased: (source, resource) => erased(connection, source, resource),
		commit: (load, counts) => commitLoad(connection, load, counts),
		explained: (error) => explained(error, home)
	};
}

async function keyFingerprint(connection: DuckDBConnection, mine: string): Promise<string> {
	const reader = await connection.runAndReadAll('select fingerprint from restricted.id_key');
	const known = reader.getRows()[0]?.[0];
	if (typeof known === 'string') return known;
	await connection.run(`insert into restricted.id_key values (${literal(mine)}, now()::timestamp)`);
	return mine;
}

/** Faults of the disk or the file that people can do something about, as a sentence; others as they are. */
function explained(error: unknown, home: string): unknown {
	if (!(error instanceof Error) || error instanceof IngestError) return error;
	const file = join(home, RAW_FILE);
	if (/No space left/i.test(error.message))
		return new IngestError(`The disk of ${home} is full. Free some space and run ingest again; what was landed before is unharmed.`);
	if (/Conflicting lock/i.test(error.message)) return new IngestError(`${file} is open in another program. Close it and run ingest again.`);
	if (/not a valid DuckDB|storage version|newer version|checksum|corrupt|Could not read enough bytes/i.test(error.message)) {
		return new IngestError(
			`${file} cannot be read (${firstLine(error.message)}). Restore it from a backup, or move it away and land everything again.`
		);
	}
	if (/Permission denied|Cannot open file/i.test(error.message))
		return new IngestError(`${file} may not be written by this user. Change the permissions of ${home}.`);
	if (/Out of Memory/i.test(error.message))
		return new IngestError(`There is not enough memory for this load (${firstLine(error.message)}). Split its files, or free some memory.`);
	return error;
}

function firstLine(message: string): string {
	return message.split('\n')[0] ?? message;
}

async function knownFiles(connection: DuckDBConnection, source: string, resource: string): Promise<KnownFile[]> {
	const reader = await connection.runAndReadAll(
		'select path, fingerprint from raw._files where source = $source and resource = $resource order by path, fingerprint',
		{ source, resource }
	);
	return reader.getRows().map(([path, fingerprint]) => ({ path: path as string, fingerprint: fingerprint as string }));
}

async function erased(connection: DuckDBConnection, source: string, resource: string): Promise<Erased> {
	const identifiers = await connection.runAndReadAll(
		'select type, hash, max(erased_at)::varchar as erased_at from restricted.erased_identifiers group by all'
	);
	const records = await connection.runAndReadAll(
		'select distinct key from restricted.erased_records where source = $source and resource = $resource',
		{ source, resource }
	);
	return {
		identifiers: identifiers.getRowObjects() as unknown as Erased['identifiers'],
		keys: records.getRows().map(([key]) => key as string)
	};
}

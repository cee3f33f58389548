/** One load: the files of one resource from one source, staged, checked, protected and committed, or nothing at all. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Landing } from '../destinations/destination.ts';
import type { ScannedFile, StagedFile } from './scan.ts';
import { completeRows } from './complete.ts';
import { type Hasher, hashValues } from './protect.ts';
import { assertBelowThreshold, collectQuarantine } from './quarantine.ts';
import { type Resource, resourceName } from './resource.ts';
import { Staging } from './staging.ts';
import { type Erased, withholdErased } from './withhold.ts';

export interface ResourceReport {
	/** Name of the source that delivered the rows; a mapped source's own. */
	source: string;
	/** The resource they became, such as "crm.leads". */
	resource: string;
	/** read = landed + duplicate + quarantined */
	rows_read: number;
	rows_landed: number;
	/** Landed rows that are another version of a record already known. */
	rows_changed: number;
	rows_duplicate: number;
	rows_quarantined: number;
	/** Records that the source no longer delivers (disposition replace): a tombstone was written for each. */
	rows_tombstoned: number;
	/** Rows of erased persons: read without their identifiers. */
	rows_withheld: number;
	seconds: number;
	/** Of them, those in which the warehouse took over what was staged. */
	seconds_merge: number;
}

/** A file with the fingerprint of its content and of how it is read. */
export interface FreshFile extends StagedFile {
	fingerprint: string;
}

export interface Load {
	source: string;
	resource: Resource;
	files: readonly FreshFile[];
	/** The same, scanned. */
	scanned: readonly ScannedFile[];
	/** Files (as people know them) whose rows were read in another way before: they are read again, and their former rows go. */
	superseded: readonly string[];
	batchId: string;
	loadedAt: Date;
	startedAt: Date;
	threshold: number;
	scratch: string;
}

export async function runLoad(landing: Landing, load: Load, hash: Hasher): Promise<ResourceReport> {
	const { source, resource } = load;
	const { connection } = landing;
	const staging = new Staging(connection);
	await staging.stage(load.scanned);
	await collectQuarantine(connection, resource, staging.checks);
	const counts = await readCounts(connection);
	await assertBelowThreshold(connection, `${resource.source}.${resource.name} from "${source}"`, { ...counts, threshold: load.threshold });
	await hashValues(connection, resource, hash);
	const withheld = await withholdErased(connection, load, await erasedOf(landing, source, resource));
	await completeRows(connection, resource);
	const { landed, changed, tombstoned, mergeSeconds } = await landing.commit(load, counts);
	await connection.run('drop table scratch.staged; drop table scratch.parsed');
	return {
		source,
		resource: resourceName(resource),
		rows_read: counts.read,
		rows_landed: landed,
		rows_changed: changed,
		rows_duplicate: counts.read - counts.quarantined - landed,
		rows_quarantined: counts.quarantined,
		rows_tombstoned: tombstoned,
		rows_withheld: withheld,
		seconds: (Date.now() - load.startedAt.getTime()) / 1000,
		seconds_merge: mergeSeconds
	};
}

async function erasedOf(landing: Landing, source: string, resource: Resource): Promise<Erased> {
	return (await landing.erased?.(source, resourceName(resource))) ?? { identifiers: [], keys: [] };
}

export interface Counts {
	read: number;
	quarantined: number;
}

async function readCounts(connection: DuckDBConnection): Promise<Counts> {
	const reader = await connection.runAndReadAll(`
		select (select count(*) from scratch.parsed where _problem >= 0)::double + (select count(*) from rejects)::double, (select count(*) from quarantined)::double`);
	const [read, quarantined] = reader.getRows()[0] as [number, number];
	return { read, quarantined };
}

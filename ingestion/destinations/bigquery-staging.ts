/** What is checked in the embedded DuckDB on its way to staging tables: Parquet files, and what identifies a load. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fieldColumns, keyColumns, type RawColumn } from '../core/columns.ts';
import type { Load } from '../core/load.ts';
import { hasUnreadable } from '../core/quarantine.ts';
import { resourceName } from '../core/resource.ts';
import { list, literal, quoted } from '../core/sql.ts';
import { QUARANTINE } from '../core/state-tables.ts';

/** A staging table with the file that fills it. */
export interface StagedTable {
	columns: readonly RawColumn[];
	file: string;
	rows: number;
}

export interface StagedLoad {
	/** The same for the same rows of the same files. */
	digest: string;
	/** Good rows, once each; of a resource that is replaced also the keys of bad ones, with `_good` false. */
	rows: StagedTable;
	restricted: StagedTable | undefined;
	quarantined: StagedTable | undefined;
	/** Files of the load, with their rows. */
	files: { shown: string; fingerprint: string; rows: number }[];
	/** Some line could not be read as far as its key, so that nobody knows what is gone. */
	hasUnreadable: boolean;
}

const COPY: RawColumn = { name: '_copy', type: 'bigint' };
const GOOD: RawColumn = { name: '_good', type: 'boolean' };
const PLACE: readonly RawColumn[] = [
	{ name: '_row_hash', type: 'varchar' },
	{ name: '_file', type: 'varchar' },
	{ name: '_line', type: 'bigint' }
];
const IDENTIFIERS: readonly RawColumn[] = ['type', 'hash', 'value'].map((name) => ({ name, type: 'varchar' }));
/** Those that say nothing of the load itself, which the commit adds. */
const QUARANTINED = QUARANTINE.columns.filter(({ name }) => !name.startsWith('_'));

export async function exportStaged(connection: DuckDBConnection, load: Load): Promise<StagedLoad> {
	const write = async (name: string, columns: readonly RawColumn[], query: string): Promise<StagedTable> => {
		const file = join(load.scratch, `${name}.parquet`);
		const { rowsChanged } = await connection.run(
			`copy (select ${list(columns.map(exported))} from (${query})) to ${literal(file)} (format parquet, compression zstd)`
		);
		return { columns, file, rows: rowsChanged };
	};
	const filled = (table: StagedTable) => (table.rows > 0 ? table : undefined);
	const rows = await write('rows', rowColumns(load), rowQuery(load));
	return {
		digest: await digest(connection, load),
		rows,
		restricted: filled(await write('identifiers', IDENTIFIERS, 'from identified')),
		quarantined: filled(await write('quarantined', QUARANTINED, 'from quarantined')),
		files: await countFiles(connection, load),
		hasUnreadable: load.resource.writeDisposition === 'replace' && (await hasUnreadable(connection, load.resource))
	};
}

/** An instant leaves as one: BigQuery would take a naive one for a wall clock without a zone. */
function exported({ name, type }: RawColumn): string {
	return type === 'timestamp' ? `${quoted(name)}::timestamptz as ${quoted(name)}` : quoted(name);
}

function rowColumns({ resource }: Load): RawColumn[] {
	const own = resource.fields.flatMap(fieldColumns);
	const more = { append: [COPY], replace: [GOOD], merge: [] }[resource.writeDisposition];
	return [...own, ...PLACE, ...more];
}

function rowQuery({ resource }: Load): string {
	const once = 'select * from scratch.staged where _row in (select min(_row) from scratch.staged group by _row_hash)';
	switch (resource.writeDisposition) {
		case 'append':
			return 'select *, row_number() over (partition by _file, _row_hash order by _row) as _copy from scratch.staged';
		case 'merge':
			return once;
		case 'replace':
			return `select *, true as _good from (${once}) union all by name
				select distinct ${list(keyColumns(resource).map(quoted))}, false as _good from scratch.parsed where _problem > 0`;
	}
}

async function countFiles(connection: DuckDBConnection, load: Load): Promise<StagedLoad['files']> {
	const reader = await connection.runAndReadAll(`
		select file, sum(rows)::double from (
			select file, rows from staged_files union all select file, 1 from rejects
		) group by file`);
	const rows = new Map(reader.getRows() as [string, number][]);
	return load.files.map(({ shown, fingerprint }) => ({ shown, fingerprint, rows: rows.get(shown) ?? 0 }));
}

/** Whatever order DuckDB read in, the same rows give the same digest. */
async function digest(connection: DuckDBConnection, load: Load): Promise<string> {
	const reader = await connection.runAndReadAll(`
		select (select sum(hash(_row_hash, _file, _line))::varchar from scratch.staged), (select sum(hash(q))::varchar from quarantined q)`);
	const files = load.files.map(({ shown, fingerprint }) => [shown, fingerprint]);
	const parts = [load.source, resourceName(load.resource), files, load.superseded, reader.getRows()];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

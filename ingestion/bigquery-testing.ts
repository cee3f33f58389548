/** Lands the same extracts on DuckDB and on BigQuery, and compares what came of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { config as schema, type ConfigInput } from '../contracts/config.ts';
import { type BigQuerySettings, rawDataset, restrictedDataset } from '../contracts/warehouse.ts';
import { type RawColumn, rawColumns } from './core/columns.ts';
import { rawTable } from './core/resource.ts';
import { list, literal } from './core/sql.ts';
import { RAW_STATE, RESTRICTED_STATE } from './core/state-tables.ts';
import { bigQueryClient } from './destinations/bigquery-client.ts';
import { quoted, rendered } from './destinations/bigquery-sql.ts';
import { ingest, type IngestOptions, type ResourceReport } from './index.ts';
import { ID_KEY, type TestHome } from './testing.ts';

/** Reports without what depends on the clock. */
type Report = Omit<ResourceReport, 'seconds' | 'seconds_merge'>;

let prefixes = 0;
/** A dataset prefix that no other test has. */
export const ownPrefix = () => `t${process.pid}_${prefixes++}`;

/** Milliseconds instead of seconds between the tries of a test. */
export const PATIENCE = { tries: 4, firstWait: 5 };

export interface ComparedTable {
	table: string;
	rows: number;
	columns: number;
	onlyDuckDb: number;
	onlyBigQuery: number;
	example?: unknown;
}

export type Pair = ReturnType<typeof onBoth>;

export function onBoth(settings: BigQuerySettings, brand: TestHome) {
	let runs = 0;
	const options = (more: Partial<IngestOptions>, changed: Partial<ConfigInput>, startedAt: Date): IngestOptions => {
		const config = schema.parse({ ...brand.config, ...changed });
		return {
			home: brand.home,
			config,
			configDir: brand.folder,
			timezone: config.timezone,
			idKey: ID_KEY,
			sources: brand.sources,
			startedAt,
			...more
		};
	};
	const bigQueryHome = join(brand.folder, 'home-bigquery');
	const land = async (more: Partial<IngestOptions> = {}, changed: Partial<ConfigInput> = {}) => {
		const startedAt = new Date(Date.UTC(2026, 10, 23, 1, runs++));
		const duckDb = await ingest(options(more, changed, startedAt));
		const bigQuery = await ingest(options({ ...more, home: bigQueryHome, bigquery: settings, patience: PATIENCE }, changed, startedAt));
		return { duckDb: duckDb.resources.map(timeless), bigQuery: bigQuery.resources.map(timeless) };
	};
	const pair = {
		brand,
		settings,
		bigQueryHome,
		write: (path: string, content: string) => brand.write(path, content),
		land,
		/** Lands on BigQuery only: what the next landing on both finds there already. */
		landOnBigQuery: async () =>
			ingest(options({ home: bigQueryHome, bigquery: settings, patience: PATIENCE }, {}, new Date(Date.UTC(2026, 10, 23, 1, runs)))),
		/** Lands on DuckDB only: what a landing that goes well leaves. */
		landOnDuckDb: async () => ingest(options({}, {}, new Date(Date.UTC(2026, 10, 23, 1, runs++)))),
		/** All that is in both datasets, as text. */
		everything: async () => `${await pair.everythingIn('raw')}\n${await pair.everythingIn('restricted')}`,
		/** Lands, expects no difference at all, and gives the report of the one resource. */
		async landSame(changed: Partial<ConfigInput> = {}): Promise<Report> {
			const { duckDb, bigQuery } = await land({}, changed);
			if (JSON.stringify(duckDb) !== JSON.stringify(bigQuery))
				throw new Error(`Reports differ: ${JSON.stringify(duckDb)} on DuckDB, ${JSON.stringify(bigQuery)} on BigQuery.`);
			const tables = await compareRaw(pair);
			const wrong = tables.filter(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery > 0);
			if (wrong.length > 0) throw new Error(`Tables differ: ${JSON.stringify(wrong, null, '\t')}`);
			return bigQuery[0] as Report;
		},
		async landFailing(more: Partial<IngestOptions> = {}): Promise<{ duckDb: Error; bigQuery: Error }> {
			const startedAt = new Date(Date.UTC(2026, 10, 23, 1, runs++));
			const failing = async (run: IngestOptions): Promise<Error> =>
				ingest(run).then(
					() => new Error('It did not fail.'),
					(error: Error) => error
				);
			return {
				duckDb: await failing(options(more, {}, startedAt)),
				bigQuery: await failing(options({ ...more, home: bigQueryHome, bigquery: settings, patience: PATIENCE }, {}, startedAt))
			};
		},
		async everythingIn(dataset: 'raw' | 'restricted'): Promise<string> {
			const client = bigQueryClient(settings);
			const name = dataset === 'raw' ? rawDataset(settings) : restrictedDataset(settings);
			const [found] = await client.dataset(name).getTables();
			const tables = found.map(({ id }) => id ?? '').filter((id) => !id.startsWith('_staged_'));
			const parts = tables.map((id) => `select ${literal(id)} as name, to_json_string(t) as cells from ${name}.${quoted(id)} t`);
			return JSON.stringify((await client.query(`select * from (${parts.join(' union all ')}) order by name, cells`))[0]);
		},
		dispose: () => brand.dispose()
	};
	return pair;
}

function timeless({ seconds: _, seconds_merge: __, ...report }: ResourceReport): Report {
	return report;
}

/** Columns that say how long something took. */
const TIMES = ['finished_at', 'seconds', 'started_at', 'created_at'];

interface Named {
	schema: 'raw' | 'restricted';
	name: string;
	columns: readonly RawColumn[];
}

function tablesOf(brand: Pick<TestHome, 'sources'>): Named[] {
	const resources = Object.values(brand.sources).flat();
	return [
		...resources.map((resource) => ({ schema: 'raw' as const, name: rawTable(resource), columns: rawColumns(resource) })),
		...RAW_STATE.map((table) => ({ schema: 'raw' as const, ...table })),
		...RESTRICTED_STATE.map((table) => ({ schema: 'restricted' as const, ...table }))
	];
}

/** What two landings at two moments leave otherwise. */
export const MOMENTS = ['_loaded_at', '_batch_id', 'batch_id', 'updated_at', 'first_seen_at'];

/** Every raw and restricted table, all columns but those of the clock (and `except`), each row as often as it is there. */
export async function compareRaw(
	{ brand, settings }: { brand: Pick<TestHome, 'home' | 'sources'>; settings: BigQuerySettings },
	except: readonly string[] = []
): Promise<ComparedTable[]> {
	const tables = tablesOf(brand).map((table) => ({
		...table,
		columns: table.columns.filter(({ name }) => !TIMES.includes(name) && !except.includes(name))
	}));
	const folder = mkdtempSync(join(tmpdir(), 'onelane-compare-'));
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		const file = join(folder, 'rows.ndjson');
		writeFileSync(file, (await rowsOnBigQuery(settings, tables)).map((row) => JSON.stringify(row)).join('\n'));
		await connection.run(`attach ${literal(join(brand.home, 'raw.duckdb'))} as landing (read_only)`);
		await connection.run('use landing');
		await connection.run(
			`create temp table theirs as from read_json(${literal(file)}, format = 'newline_delimited', columns = {name: 'varchar', cells: 'varchar'})`
		);
		const compared: ComparedTable[] = [];
		for (const { schema, name, columns } of tables) {
			const pairs = columns.map((column) => `${literal(column.name)}, "${column.name}"::varchar`);
			const reader = await connection.runAndReadAll(`
				with ours as (select json_object(${list(pairs)})::varchar as cells from ${schema}."${name}"),
					those as (select cells::json::varchar as cells from theirs where name = ${literal(name)}),
					a as (from ours except all from those), b as (from those except all from ours)
				select (select count(*) from ours)::integer, (select count(*) from a)::integer, (select count(*) from b)::integer, (select min(cells) from a), (select min(cells) from b)`);
			const [rows, onlyDuckDb, onlyBigQuery, a, b] = reader.getRows()[0] as [number, number, number, string | null, string | null];
			compared.push({ table: name, rows, columns: columns.length, onlyDuckDb, onlyBigQuery, ...(a || b ? { example: [a, b] } : {}) });
		}
		return compared;
	} finally {
		connection.closeSync();
		instance.closeSync();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Every row of the tables as JSON, each value as the text that DuckDB makes of it. */
async function rowsOnBigQuery(settings: BigQuerySettings, tables: readonly Named[]): Promise<{ name: string; cells: string }[]> {
	const parts = tables.map(({ schema, name, columns }) => {
		const dataset = schema === 'raw' ? rawDataset(settings) : restrictedDataset(settings);
		const values = columns.map((column) => `${rendered(quoted(column.name), column)} as ${quoted(column.name)}`);
		return `select ${literal(name)} as name, to_json_string(struct(${list(values)})) as cells from ${dataset}.${quoted(name)}`;
	});
	const [rows] = await bigQueryClient(settings).query(parts.join(' union all '));
	return rows as { name: string; cells: string }[];
}

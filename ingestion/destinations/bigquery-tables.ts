/** Datasets and tables that landing keeps on BigQuery: made when missing, refused when somebody changed them. */
import type { BigQuery } from '@google-cloud/bigquery';
import { elsewhere } from '../../contracts/bigquery-errors.ts';
import { type BigQuerySettings, rawDataset, restrictedDataset } from '../../contracts/warehouse.ts';
import { type RawColumn, rawColumns } from '../core/columns.ts';
import { IngestError } from '../core/errors.ts';
import { type Resource, rawTable } from '../core/resource.ts';
import { list } from '../core/sql.ts';
import { RAW_STATE, RESTRICTED_STATE } from '../core/state-tables.ts';
import type { ClientError } from './bigquery-errors.ts';
import type { Jobs, Row } from './bigquery-jobs.ts';
import { bigQueryType, literal, quoted } from './bigquery-sql.ts';

/** Most columns that BigQuery clusters by. */
const CLUSTERED_BY = 4;
/** Statements of a script: far below what BigQuery takes. */
const STATEMENTS = 100;

interface Table {
	dataset: string;
	name: string;
	columns: readonly RawColumn[];
	/** What follows the columns: partitions and clusters. */
	layout: string;
}

/** Columns that landing ever made: tells a column that is new in a resource from one that somebody took away. */
const COLUMNS = '_columns';
/** One row, moved by each load in its transaction, so that no two loads are committed side by side. */
export const HEAD = '_head';

export function placeOf(settings: BigQuerySettings, dataset: string, table: string): string {
	return quoted(`${settings.project}.${dataset}.${table}`);
}

/** A dataset in the right place, made when it is missing. @throws IngestError when it is somewhere else */
export async function ensureDatasets(client: BigQuery, jobs: Jobs, settings: BigQuerySettings): Promise<void> {
	for (const name of [rawDataset(settings), restrictedDataset(settings)]) {
		const dataset = client.dataset(name);
		const found = await jobs.call(async () => {
			try {
				const [metadata] = (await dataset.getMetadata()) as unknown as [{ location?: string }];
				return metadata.location;
			} catch (error) {
				if ((error as ClientError).code !== 404 || !/not found: dataset/i.test((error as Error).message)) throw error;
				await client.createDataset(name, { location: settings.location });
				return settings.location;
			}
		});
		const wrong = elsewhere(name, found, settings);
		if (wrong !== null) throw new IngestError(wrong);
	}
}

/** @throws IngestError when a table or column is gone, or of another type */
export async function ensureTables(jobs: Jobs, settings: BigQuerySettings, resources: readonly Resource[]): Promise<void> {
	const raw = rawDataset(settings);
	const place = (dataset: string, table: string) => placeOf(settings, dataset, table);
	const { existing, made } = await found(jobs, settings, [raw, restrictedDataset(settings)]);
	const statements: string[] = [];
	const remember: string[] = [];
	for (const table of tablesOf(settings, resources)) {
		const path = `${table.dataset}.${table.name}`;
		const present = existing.get(path);
		refuseDrift(table, present, made ?? new Set(), 'run ingest again. Nothing was landed.');
		if (!present)
			statements.push(
				`create table if not exists ${place(table.dataset, table.name)} (${list(table.columns.map(declared))}) ${table.layout}`
			);
		for (const column of table.columns) {
			if (present && !present.has(column.name))
				statements.push(`alter table ${place(table.dataset, table.name)} add column if not exists ${declared(column)}`);
			if (!made?.has(`${path}.${column.name}`)) remember.push(`${path}.${column.name}`);
		}
	}
	const memory = place(raw, COLUMNS);
	if (!made) statements.unshift(`create table if not exists ${memory} (path STRING)`);
	if (!existing.has(`${raw}.${HEAD}`)) {
		// Made with its row in one statement: two of these side by side leave one row.
		statements.push(`create table if not exists ${place(raw, HEAD)} as select 0 as load_number, cast(null as string) as batch_id`);
	}
	if (remember.length > 0) statements.push(`insert into ${memory} (path) values ${list(remember.map((path) => `(${literal(path)})`))}`);
	for (let at = 0; at < statements.length; at += STATEMENTS) await jobs.rows(statements.slice(at, at + STATEMENTS).join(';\n'));
}

/** Whether what was landed is still as landing made it, for whoever builds from it. @throws IngestError that names the table and column */
export async function checkTables(jobs: Jobs, settings: BigQuerySettings, resources: readonly Resource[]): Promise<void> {
	const raw = rawDataset(settings);
	const { existing, made } = await found(jobs, settings, [raw]);
	for (const table of tablesOf(settings, resources).filter(({ dataset }) => dataset === raw)) {
		const path = `${raw}.${table.name}`;
		const present = existing.get(path);
		refuseDrift(table, present, made ?? new Set(), 'run refresh again. Nothing was built, and the last good version stays.');
		const missing = table.columns.find(({ name }) => !present?.has(name));
		if (missing)
			throw new IngestError(`Column ${missing.name} of table ${path} is new in this release: run "onelane ingest" once, which adds it.`);
	}
}

/** Tables of some datasets with the types of their columns, and the columns that landing ever made; undefined: it never kept them yet. */
async function found(jobs: Jobs, settings: BigQuerySettings, datasets: readonly string[]) {
	const columnsOf = (dataset: string) =>
		`select ${literal(dataset)} as dataset, table_name, column_name, data_type from ${placeOf(settings, dataset, 'INFORMATION_SCHEMA.COLUMNS')}`;
	const existing = described(await jobs.rows(datasets.map(columnsOf).join(' union all ')));
	const raw = rawDataset(settings);
	const made = existing.has(`${raw}.${COLUMNS}`)
		? new Set((await jobs.rows(`select path from ${placeOf(settings, raw, COLUMNS)}`)).map(({ path }) => path as string))
		: undefined;
	return { existing, made };
}

/** @throws IngestError when somebody took the table or one of its columns away, or changed a type */
function refuseDrift(table: Table, present: Map<string, string> | undefined, made: ReadonlySet<string>, then: string): void {
	const path = `${table.dataset}.${table.name}`;
	const mend = `Bring it back as it was (BigQuery keeps seven days of a table), and ${then}`;
	for (const column of table.columns) {
		const type = present?.get(column.name);
		const wasMade = made.has(`${path}.${column.name}`);
		if (!present && wasMade) throw new IngestError(`Table ${path} is gone from the warehouse, with what was landed in it. ${mend}`);
		if (present && type === undefined && wasMade)
			throw new IngestError(`Column ${column.name} of table ${path} is gone from the warehouse, with what was landed in it. ${mend}`);
		if (type !== undefined && type !== bigQueryType(column))
			throw new IngestError(
				`Column ${column.name} of table ${path} is ${type} in the warehouse and must be ${bigQueryType(column)}. ${mend}`
			);
	}
}

/** Types of columns by name, by table. */
function described(rows: readonly Row[]): Map<string, Map<string, string>> {
	const tables = new Map<string, Map<string, string>>();
	for (const { dataset, table_name: table, column_name: column, data_type: type } of rows as Record<string, string>[]) {
		const path = `${dataset}.${table}`;
		const columns = tables.get(path) ?? new Map<string, string>();
		tables.set(path, columns.set(column ?? '', type ?? ''));
	}
	return tables;
}

function tablesOf(settings: BigQuerySettings, resources: readonly Resource[]): Table[] {
	const raw = rawDataset(settings);
	const byDay = 'partition by date(_loaded_at)';
	return [
		...RAW_STATE.map(({ name, columns }) => ({
			dataset: raw,
			name,
			columns,
			layout: columns.some((column) => column.name === '_loaded_at') ? byDay : ''
		})),
		...RESTRICTED_STATE.map(({ name, columns }) => ({
			dataset: restrictedDataset(settings),
			name,
			columns,
			layout: name === 'identifiers' ? 'cluster by type, hash' : ''
		})),
		...resources.map((resource) => ({
			dataset: raw,
			name: rawTable(resource),
			columns: rawColumns(resource),
			layout: `${byDay} cluster by ${list(['_source', ...resource.primaryKey].slice(0, CLUSTERED_BY).map(quoted))}`
		}))
	];
}

const declared = (column: RawColumn) => `${quoted(column.name)} ${bigQueryType(column)}`;

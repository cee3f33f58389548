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
	const restricted = restrictedDataset(settings);
	const place = (dataset: string, table: string) => placeOf(settings, dataset, table);
	const columnsOf = (dataset: string) =>
		`select ${literal(dataset)} as dataset, table_name, column_name, data_type from ${place(dataset, 'INFORMATION_SCHEMA.COLUMNS')}`;
	const existing = described(await jobs.rows(`${columnsOf(raw)} union all ${columnsOf(restricted)}`));
	const memory = place(raw, COLUMNS);
	const remembers = existing.has(`${raw}.${COLUMNS}`);
	const made = new Set(remembers ? (await jobs.rows(`select path from ${memory}`)).map(({ path }) => path as string) : []);
	const statements: string[] = [];
	const remember: string[] = [];
	for (const table of tablesOf(settings, resources)) {
		const path = `${table.dataset}.${table.name}`;
		const present = existing.get(path);
		if (!present && table.columns.some(({ name }) => made.has(`${path}.${name}`))) throw goneTable(path);
		if (!present)
			statements.push(
				`create table if not exists ${place(table.dataset, table.name)} (${list(table.columns.map(declared))}) ${table.layout}`
			);
		for (const column of table.columns) {
			const type = present?.get(column.name);
			if (present && type === undefined) {
				if (made.has(`${path}.${column.name}`)) throw goneColumn(path, column);
				statements.push(`alter table ${place(table.dataset, table.name)} add column if not exists ${declared(column)}`);
			} else if (type !== undefined && type !== bigQueryType(column)) throw otherType(path, column, type);
			if (!made.has(`${path}.${column.name}`)) remember.push(`${path}.${column.name}`);
		}
	}
	if (!remembers) statements.unshift(`create table if not exists ${memory} (path STRING)`);
	if (!existing.has(`${raw}.${HEAD}`)) {
		// Made with its row in one statement: two of these side by side leave one row.
		statements.push(`create table if not exists ${place(raw, HEAD)} as select 0 as load_number, cast(null as string) as batch_id`);
	}
	if (remember.length > 0) statements.push(`insert into ${memory} (path) values ${list(remember.map((path) => `(${literal(path)})`))}`);
	for (let at = 0; at < statements.length; at += STATEMENTS) await jobs.rows(statements.slice(at, at + STATEMENTS).join(';\n'));
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

const MEND = 'Bring it back as it was (BigQuery keeps seven days of a table), and run ingest again. Nothing was landed.';

function goneTable(path: string): IngestError {
	return new IngestError(`Table ${path} is gone from the warehouse, with what was landed in it. ${MEND}`);
}

function goneColumn(path: string, { name }: RawColumn): IngestError {
	return new IngestError(`Column ${name} of table ${path} is gone from the warehouse, with what was landed in it. ${MEND}`);
}

function otherType(path: string, column: RawColumn, type: string): IngestError {
	return new IngestError(`Column ${column.name} of table ${path} is ${type} in the warehouse and must be ${bigQueryType(column)}. ${MEND}`);
}

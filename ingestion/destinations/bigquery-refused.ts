/** A load job that BigQuery refused, said in terms of the file that the rows came from. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { IngestError } from '../core/errors.ts';
import type { Load } from '../core/load.ts';
import { rawTable } from '../core/resource.ts';
import { literal } from '../core/sql.ts';
import { isPassing, type JobError } from './bigquery-errors.ts';
import type { StagedTable } from './bigquery-staging.ts';

const ROW = /\b(?:row|line|record)(?: number| index)?s?:? #?(\d+)/i;
const COLUMN = /\b(?:field|column)(?: name)?:? ['"`]?([A-Za-z_]\w*)['"`]?/i;
const SHOWN = 3;

/** The rows by name; an error that may pass by itself stays as it is. */
export async function refusedRows(connection: DuckDBConnection, error: JobError, load: Load, table: StagedTable): Promise<Error> {
	if (isPassing(error) || error.reason !== 'invalid') return error;
	const messages = [...new Set([...error.items.map(({ message }) => message ?? ''), error.message].filter((message) => message !== ''))];
	const places: string[] = [];
	for (const message of messages.slice(0, SHOWN))
		places.push(`${await placeOf(connection, message, load, table)}${message.replace(/\.$/, '')}`);
	return new IngestError(
		`BigQuery refused rows for table ${rawTable(load.resource)} from "${load.source}" (job ${error.jobId}): ${places.join('; ')}. ` +
			'Nothing of this load was landed. Correct the rows in the file, and run ingest again.'
	);
}

/** BigQuery counts rows of the Parquet file from 1. */
async function placeOf(connection: DuckDBConnection, message: string, load: Load, table: StagedTable): Promise<string> {
	const row = ROW.exec(message)?.[1];
	const column = COLUMN.exec(message)?.[1];
	const named = column !== undefined && table.columns.some(({ name }) => name === column) ? `column ${column}: ` : '';
	if (row === undefined || !table.columns.some(({ name }) => name === '_line')) return named;
	const reader = await connection.runAndReadAll(
		`select _file, _line::integer from read_parquet(${literal(table.file)}, file_row_number = true) where file_row_number = ${Number(row) - 1}`
	);
	const [found] = reader.getRows() as [string, number][];
	return found ? `${found[0]}, line ${found[1]}, ${named}` : named;
}

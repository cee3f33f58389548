/** Brings a table of BigQuery into a local DuckDB: its rows as lines of JSON, its types from its schema. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TableField } from '@google-cloud/bigquery';
import { PipelineError } from '../errors.ts';
import { type Client, plain } from './bigquery-client.ts';

const TYPES: Record<string, string> = {
	STRING: 'varchar',
	INTEGER: 'bigint',
	INT64: 'bigint',
	FLOAT: 'double',
	FLOAT64: 'double',
	BOOLEAN: 'boolean',
	BOOL: 'boolean',
	DATE: 'date',
	TIMESTAMP: 'timestamp'
};

/** DuckDB's type for a column of BigQuery. */
export function localType({ name, type, precision, scale }: TableField): string {
	if (type === 'NUMERIC') return `decimal(${precision ?? 38}, ${scale ?? (precision ? 0 : 9)})`;
	const known = TYPES[type ?? ''];
	if (known === undefined)
		throw new PipelineError(`Column ${name} has the type ${type} of BigQuery, which no mart has: run "onelane refresh".`);
	return known;
}

export async function fetchTable(client: Client, dataset: string, name: string, into: (sql: string) => Promise<void>): Promise<void> {
	const table = client.bigquery.dataset(dataset).table(name);
	const [metadata] = (await client.doing(`read ${dataset}.${name}`, () => table.getMetadata())) as unknown as [
		{ schema: { fields: TableField[] } }
	];
	const folder = mkdtempSync(join(tmpdir(), 'onelane-fetch-'));
	const file = join(folder, 'rows.json');
	const lines = new Transform({
		writableObjectMode: true,
		transform: (row: Record<string, unknown>, _, done) =>
			done(null, `${JSON.stringify(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])))}\n`)
	});
	try {
		await client.doing(`read ${dataset}.${name}`, () =>
			pipeline(table.createReadStream({ wrapIntegers: false }), lines, createWriteStream(file))
		);
		const columns = metadata.schema.fields.map((field) => `'${field.name}': '${localType(field)}'`).join(', ');
		await into(`create table mart as select * from read_json('${file}', format = 'newline_delimited', columns = {${columns}})`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Writes one mart of the served version to a file. Marts hold no plain personal values, so neither does the file. */
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Context } from './context.ts';
import { PipelineError, UsageError } from './errors.ts';
import { readPointer } from './state.ts';
import { warehouseFor } from './warehouse/index.ts';

const FORMATS: Record<string, string> = { csv: '(format csv, header)', parquet: '(format parquet)' };

/** @throws PipelineError when nothing is served, or the mart is unknown; UsageError for an unknown format */
export async function exportMart(
	context: Context,
	mart: string,
	format: string,
	file: string
): Promise<{ file: string; rows: number; version: string }> {
	const how = FORMATS[format];
	if (how === undefined) throw new UsageError(`Format "${format}" is unknown: choose csv or parquet.`);
	const { home } = context;
	const pointer = readPointer(home);
	if (pointer === null) throw new PipelineError(`Nothing is published in ${home} yet: run "onelane refresh".`);
	if (!existsSync(dirname(file))) throw new PipelineError(`The folder ${dirname(file)} does not exist: make it first.`);
	const warehouse = warehouseFor(context, pointer);
	const names = await warehouse.marts(pointer);
	if (!names.includes(mart)) throw new PipelineError(`There is no mart "${mart}": choose one of ${names.join(', ')}.`);
	const instance = await DuckDBInstance.create(':memory:');
	try {
		const connection = await instance.connect();
		await warehouse.fetchMart(pointer, mart, async (sql) => void (await connection.run(sql)));
		const part = `${file}.part`;
		await connection.run(`copy (select * from mart order by all) to '${part.replaceAll("'", "''")}' ${how}`);
		const counted = await connection.runAndReadAll('select count(*) from mart');
		connection.closeSync();
		renameSync(part, file);
		return { file, rows: Number(counted.getRows()[0]?.[0] ?? 0), version: pointer.version };
	} finally {
		instance.closeSync();
	}
}

/** Writes one mart of the served version to a file. Marts hold no plain personal values, so neither does the file. */
import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { PipelineError, UsageError } from './errors.ts';
import { readPointer } from './state.ts';

const FORMATS: Record<string, string> = { csv: '(format csv, header)', parquet: '(format parquet)' };

/** @throws PipelineError when nothing is served, or the mart is unknown; UsageError for an unknown format */
export async function exportMart(
	home: string,
	mart: string,
	format: string,
	file: string
): Promise<{ file: string; rows: number; version: string }> {
	const how = FORMATS[format];
	if (how === undefined) throw new UsageError(`Format "${format}" is unknown: choose csv or parquet.`);
	const pointer = readPointer(home);
	if (pointer === null) throw new PipelineError(`Nothing is published in ${home} yet: run "onelane refresh".`);
	if (!existsSync(dirname(file))) throw new PipelineError(`The folder ${dirname(file)} does not exist: make it first.`);
	const instance = await DuckDBInstance.create(join(home, pointer.file), { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const known = await connection.runAndReadAll(
			"select table_name from information_schema.tables where table_schema = 'marts' order by 1"
		);
		const names = known.getRows().map(([name]) => String(name));
		if (!names.includes(mart)) throw new PipelineError(`There is no mart "${mart}": choose one of ${names.join(', ')}.`);
		const part = `${file}.part`;
		await connection.run(`copy (select * from marts."${mart}" order by all) to '${part.replaceAll("'", "''")}' ${how}`);
		const counted = await connection.runAndReadAll(`select count(*) from marts."${mart}"`);
		connection.closeSync();
		renameSync(part, file);
		return { file, rows: Number(counted.getRows()[0]?.[0] ?? 0), version: pointer.version };
	} finally {
		instance.closeSync();
	}
}

/** Landing against a bare read of the same files into a table, which does nothing of what landing does. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { IngestReport } from '../ingestion/index.ts';
import type { Figure } from './budgets.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Seconds to read every extract of the folder, one table a resource. */
export async function bareRead(folder: string): Promise<number> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	await connection.run('set preserve_insertion_order = false');
	const began = Date.now();
	for (const files of filesByResource(folder)) {
		const list = `[${files.map(quoted).join(', ')}]`;
		const read = files[0]?.includes('.csv')
			? `read_csv(${list}, union_by_name = true, ignore_errors = true)`
			: `read_json(${list}, format = 'newline_delimited', union_by_name = true, ignore_errors = true)`;
		await connection.run(`create or replace table landed as select * from ${read}`);
	}
	const seconds = (Date.now() - began) / 1000;
	connection.closeSync();
	instance.closeSync();
	return seconds;
}

function filesByResource(folder: string): string[][] {
	const groups = new Map<string, string[]>();
	for (const source of readdirSync(folder)) {
		for (const name of readdirSync(join(folder, source))) {
			const path = join(folder, source, name);
			if (!statSync(path).isFile()) continue;
			const key = `${source}/${name.replace(/[-.].*$/, '')}${name.includes('.csv') ? '' : ':json'}`;
			groups.set(key, [...(groups.get(key) ?? []), path]);
		}
	}
	return [...groups.values()];
}

export function landingFigures(size: string, report: IngestReport, bare: number, again: IngestReport, peak: number): Figure[] {
	const rows = report.resources.reduce((sum, resource) => sum + resource.rows_read, 0);
	return [
		{
			group: 'landing',
			what: `${size}: rows landed a second`,
			value: rows / report.seconds,
			unit: 'rows/s',
			budget: null,
			note: `${rows.toLocaleString('en')} rows in ${report.seconds.toFixed(1)} s`
		},
		{
			group: 'landing',
			what: `${size}: speed of a bare read`,
			value: bare / report.seconds,
			unit: 'ratio',
			budget: { least: 0.2 },
			note: `bare read ${bare.toFixed(1)} s`
		},
		{ group: 'landing', what: `${size}: the same files again`, value: again.seconds, unit: 's', budget: null },
		{ group: 'landing', what: `${size}: peak memory`, value: peak, unit: 'MB', budget: { most: 800 } }
	];
}

/** Finishes an unpublished file: test results written, staging dropped, how far its data reaches read, file checkpointed. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { TestResult } from '../run-results.ts';
import { dataDaysOf, DAYS_OF_FACTS, type Freshness, type Reach } from './warehouse.ts';

const literal = (value: string | number | null) =>
	value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** @param file the unpublished version's file; nobody else has it open */
export async function sealFile(file: string, tests: readonly TestResult[]): Promise<Reach> {
	const instance = await DuckDBInstance.create(file);
	try {
		const connection = await instance.connect();
		await connection.run("set timezone = 'UTC'");
		await connection.run('create schema if not exists marts');
		await connection.run('drop table if exists marts.rpt_test_results');
		await connection.run(
			'create table marts.rpt_test_results (test_name varchar, model varchar, status varchar, failures bigint, ran_at timestamp)'
		);
		if (tests.length > 0) {
			const rows = tests.map(
				(test) => `(${[test.test_name, test.model, test.status, test.failures, test.ran_at].map(literal).join(', ')})`
			);
			await connection.run(`insert into marts.rpt_test_results values ${rows.join(', ')}`);
		}
		// Its views point at raw, which readers of a version never see.
		await connection.run('drop schema if exists staging cascade');
		await connection.run('drop schema if exists slices cascade');
		const freshness = await readFreshness(connection);
		await connection.run("set schema = 'marts'");
		const [ends] = (await connection.runAndReadAll(DAYS_OF_FACTS)).getRowObjects();
		await connection.run('checkpoint');
		connection.closeSync();
		return { freshness, days: dataDaysOf(ends) };
	} finally {
		instance.closeSync();
	}
}

async function readFreshness(connection: Awaited<ReturnType<DuckDBInstance['connect']>>): Promise<Freshness> {
	const known = await connection.runAndReadAll(
		"select 1 from information_schema.tables where table_schema = 'marts' and table_name = 'rpt_source_freshness'"
	);
	if (known.getRows().length === 0) return [];
	const iso = (column: string) => `strftime(max(${column}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
	const reader = await connection.runAndReadAll(
		`select source, ${iso('loaded_at')} as loaded_at, ${iso('data_until')} as data_until from marts.rpt_source_freshness where loaded_at is not null group by source order by source`
	);
	return reader.getRowObjects().map((row) => ({
		source: String(row['source']),
		loaded_at: String(row['loaded_at']),
		data_until: row['data_until'] === null ? null : String(row['data_until'])
	}));
}

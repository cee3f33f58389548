/** Rows that arrive in any order: what an increment makes of them is what a whole build makes of all, in every table, to the last cell. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, test } from 'vitest';
import type { Pointer } from '../../contracts/pointer.ts';
import { loadConfig } from '../config.ts';
import { ROOT, readContext } from '../context.ts';
import { refresh } from '../refresh.ts';
import { readPointer } from '../state.ts';
import { demo } from './support.ts';

const fileOf = (version: Pointer | undefined) => (version && 'file' in version ? version.file : '');
const scratch = mkdtempSync(join(tmpdir(), 'onelane-increments-'));
/** Kept by increments beside the marts, and read by the next one. */
const KEPT = [
	'int_increment__members',
	'int_web__sessions',
	'int_identity__blocked',
	'int_leads__captures_grouped',
	'int_activities__placed'
];
/** Tell of loads and builds, which are others here: built whole each time, from what is compared. */
const OF_LOADS = ['rpt_quarantine', 'rpt_source_freshness', 'rpt_test_results'];
/** Percent of all rows that have arrived after each load; which ones, their hash says. */
const ARRIVED = [99.2, 100];

describe.skipIf(demo === null)('increments', () => {
	const home = join(scratch, 'home');

	afterAll(() => rmSync(scratch, { recursive: true, force: true }));

	test('rows that arrive late and in any order end up as in a whole build, and whatever an increment cannot do is built whole', async () => {
		mkdirSync(home);
		for (const name of ['raw.duckdb', 'secrets', 'versions', 'current.json'])
			cpSync(join(demo?.home ?? '', name), join(home, name), { recursive: true });
		cpSync(join(home, 'raw.duckdb'), join(scratch, 'all.duckdb'));
		const whole = readPointer(home) ?? undefined;
		expect(whole?.built?.increments).toBe(0);
		const loaded = await loadConfig(undefined, ROOT);
		const context = readContext({ ...process.env, ONELANE_HOME: home });
		const lines: string[] = [];
		const again = async () => {
			const progress = { line: (text: string) => lines.push(text), tell: () => undefined };
			return (await refresh({ context, loaded, progress, land: false })).pointer;
		};
		const builtAnew = () => lines.filter((line) => line.includes('built anew')).length;

		// Raw lacks what the served version has seen: no new rows could make up for that.
		await arrive(0);
		expect((await again()).built?.increments).toBe(0);
		expect(builtAnew()).toBe(1);

		await arrive(1);
		const increment = await again();
		expect(increment.built?.increments).toBe(1);
		expect(builtAnew()).toBe(1);
		expect(await differences(fileOf(increment), fileOf(whole))).toEqual([]);
	}, 400_000);

	async function inRaw(sql: string, file: string, others: readonly string[] = []): Promise<Record<string, unknown>[]> {
		const instance = await DuckDBInstance.create(':memory:');
		try {
			const connection = await instance.connect();
			await connection.run(`attach '${join(home, file)}' as one`);
			for (const [index, other] of others.entries()) await connection.run(`attach '${other}' as other_${index} (read_only)`);
			await connection.run('use one');
			const rows = (await connection.runAndReadAll(sql)).getRowObjects();
			connection.closeSync();
			return rows;
		} finally {
			instance.closeSync();
		}
	}

	/** Raw as it is after this load; reference data is there from the first. */
	async function arrive(load: number): Promise<void> {
		rmSync(join(home, 'raw.duckdb'));
		cpSync(join(scratch, 'all.duckdb'), join(home, 'raw.duckdb'));
		const tables = await inRaw(
			"select table_name from duckdb_tables() where database_name = 'one' and schema_name = 'raw' and table_name[1] <> '_' and table_name not like 'reference__%'",
			'raw.duckdb'
		);
		const percent = 'hash(_row_hash) % 1000 / 10.0';
		const batch = `case ${ARRIVED.map((upTo, index) => `when ${percent} < ${upTo} then 'load ${index}'`).join(' ')} end`;
		const statements = tables.flatMap(({ table_name: name }) => [
			`delete from raw."${String(name)}" where ${percent} >= ${ARRIVED[load]}`,
			`update raw."${String(name)}" set _batch_id = ${batch}`
		]);
		const loads = ARRIVED.slice(1, load + 1).map(
			(_, index) => `insert into raw._loads select * replace ('load ${index + 1}' as batch_id) from raw._loads where batch_id = 'load 0'`
		);
		await inRaw([...statements, "update raw._loads set batch_id = 'load 0'", ...loads].join('; '), 'raw.duckdb');
	}

	/** Tables in which two versions differ, with the rows that only one has. */
	async function differences(file: string, other: string): Promise<string[]> {
		const named = await inRaw(
			`select schema_name || '.' || table_name as name from duckdb_tables()
				where database_name = 'one' and (schema_name = 'marts' or table_name in (${KEPT.map((name) => `'${name}'`).join(', ')}))
				and table_name not in (${OF_LOADS.map((name) => `'${name}'`).join(', ')}) order by 1`,
			file
		);
		expect(named.length).toBeGreaterThan(40);
		const found: string[] = [];
		for (const { name } of named) {
			const only = (one: string, two: string) =>
				`(select count(*) from (select * from ${one}.${String(name)} except all select * from ${two}.${String(name)}))`;
			const [row] = await inRaw(`select ${only('one', 'other_0')} + ${only('other_0', 'one')} as rows_differing`, file, [
				join(home, other)
			]);
			if (row?.['rows_differing'] !== 0n) found.push(`${String(name)}: ${String(row?.['rows_differing'])}`);
		}
		return found;
	}
});

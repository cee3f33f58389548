/** The last day of raw, taken away and landed again: what a day's increment has to do. */
import { DuckDBInstance } from '@duckdb/node-api';
import { tablesOf } from './copies.ts';

const BATCH = 'last day';

export interface LastDay {
	/** Rows that were taken away. */
	rows: number;
	/** Lands them, as one load. */
	land(): Promise<void>;
}

/**
 * Takes away every row of the last 24 hours, and turns the cursors back. Reference data stays.
 * @param raw a raw.duckdb that nobody has open
 * @param aside file that is not there yet
 */
export async function holdBackLastDay(raw: string, aside: string): Promise<LastDay> {
	const held = await onRaw(raw, aside, async (run) => {
		const [[end]] = (await run('select max(try_cast(cursor_value as timestamp))::varchar from raw._cursors')) as [[string]];
		const begin = `timestamp '${end}' - interval 1 day`;
		const tables: string[] = [];
		let rows = 0;
		for (const [table, columns] of await run.tables()) {
			if (table.startsWith('_') || table.startsWith('reference__') || !columns.some(({ name }) => name === 'updated_at')) continue;
			tables.push(table);
			await run(
				`create table aside."${table}" as select * replace ('${BATCH}' as _batch_id) from raw."${table}" where updated_at > ${begin}`
			);
			await run(`delete from raw."${table}" where updated_at > ${begin}`);
			const [[count]] = (await run(`select count(*)::double from aside."${table}"`)) as [[number]];
			rows += count;
		}
		await run('create table aside._cursors as select * from raw._cursors');
		await run(`update raw._cursors set cursor_value = least(try_cast(cursor_value as timestamp), ${begin})::varchar`);
		return { tables, rows };
	});
	return {
		rows: held.rows,
		land: () =>
			onRaw(raw, aside, async (run) => {
				for (const table of held.tables) await run(`insert into raw."${table}" select * from aside."${table}"`);
				await run('delete from raw._cursors');
				await run('insert into raw._cursors select * from aside._cursors');
				await run(`insert into raw._loads select * replace ('${BATCH}' as batch_id) from raw._loads limit 1`);
			})
	};
}

interface Run {
	(sql: string): Promise<unknown[][]>;
	tables(): ReturnType<typeof tablesOf>;
}

async function onRaw<T>(raw: string, aside: string, work: (run: Run) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(':memory:');
	try {
		const connection = await instance.connect();
		await connection.run(`attach '${raw}' as landing`);
		await connection.run(`attach '${aside}' as aside`);
		await connection.run('use landing');
		const run = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
		const result = await work(Object.assign(run, { tables: () => tablesOf(connection, 'raw', 'landing') }));
		await connection.run('checkpoint landing');
		connection.closeSync();
		return result;
	} finally {
		instance.closeSync();
	}
}

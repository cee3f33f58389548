/** The rollup tables of a file, as they were built. */
import { ROLLUP_SCHEMA } from '../cube.ts';

interface Reader {
	query: <R>(sql: string, values?: unknown[]) => Promise<R[]>;
}

export async function rollupTables(driver: Reader): Promise<string[]> {
	const rows = await driver.query<{ table_name: string }>(
		'SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name',
		[ROLLUP_SCHEMA]
	);
	return rows.map((row) => row.table_name);
}

/** The rollup tables of a file, as they were built. */
import { ROLLUP_SCHEMA } from '../cube.ts';

interface Reader {
	query: <R>(sql: string, values?: unknown[]) => Promise<R[]>;
}

/** A statement with the tables that there are: Cube plans a rollup without the hashes that end the name of its table. */
export function withBuiltNames(sql: string, built: readonly string[]): string {
	const tables = new Map(built.map((table) => [table.replace(/(?:_[a-z0-9]+){3}$/, ''), table]));
	return sql.replaceAll(new RegExp(`\\b${ROLLUP_SCHEMA}\\.(\\w+)`, 'g'), (whole, planned: string) => {
		const table = tables.get(planned);
		return table ? `${ROLLUP_SCHEMA}."${table}"` : whole;
	});
}

export async function rollupTables(driver: Reader): Promise<string[]> {
	const rows = await driver.query<{ table_name: string }>(
		'SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name',
		[ROLLUP_SCHEMA]
	);
	return rows.map((row) => row.table_name);
}

import type { DuckDBConnection } from '@duckdb/node-api';

/** All of `work` or nothing. @throws what went wrong first: a transaction that DuckDB has ended by itself can't be rolled back once more */
export async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
	await connection.run('begin transaction');
	try {
		const done = await work();
		await connection.run('commit');
		return done;
	} catch (error) {
		await connection.run('rollback').catch(() => undefined);
		throw error;
	}
}

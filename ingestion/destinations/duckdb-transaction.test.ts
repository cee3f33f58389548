import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { inTransaction } from './duckdb-transaction.ts';

test('what went wrong first is what is told, though DuckDB has ended the transaction already, and nothing is kept', async () => {
	const connection = await (await DuckDBInstance.create(':memory:')).connect();
	await connection.run('create table kept (a integer)');
	const ended = async () => {
		await connection.run('insert into kept values (1)');
		await connection.run('rollback');
		throw new Error('No space left on device');
	};
	await expect(inTransaction(connection, ended)).rejects.toThrow('No space left on device');
	await expect(inTransaction(connection, () => connection.run('insert into kept values (1), (error($$stop$$))'))).rejects.toThrow('stop');
	await inTransaction(connection, () => connection.run('insert into kept values (2)'));
	expect((await connection.runAndReadAll('select a from kept')).getRows()).toEqual([[2]]);
	connection.closeSync();
});

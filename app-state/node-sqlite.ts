/** Kysely over `node:sqlite`: what Kysely's own SQLite dialect expects of a database, and transactions that take the write lock first. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
	CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	SqliteAdapter,
	type SqliteDatabase,
	SqliteDriver,
	SqliteIntrospector,
	SqliteQueryCompiler
} from 'kysely';

export function nodeSqliteDialect(database: DatabaseSync): Dialect {
	return {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new ImmediateDriver({ database: asSqliteDatabase(database) }),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler()
	};
}

/** A transaction that reads and then writes would fail, not wait, when another process wrote in between: so it locks when it begins. */
class ImmediateDriver extends SqliteDriver {
	override async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}
}

/** Statements are kept: the same few are asked on every request. */
const KEPT = 200;

function asSqliteDatabase(database: DatabaseSync): SqliteDatabase {
	const kept = new Map<string, StatementSync>();
	const prepare = (sql: string): StatementSync => {
		const known = kept.get(sql);
		if (known) return known;
		const statement = database.prepare(sql);
		if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
		kept.set(sql, statement);
		return statement;
	};
	return {
		close: () => {
			kept.clear();
			database.close();
		},
		prepare: (sql) => {
			const statement = prepare(sql);
			const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...values(parameters)),
				run: (parameters) => statement.run(...values(parameters)),
				iterate: (parameters) => statement.iterate(...values(parameters))
			};
		}
	};
}

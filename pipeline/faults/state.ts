/** What must be true of a home whatever happened to it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readFilePointer } from '../state.ts';

/** Rows of raw, whatever their order and time of landing: table → "rows:digest". */
export async function rawDigest(home: string): Promise<Record<string, string>> {
	const file = join(home, 'raw.duckdb');
	if (!existsSync(file)) return {};
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const tables = await connection.runAndReadAll(
			"select database_name || '.' || schema_name || '.\"' || table_name || '\"' from duckdb_tables() where schema_name in ('raw', 'restricted') and table_name not in ('_loads', '_cursors') order by 1"
		);
		const digest: Record<string, string> = {};
		for (const [name] of tables.getRows()) {
			const columns = `columns(c -> c not in ('_loaded_at', '_batch_id', 'loaded_at', 'batch_id', 'first_seen_at', 'created_at'))`;
			const rows = await connection.runAndReadAll(
				`select count(*) || ':' || coalesce(sum(hash(t)::hugeint), 0) from (select ${columns} from ${String(name)}) as t`
			);
			digest[String(name)] = String(rows.getRows()[0]?.[0]);
		}
		connection.closeSync();
		return digest;
	} finally {
		instance.closeSync();
	}
}

/** Null: what the pointer names can be read. */
export async function servedProblem(home: string): Promise<string | null> {
	try {
		const pointer = readFilePointer(home);
		if (pointer === null) return 'nothing is published';
		const instance = await DuckDBInstance.create(join(home, pointer.file), { access_mode: 'READ_ONLY' });
		const connection = await instance.connect();
		const rows = Number((await connection.runAndReadAll('select count(*) from marts.fct_leads')).getRows()[0]?.[0]);
		connection.closeSync();
		instance.closeSync();
		return rows > 0 ? null : 'the served version holds no leads';
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Files that nothing will ever read or remove. */
export function leftovers(home: string): string[] {
	const versions = existsSync(join(home, 'versions')) ? readdirSync(join(home, 'versions')) : [];
	const orphans = versions.filter((name) => name.endsWith('.duckdb') && !versions.includes(name.replace(/\.duckdb$/, '.json')));
	const beside = [...readdirSync(home), ...versions].filter((name) => /\.new$|\.part$|lock\.\d/.test(name));
	return [...orphans, ...beside];
}

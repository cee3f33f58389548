/** The last step before a load is committed: good rows with the hashes of their identifiers, in the shape that raw has. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldColumns, type RawColumn } from './columns.ts';
import { rowHash } from './contract.ts';
import { HASH, VALUE } from './identifiers.ts';
import { protectedFields } from './protect.ts';
import type { Resource } from './resource.ts';
import { list, literal, quoted } from './sql.ts';

/** Columns of `scratch.staged`: those of raw, but for what all rows of a load share; `_row` is a row's place in the order of files and lines. */
export function stagedColumns(resource: Resource): RawColumn[] {
	return [
		...resource.fields.flatMap(fieldColumns),
		{ name: '_row_hash', type: 'varchar' },
		{ name: '_file', type: 'varchar' },
		{ name: '_line', type: 'bigint' },
		{ name: '_row', type: 'bigint' }
	];
}

/** More than a file has lines. */
const LINES = 10 ** 12;

/** Table `scratch.staged`: the good rows of `scratch.parsed`, in no particular order. */
export async function completeRows(connection: DuckDBConnection, resource: Resource): Promise<void> {
	const columns = stagedColumns(resource);
	const identifiers = protectedFields(resource).map(({ name, type }, n) => ({
		hash: `i${n}.hash as ${quoted(name + HASH)}`,
		join: `left join identified i${n} on i${n}.type = ${literal(type)} and i${n}.value = p.${quoted(name + VALUE)}`
	}));
	const line = 'coalesce(p._line, p.rowid - f.first_row + f.first_line)';
	const place = ['f.file as _file', `${line} as _place`, `f.number * ${LINES}::bigint + ${line} as _row`];
	const hash = rowHash(resource.fields.flatMap(fieldColumns).map(({ name }) => quoted(name)));
	const fields = resource.fields.flatMap(fieldColumns).map(({ name }) => quoted(name));
	await connection.run(`create or replace table scratch.staged (${list(columns.map(({ name, type }) => `${quoted(name)} ${type}`))})`);
	await connection.run(`set force_compression = 'uncompressed'`);
	await connection.run(`
		insert into scratch.staged select ${list([...fields, `${hash} as _row_hash`, '_file', '_place', '_row'])} from (
			select ${list(['p.*', ...identifiers.map(({ hash }) => hash), ...place])} from scratch.parsed p
			join staged_files f on f.number = p._file_number ${identifiers.map(({ join }) => join).join(' ')} where p._problem = 0)`);
	await connection.run(`set force_compression = 'auto'`);
}

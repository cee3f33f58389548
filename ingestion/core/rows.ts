/** Temporary table `ready`: good rows as raw keeps them, identifiers replaced by their hashes, with the hash of the row. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldColumns } from './columns.ts';
import { isProtected } from './fields.ts';
import { MASKED, STATUS, VALUE } from './identifiers.ts';
import type { Resource } from './resource.ts';
import { list, literal, quoted } from './sql.ts';

export async function prepareRows(connection: DuckDBConnection, resource: Resource): Promise<void> {
	const columns: string[] = [];
	const joins: string[] = [];
	resource.fields.forEach(({ name, type }, i) => {
		if (!isProtected(type)) return columns.push(`s.${quoted(name)}`);
		const value = `s.${quoted(name + VALUE)}`;
		joins.push(`left join ids i${i} on i${i}.type = ${literal(type)} and i${i}.value = ${value}`);
		return columns.push(
			`i${i}.hash as ${quoted(`${name}_hash`)}`,
			`s.${quoted(name + MASKED)} as ${quoted(`${name}_masked`)}`,
			`s.${quoted(name + STATUS)} as ${quoted(`${name}_status`)}`
		);
	});
	await connection.run(`create or replace temp table ready as
		select *, ${rowHash(resource)} as _row_hash
		from (
			select s.rowid as _row, f.file as _file, coalesce(s._line, s.rowid - f.first_row + f.first_line) as _line, ${list(columns)}
			from staged s asof join staged_files f on s.rowid >= f.first_row ${joins.join(' ')}
			where s._problem = 0
		)`);
}

const SEPARATOR = 'chr(31)';
const ABSENT = 'chr(30)';

/** Content of a row, without where and when it was landed: two rows with the same hash are the same version. */
export function rowHash(resource: Resource): string {
	const columns = resource.fields.flatMap(fieldColumns).map(({ name }) => `coalesce(${quoted(name)}::varchar, ${ABSENT})`);
	return `md5(concat_ws(${SEPARATOR}, ${list(columns)}))`;
}

/**
 * Rows of erased persons that a source delivers again: they are landed as erasing left them, without identifiers. So their
 * content is what raw has already, and the same extract changes nothing.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { HASH, MASKED, STATUS, VALUE } from './identifiers.ts';
import type { Load } from './load.ts';
import { protectedFields } from './protect.ts';
import type { Resource } from './resource.ts';
import { rewriteWithout } from './rewrite.ts';
import { literal, quoted } from './sql.ts';

export interface Erased {
	/** `erased_at`: naive UTC. What the person gives anew after it is landed as anybody's. */
	identifiers: { type: string; hash: string; erased_at: string }[];
	/** Keys of erased records of the resource, see {@link keyText}: they stay erased however often they change. */
	keys: string[];
}

/** Columns that an erased row no longer has. */
export const erasedColumns = (resource: Resource, parts: readonly string[] = [HASH, MASKED, STATUS]) =>
	protectedFields(resource).flatMap(({ name }) => parts.map((part) => quoted(name + part)));

/** The key of a row as one text. */
export function keyText(resource: Resource, alias: string): string {
	return `concat_ws(chr(31), ${resource.primaryKey.map((key) => `coalesce(${alias}.${quoted(key)}::varchar, chr(30))`).join(', ')})`;
}

/** Takes identifiers out of `scratch.parsed`, `identified` and the kept extracts where they are erased. @returns how many rows that were */
export async function withholdErased(connection: DuckDBConnection, { resource, files }: Load, erased: Erased): Promise<number> {
	const fields = protectedFields(resource);
	if (fields.length === 0 || (erased.identifiers.length === 0 && erased.keys.length === 0)) return 0;
	await connection.run('create or replace temp table erased_identifiers (type varchar, hash varchar, erased_at timestamp)');
	await connection.run('create or replace temp table erased_keys (key varchar)');
	await connection.run(
		`insert into erased_identifiers select e.type, e.hash, e.erased_at from (select unnest(from_json($json, '[{"type":"VARCHAR","hash":"VARCHAR","erased_at":"TIMESTAMP"}]')) as e)`,
		{ json: JSON.stringify(erased.identifiers) }
	);
	await connection.run(`insert into erased_keys select unnest(from_json($json, '["VARCHAR"]'))`, { json: JSON.stringify(erased.keys) });
	const known = fields.map(
		({ name, type }) => `exists (select 1 from identified i join erased_identifiers e on e.type = i.type and e.hash = i.hash
			where i.type = ${literal(type)} and i.value = p.${quoted(name + VALUE)} and p.${quoted(resource.cursor)} <= e.erased_at)`
	);
	const named = resource.primaryKey.length > 0 ? [`${keyText(resource, 'p')} in (select key from erased_keys)`] : [];
	await connection.run(
		`create or replace temp table withheld as select p.rowid as _row from scratch.parsed p where p._problem = 0 and (${[...named, ...known].join(' or ')})`
	);
	const places = await connection.runAndReadAll(`
		select f.path, f.file, coalesce(p._line, p.rowid - f.first_row + f.first_line)::integer from scratch.parsed p
		join withheld w on w._row = p.rowid join staged_files f on f.number = p._file_number`);
	await takeOut(places.getRows() as [string, string, number][], files);
	const columns = erasedColumns(resource, [VALUE, MASKED, STATUS]);
	const changed = await connection.run(
		`update scratch.parsed set ${columns.map((column) => `${column} = null`).join(', ')} where rowid in (select _row from withheld)`
	);
	const held = fields.map(
		({ name, type }) =>
			`exists (select 1 from scratch.parsed p where p._problem = 0 and i.type = ${literal(type)} and p.${quoted(name + VALUE)} = i.value)`
	);
	if (changed.rowsChanged > 0) await connection.run(`delete from identified i where not (${held.join(' or ')})`);
	await connection.run('drop table withheld; drop table erased_identifiers; drop table erased_keys');
	return changed.rowsChanged;
}

/** What is read may be a clean copy of what is kept; then the name that people know leads to it. */
async function takeOut(places: [path: string, shown: string, line: number][], files: Load['files']): Promise<void> {
	for (const [path, found] of Map.groupBy(places, ([path]) => path)) {
		const named = files.filter(({ shown }) => shown === found[0]?.[1]);
		const kept = files.find((file) => file.path === path) ?? (named.length === 1 ? named[0] : undefined);
		if (kept) await rewriteWithout(kept, new Set(found.map(([, , line]) => line)), []);
	}
}

/**
 * Hashes of identifiers, over distinct values. The key stays in this process: values come out of SQL in large texts and
 * their hashes go back the same way, because every single value that crosses the border costs more than its hash.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Destination } from '../destinations/destination.ts';
import { IngestError } from './errors.ts';
import { isProtected, type ProtectedType } from './fields.ts';
import { hmacSha256 } from './hmac.ts';
import { VALUE } from './identifiers.ts';
import type { Resource, ResourceField } from './resource.ts';
import { literal, quoted } from './sql.ts';

/** Values in one crossing: a megabyte or two of text, so that little waits to be collected. */
const BATCH = 16_000;

/** The hash of a value of some type: HMAC-SHA-256 over `<type>:<value>` in hex. */
export type Hasher = (typed: string) => string;

/** Temporary table `identified` (type, value, hash): every identifier in the good rows of `scratch.parsed`, once. */
export async function hashValues(connection: DuckDBConnection, resource: Resource, hash: Hasher): Promise<void> {
	await connection.run('create or replace temp table identified (type varchar, value varchar, hash varchar)');
	const values = protectedFields(resource).map(
		({ name, type }) =>
			`select ${literal(type)} as type, ${quoted(name + VALUE)} as value from scratch.parsed where _problem = 0 and ${quoted(name + VALUE)} is not null`
	);
	if (values.length === 0) return;
	await connection.run(`create or replace temp table unhashed as
		select type, value, row_number() over () as n from (select distinct type, value from (${values.join(' union all ')}))`);
	const counted = await connection.runAndReadAll('select count(*)::double from unhashed');
	const count = counted.getRows()[0]?.[0] as number;
	for (let at = 0; at < count; at += BATCH) {
		const batch = `from unhashed where n > ${at} and n <= ${at + BATCH}`;
		const reader = await connection.runAndReadAll(`select to_json(list(type || ':' || value order by n))::varchar ${batch}`);
		const hashes = (JSON.parse(reader.getRows()[0]?.[0] as string) as string[]).map(hash);
		await connection.run(
			`insert into identified select type, value, hash from (select type, value, n - ${at} as n ${batch}) join (
				select unnest(hashes) as hash, unnest(range(1, len(hashes) + 1)) as n from (select from_json($hashes, '["VARCHAR"]') as hashes)) using (n)`,
			{ hashes: JSON.stringify(hashes) }
		);
	}
	await connection.run('drop table unhashed');
}

export function protectedFields(resource: Resource): (ResourceField & { type: ProtectedType })[] {
	return resource.fields.filter((field): field is ResourceField & { type: ProtectedType } => isProtected(field.type));
}

/**
 * Refuses another key than the one that the identifiers in this destination were hashed with: the same person would become
 * another. The first load sets it.
 */
export async function assertSameKey(destination: Pick<Destination, 'keyFingerprint'>, idKey: string): Promise<void> {
	const mine = hmacSha256(idKey)('onelane:key');
	if ((await destination.keyFingerprint(mine)) === mine) return;
	throw new IngestError(
		'ONELANE_ID_KEY is not the key that the identifiers landed so far were hashed with. Set the former key, or start a new ONELANE_HOME (on BigQuery: a new ONELANE_BIGQUERY_DATASET).'
	);
}

/** Hashes of identifiers, over distinct values only. The key stays in this process: SQL calls a function that knows it. */
import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { IngestError } from './errors.ts';
import { isProtected } from './fields.ts';
import { hmacSha256 } from './hmac.ts';
import { VALUE } from './identifiers.ts';
import type { Resource } from './resource.ts';
import { literal, quoted } from './sql.ts';

const FUNCTION = 'onelane_identifier_hash';

/** Makes the hash function known to SQL for the life of this connection's database. */
export function registerHash(connection: DuckDBConnection, idKey: string): void {
	const hmac = hmacSha256(idKey);
	connection.registerScalarFunction(
		DuckDBScalarFunction.create({
			name: FUNCTION,
			returnType: VARCHAR,
			parameterTypes: [VARCHAR],
			mainFunction(_, input, output) {
				input.visitColumnValues(0, (value, row) => output.setItem(row, typeof value === 'string' ? hmac(value) : null));
				output.flush();
			}
		})
	);
}

/**
 * Refuses another key than the one that this home's identifiers were hashed with: the same person would become another.
 * The first load of a home sets it.
 */
export async function assertSameKey(connection: DuckDBConnection, idKey: string): Promise<void> {
	const mine = hmacSha256(idKey)('onelane:key');
	const reader = await connection.runAndReadAll('select fingerprint from restricted.id_key');
	const known = reader.getRows()[0]?.[0];
	if (known === undefined) await connection.run(`insert into restricted.id_key values (${literal(mine)}, now()::timestamp)`);
	else if (known !== mine) {
		throw new IngestError(
			'ONELANE_ID_KEY is not the key that the identifiers in this ONELANE_HOME were hashed with. Set the former key, or start a new ONELANE_HOME.'
		);
	}
}

/** Temporary table `ids` (type, value, hash, is_new) of every identifier in good rows of `staged`; hashes that are known are reused. */
export async function hashIdentifiers(connection: DuckDBConnection, resource: Resource): Promise<void> {
	const fields = resource.fields.filter(({ type }) => isProtected(type));
	const values = fields.map(
		({ name, type }) => `select ${literal(type)} as type, ${quoted(name + VALUE)} as value from staged where _problem = 0 and ${quoted(name + VALUE)} is not null`
	);
	const all = values.length > 0 ? values.join(' union all ') : 'select null::varchar as type, null::varchar as value where false';
	await connection.run(`create or replace temp table ids as
		select v.type, v.value, coalesce(i.hash, ${FUNCTION}(v.type || ':' || v.value)) as hash, i.hash is null as is_new
		from (select distinct type, value from (${all})) v left join restricted.identifiers i on i.type = v.type and i.value = v.value`);
}

/** Hashes of identifiers. The key stays in this process: SQL calls a function that knows it, and never sees it. */
import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { IngestError } from './errors.ts';
import { hmacSha256 } from './hmac.ts';
import { HASH_FUNCTION } from './identifiers.ts';
import { literal } from './sql.ts';

/** Values whose hashes are remembered: a cookie or a name comes back often, and its hash is made once. */
const REMEMBERED = 100_000;

/** Makes the hash function known to SQL for the life of this connection's database. */
export function registerHash(connection: DuckDBConnection, idKey: string): void {
	const hmac = hmacSha256(idKey);
	const remembered = new Map<string, string>();
	const hash = (text: string): string => {
		const known = remembered.get(text);
		if (known !== undefined) return known;
		if (remembered.size >= REMEMBERED) remembered.clear();
		const made = hmac(text);
		remembered.set(text, made);
		return made;
	};
	connection.registerScalarFunction(
		DuckDBScalarFunction.create({
			name: HASH_FUNCTION,
			returnType: VARCHAR,
			parameterTypes: [VARCHAR, VARCHAR],
			mainFunction(_, input, output) {
				const [type] = input.getColumnValues(0);
				input.visitColumnValues(1, (value, row) => output.setItem(row, typeof value === 'string' ? hash(`${String(type)}:${value}`) : null));
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

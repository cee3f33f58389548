/** Hashes of identifiers. The key stays in this process: SQL calls a function that knows it, and never sees it. */
import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { IngestError } from './errors.ts';
import { hmacSha256 } from './hmac.ts';
import { PROTECTED_TYPES } from './fields.ts';
import { hashFunction } from './identifiers.ts';
import { literal } from './sql.ts';

/** Makes the hash functions known to SQL for the life of this connection's database. */
export function registerHash(connection: DuckDBConnection, idKey: string): void {
	const hmac = hmacSha256(idKey);
	for (const type of PROTECTED_TYPES) {
		const hash = remembering((value) => hmac(`${type}:${value}`));
		connection.registerScalarFunction(
			DuckDBScalarFunction.create({
				name: hashFunction(type),
				returnType: VARCHAR,
				parameterTypes: [VARCHAR],
				mainFunction(_, input, output) {
					input.visitColumnValues(0, (value, row) => output.setItem(row, typeof value === 'string' ? hash(value) : null));
					output.flush();
				}
			})
		);
	}
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

const REMEMBERED = 10_000;
const TRIAL = 20_000;

/**
 * Cookies and names come back often, so that each is hashed once; phones hardly do, and remembering them would only fill
 * the heap: a memory that is not used in its trial is given up.
 */
function remembering(make: (value: string) => string): (value: string) => string {
	const known = new Map<string, string>();
	let asked = 0;
	let found = 0;
	return (value) => {
		if (asked > TRIAL && found < asked / 4) return make(value);
		asked++;
		const old = known.get(value);
		if (old !== undefined) {
			found++;
			return old;
		}
		if (known.size >= REMEMBERED) known.clear();
		const made = make(value);
		known.set(value, made);
		return made;
	};
}

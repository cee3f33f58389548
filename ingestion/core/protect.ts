/** Hashes of identifiers. The key stays in this process: SQL calls a function that knows it, and never sees it. */
import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import { IngestError } from './errors.ts';
import { hmacSha256 } from './hmac.ts';
import { isProtected, type ProtectedType } from './fields.ts';
import type { Resource, ResourceField } from './resource.ts';
import { literal } from './sql.ts';

/** Characters of a hash: 32 bytes in hex. */
const HASH_LENGTH = 64;
const ABSENT = ' '.repeat(HASH_LENGTH);

/**
 * Makes the hash function of each resource known to SQL for the life of this connection's database. It takes the values of
 * all protected fields of a row at once and gives their hashes in one text, because a call from SQL into this process costs
 * more than a hash.
 */
export function registerHash(connection: DuckDBConnection, idKey: string, resources: readonly Resource[]): void {
	const hmac = hmacSha256(idKey);
	for (const resource of resources) {
		const types = protectedFields(resource).map(({ type }) => type);
		if (types.length === 0) continue;
		const hashes = types.map((type) => remembering((value) => hmac(`${type}:${value}`)));
		connection.registerScalarFunction(
			DuckDBScalarFunction.create({
				name: hashFunction(resource),
				returnType: VARCHAR,
				parameterTypes: types.map(() => VARCHAR),
				// Without it a row with one absent value would come back with none.
				specialHandling: true,
				mainFunction(_, input, output) {
					const rows = new Array<string>(input.rowCount).fill('');
					hashes.forEach((hash, column) =>
						input.visitColumnValues(column, (value, row) => (rows[row] += typeof value === 'string' ? hash(value) : ABSENT))
					);
					rows.forEach((text, row) => output.setItem(row, text));
					output.flush();
				}
			})
		);
	}
}

/** The hash of the n-th protected field in what the function of its resource gives. */
export function hashAt(hashes: string, n: number, value: string): string {
	return `case when ${value} is not null then substr(${hashes}, ${n * HASH_LENGTH + 1}, ${HASH_LENGTH}) end`;
}

export function hashFunction({ source, name }: Pick<Resource, 'source' | 'name'>): string {
	return `onelane_hashes_of_${source}_${name}`;
}

export function protectedFields(resource: Resource): (ResourceField & { type: ProtectedType })[] {
	return resource.fields.filter((field): field is ResourceField & { type: ProtectedType } => isProtected(field.type));
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

/** Takes one person out of `raw.duckdb`: rows stay as events of nobody, and nothing in the file leads to the person. */
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { fieldColumns } from '../core/columns.ts';
import { rowHash } from '../core/contract.ts';
import { HASH, MASKED } from '../core/identifiers.ts';
import { protectedFields } from '../core/protect.ts';
import { rawTable, type Resource, resourceName } from '../core/resource.ts';
import { list, literal, quoted } from '../core/sql.ts';
import { erasedColumns, keyText } from '../core/withhold.ts';
import { RAW_FILE } from './duckdb.ts';
import { inTransaction } from './duckdb-transaction.ts';

/** Who is erased: what identity resolution found. */
export interface Person {
	/** Identifiers that are theirs alone; a shared one is somebody else's too. */
	identifiers: { type: string; hash: string }[];
	/** Records that name them, ids as in marts: "<source>:<id>". */
	records: { resource: string; record_id: string }[];
}

export type ErasedRows = Record<string, number>;

/** Masked forms shorter than this say nothing of anybody. */
const TELLING = 8;

/** Temporary tables of the person's rows, one a resource (`gone_<table>`); their number per table of raw. */
export async function findRows(connection: DuckDBConnection, resources: readonly Resource[], person: Person): Promise<ErasedRows> {
	await connection.run('create or replace temp table their_identifiers (type varchar, hash varchar)');
	await connection.run('create or replace temp table their_records (resource varchar, record_id varchar)');
	await connection.run(
		`insert into their_identifiers select e.type, e.hash from (select unnest(from_json($json, '[{"type":"VARCHAR","hash":"VARCHAR"}]')) as e)`,
		{ json: JSON.stringify(person.identifiers) }
	);
	await connection.run(
		`insert into their_records select e.resource, e.record_id from (select unnest(from_json($json, '[{"resource":"VARCHAR","record_id":"VARCHAR"}]')) as e)`,
		{ json: JSON.stringify(person.records) }
	);
	const counts: ErasedRows = {};
	for (const resource of holding(resources)) {
		const table = rawTable(resource);
		await connection.run(
			`create or replace temp table ${quoted(`gone_${table}`)} as select t.rowid as _row, t._source as source, ${keyText(resource, 't')} as key from raw.${quoted(table)} t where ${isTheirs(resource, 't')}`
		);
		const counted = await number(connection, `count(*) from ${quoted(`gone_${table}`)}`);
		if (counted > 0) counts[`raw.${table}`] = counted;
	}
	return counts;
}

/** Condition over a row of a resource: it holds an identifier of theirs, is one of their records, or belongs to one of their leads. */
export function isTheirs(resource: Resource, t: string): string {
	const holds = protectedFields(resource)
		.filter(({ type }) => type !== 'person_name')
		.map(({ name, type }) => `(${literal(type)}, ${t}.${quoted(name + HASH)}) in (select (type, hash) from their_identifiers)`);
	const own = `(${literal(resource.name)}, ${t}._source || ':' || ${t}.${quoted(recordField(resource))}) in (select (resource, record_id) from their_records)`;
	const refers = resource.fields.some(({ name }) => name === 'lead_record_id')
		? [`coalesce(${t}.lead_source, ${t}._source) || ':' || ${t}.lead_record_id in (select record_id from their_records)`]
		: [];
	return `coalesce(${[...holds, own, ...refers].map((condition) => `coalesce(${condition}, false)`).join(' or ')}, false)`;
}

/** A visit of the site is one record of the person, however many events it has. */
function recordField(resource: Resource): string {
	const session = resource.fields.find(({ name }) => name === 'session_id');
	return session?.name ?? resource.primaryKey[0] ?? '_row_hash';
}

export const holding = (resources: readonly Resource[]) => resources.filter((resource) => protectedFields(resource).length > 0);

/** One transaction; done twice it changes nothing more. {@link findRows} must have been called. @returns what went besides rows */
export async function eraseRows(connection: DuckDBConnection, resources: readonly Resource[], at: string): Promise<ErasedRows> {
	return inTransaction(connection, () => write(connection, holding(resources), `${literal(at)}::timestamp`));
}

async function write(connection: DuckDBConnection, resources: readonly Resource[], at: string): Promise<ErasedRows> {
	await connection.run('create or replace temp table touched as select type, hash from their_identifiers');
	await connection.run('create or replace temp table masks (masked varchar)');
	for (const resource of resources) {
		const table = quoted(rawTable(resource));
		const gone = quoted(`gone_${rawTable(resource)}`);
		for (const { name, type } of protectedFields(resource)) {
			const rows = `from raw.${table} where rowid in (select _row from ${gone}) and ${quoted(name + HASH)} is not null`;
			await connection.run(`insert into touched select distinct ${literal(type)}, ${quoted(name + HASH)} ${rows}`);
			if (type !== 'person_name') await connection.run(`insert into masks select distinct ${quoted(name + MASKED)} ${rows}`);
		}
		await connection.run(`insert into restricted.erased_records select distinct g.source, ${literal(resourceName(resource))}, g.key, ${at} from ${gone} g
			where not exists (select 1 from restricted.erased_records k where k.source = g.source and k.resource = ${literal(resourceName(resource))} and k.key = g.key)`);
		const columns = erasedColumns(resource);
		await connection.run(
			`update raw.${table} set ${list(columns.map((column) => `${column} = null`))} where rowid in (select _row from ${gone})`
		);
		const hash = rowHash(resource.fields.flatMap(fieldColumns).map(({ name }) => quoted(name)));
		await connection.run(`update raw.${table} set _row_hash = ${hash} where rowid in (select _row from ${gone})`);
	}
	await connection.run(`insert into restricted.erased_identifiers select t.type, t.hash, ${at} from their_identifiers t
		where not exists (select 1 from restricted.erased_identifiers k where k.type = t.type and k.hash = t.hash and k.erased_at >= ${at})`);
	const held = resources.flatMap((resource) =>
		protectedFields(resource).map(
			({ name, type }) =>
				`select ${literal(type)} as type, ${quoted(name + HASH)} as hash from raw.${quoted(rawTable(resource))} where ${quoted(name + HASH)} in (select hash from touched)`
		)
	);
	const values = await connection.run(`delete from restricted.identifiers where (type, hash) in (select (type, hash) from touched)
		and (type, hash) not in (select (type, hash) from (${held.join(' union all ')}))`);
	const lines = await connection.run(
		`update raw._quarantine set payload = null, value = null where (payload is not null or value is not null) and (${quarantined(resources)})`
	);
	return {
		...(values.rowsChanged > 0 && { 'restricted.identifiers': values.rowsChanged }),
		...(lines.rowsChanged > 0 && { 'raw._quarantine': lines.rowsChanged })
	};
}

/** Quarantined rows have no hashes: theirs are told by the key, or by a masked value that is also one of theirs. */
function quarantined(resources: readonly Resource[]): string {
	const keyed = resources
		.filter(({ primaryKey }) => primaryKey.length === 1)
		.map((resource) => {
			const key = `case when json_valid(payload) then json_extract_string(payload, ${literal(`$."${resource.primaryKey[0]}"`)}) end`;
			return `(_resource = ${literal(resourceName(resource))} and (_source, ${key}) in (select (source, key) from ${quoted(`gone_${rawTable(resource)}`)}))`;
		});
	const alike = `exists (select 1 from masks m where length(m.masked) >= ${TELLING} and (position(m.masked in payload) > 0 or position(m.masked in value) > 0))`;
	return [...keyed, alike].map((condition) => `coalesce(${condition}, false)`).join(' or ');
}

/** How often the hashes of a person are still found, in raw and the restricted schema. Zero after an erasure. */
export async function countLeft(connection: DuckDBConnection, resources: readonly Resource[]): Promise<number> {
	const raw = holding(resources).flatMap((resource) =>
		protectedFields(resource).map(
			({ name, type }) =>
				`(select count(*) from raw.${quoted(rawTable(resource))} where (${literal(type)}, ${quoted(name + HASH)}) in (select (type, hash) from their_identifiers))`
		)
	);
	const plain = '(select count(*) from restricted.identifiers where (type, hash) in (select (type, hash) from their_identifiers))';
	return number(connection, [...raw, plain].join(' + '));
}

async function number(connection: DuckDBConnection, expression: string): Promise<number> {
	const reader = await connection.runAndReadAll(`select (select ${expression})::double`);
	return reader.getRows()[0]?.[0] as number;
}

/** Writes the file anew: a database keeps the bytes of what was deleted in its free blocks. Nobody may have it open. */
export async function rewriteRaw(home: string): Promise<void> {
	const file = join(home, RAW_FILE);
	const beside = `${file}.rewritten`;
	for (const left of [beside, `${beside}.wal`]) rmSync(left, { force: true });
	const instance = await DuckDBInstance.create(':memory:', { memory_limit: '320MB', temp_directory: join(home, 'tmp') });
	try {
		const connection = await instance.connect();
		await connection.run(`attach ${literal(file)} as old; checkpoint old; attach ${literal(beside)} as fresh`);
		await connection.run('copy from database old to fresh');
		await connection.run('checkpoint fresh; detach old; detach fresh');
		connection.closeSync();
	} finally {
		instance.closeSync();
	}
	chmodSync(beside, 0o600);
	const handle = openSync(beside, 'r+');
	fsyncSync(handle);
	closeSync(handle);
	renameSync(beside, file);
	if (existsSync(`${file}.wal`)) rmSync(`${file}.wal`);
}

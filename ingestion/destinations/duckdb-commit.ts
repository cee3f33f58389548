/** Takes a staged load into `raw.duckdb`: rows, quarantine, restricted values, log, cursor and files in one transaction. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldColumns, keyColumns, LANDING_COLUMNS } from '../core/columns.ts';
import { rowHash } from '../core/contract.ts';
import type { Counts, Load } from '../core/load.ts';
import { hasUnreadable } from '../core/quarantine.ts';
import { rawTable, resourceName } from '../core/resource.ts';
import { list, literal, quoted } from '../core/sql.ts';
import type { Committed } from './destination.ts';
import { inTransaction } from './duckdb-transaction.ts';

export async function commitLoad(connection: DuckDBConnection, load: Load, counts: Counts): Promise<Committed> {
	const began = performance.now();
	const committed = await inTransaction(connection, () => write(new Statements(connection, load), counts));
	return { ...committed, mergeSeconds: (performance.now() - began) / 1000 };
}

async function write(statements: Statements, counts: Counts): Promise<Omit<Committed, 'mergeSeconds'>> {
	await statements.removeSuperseded();
	await statements.findNewRows();
	const changed = await statements.countChanged();
	const landed = await statements.appendRows();
	const tombstoned = await statements.appendTombstones();
	await statements.appendRestricted();
	await statements.appendQuarantine();
	await statements.moveCursor();
	await statements.recordFiles();
	await statements.log({ ...counts, landed, changed });
	return { landed, changed, tombstoned };
}

class Statements {
	readonly #connection: DuckDBConnection;
	readonly #load: Load;
	readonly #table: string;
	readonly #source: string;
	readonly #name: string;
	readonly #batch: string;
	readonly #keys: string[];

	constructor(connection: DuckDBConnection, load: Load) {
		this.#connection = connection;
		this.#load = load;
		this.#table = `raw.${quoted(rawTable(load.resource))}`;
		this.#source = literal(load.source);
		this.#name = literal(resourceName(load.resource));
		this.#batch = literal(load.batchId);
		this.#keys = keyColumns(load.resource);
	}

	/** The one exception to append-only: what a former mapping made of these files was never said by the source. */
	async removeSuperseded(): Promise<void> {
		if (this.#load.superseded.length === 0) return;
		const paths = list(this.#load.superseded.map(literal));
		await this.#connection.run(`delete from ${this.#table} where _source = ${this.#source} and _file in (${paths})`);
		await this.#connection.run(
			`delete from raw._quarantine where _source = ${this.#source} and _resource = ${this.#name} and file in (${paths})`
		);
		await this.#connection.run(`delete from raw._files where source = ${this.#source} and resource = ${this.#name} and path in (${paths})`);
		await this.#connection.run(`delete from raw._cursors where source = ${this.#source} and resource = ${this.#name}`);
	}

	/** Temporary table `fresh`: row ids of good staged rows that raw does not have, once each. */
	async findNewRows(): Promise<void> {
		const known = `from ${this.#table} t where t._source = ${this.#source}`;
		await this.#connection.run(
			this.#load.resource.writeDisposition === 'append'
				? // Without a key the n-th copy of a row in a file is a row of its own, unless that file brought n before.
					`create or replace temp table fresh as
					select _row from (
						select _row, _file, _row_hash, row_number() over (partition by _file, _row_hash order by _row) as copy from scratch.staged
					) r
					left join (select _file, _row_hash, count(*) as copies ${known} group by _file, _row_hash) k using (_file, _row_hash)
					where r.copy > coalesce(k.copies, 0)`
				: `create or replace temp table fresh as
					select min(s._row) as _row from scratch.staged s
					where not exists (select 1 ${known} and t._row_hash = s._row_hash) group by s._row_hash`
		);
	}

	/** New rows beyond the first sight of their record. */
	async countChanged(): Promise<number> {
		if (this.#keys.length === 0) return 0;
		const keys = list(this.#keys.map(quoted));
		return this.#number(`
			select (select count(*) from fresh)::double - (
				select count(*) from (select distinct ${keys} from scratch.staged where _row in (select _row from fresh)) k
				where not exists (select 1 from ${this.#table} t where t._source = ${this.#source} and ${this.#sameKey('t', 'k')})
			)::double`);
	}

	async appendRows(): Promise<number> {
		return this.#append('select * from scratch.staged where _row in (select _row from fresh)');
	}

	/**
	 * Disposition replace: a record whose key is nowhere in the extract gets its last version again, marked as gone and with
	 * the same cursor, which a tombstone wins. Not while a line of the extract could not be read as far as its key.
	 */
	async appendTombstones(): Promise<number> {
		const { resource } = this.#load;
		const gone = resource.tombstone;
		if (resource.writeDisposition !== 'replace' || gone === undefined || (await hasUnreadable(this.#connection, resource))) return 0;
		const keys = list(this.#keys.map(quoted));
		const current = `select * from ${this.#table} where _source = ${this.#source} qualify row_number() over (
			partition by ${keys} order by ${quoted(resource.cursor)} desc nulls last, coalesce(${quoted(gone)}, false) desc, _row_hash desc) = 1`;
		const columns = resource.fields.flatMap(fieldColumns).map(({ name }) => quoted(name));
		return this.#append(`select * replace (${rowHash(columns)} as _row_hash) from (
			select * replace (true as ${quoted(gone)}, null as _file, null as _line) from (${current}) t
			where not coalesce(${quoted(gone)}, false) and not exists (select 1 from scratch.parsed s where s._problem >= 0 and ${this.#sameKey('t', 's')}))`);
	}

	async #append(rows: string): Promise<number> {
		const { resource, loadedAt } = this.#load;
		const landing: Record<string, string> = {
			_source: this.#source,
			_resource: this.#name,
			_loaded_at: `${literal(naive(loadedAt))}::timestamp`,
			_batch_id: this.#batch
		};
		const fields = resource.fields.flatMap(fieldColumns).map(({ name }) => quoted(name));
		const names = [...fields, ...LANDING_COLUMNS.map(({ name }) => name)];
		const values = [...fields, ...LANDING_COLUMNS.map(({ name }) => landing[name] ?? name)];
		const result = await this.#connection.run(`insert into ${this.#table} (${list(names)}) select ${list(values)} from (${rows})`);
		return result.rowsChanged;
	}

	/** Plain values, once each, of the identifiers in good rows: the restricted schema is the only place that keeps them. */
	async appendRestricted(): Promise<void> {
		await this.#connection.run(`
			insert into restricted.identifiers
			select type, hash, value, ${literal(naive(this.#load.loadedAt))}::timestamp from identified n
			where not exists (select 1 from restricted.identifiers k where k.type = n.type and k.hash = n.hash)`);
	}

	/** A file that grows is read again from its start: what is known of it is not said twice. */
	async appendQuarantine(): Promise<void> {
		await this.#connection.run(`
			insert into raw._quarantine
			select ${this.#source}, ${this.#name}, ${this.#batch}, ${literal(naive(this.#load.loadedAt))}::timestamp, file, line, column_name, value, reason, payload
			from quarantined n
			where not exists (
				select 1 from raw._quarantine k where k._source = ${this.#source} and k._resource = ${this.#name} and k.file = n.file and k.line = n.line
					and k.column_name is not distinct from n.column_name and k.reason = n.reason and k.payload is not distinct from n.payload
			)`);
	}

	async moveCursor(): Promise<void> {
		const landed = `select max(${quoted(this.#load.resource.cursor)})::varchar from ${this.#table} where _batch_id = ${this.#batch}`;
		const mine = `source = ${this.#source} and resource = ${this.#name}`;
		const value = `greatest((${landed}), (select max(cursor_value) from raw._cursors where ${mine}))`;
		const next = await this.#connection.runAndReadAll(`select ${value}`);
		const cursor = next.getRows()[0]?.[0];
		if (typeof cursor !== 'string') return;
		await this.#connection.run(`delete from raw._cursors where ${mine}`);
		await this.#connection.run(
			`insert into raw._cursors values (${this.#source}, ${this.#name}, ${literal(cursor)}, ${literal(naive(this.#load.loadedAt))}::timestamp)`
		);
	}

	async recordFiles(): Promise<void> {
		const rows = this.#load.files.map(
			({ shown, fingerprint }) => `(${this.#source}, ${this.#name}, ${literal(shown)}, ${literal(fingerprint)}, ${this.#batch})`
		);
		await this.#connection.run(`
			insert into raw._files by name
			select f.*, coalesce(s.rows, 0) + (select count(*) from rejects r where r.file = f.path) as rows
			from (values ${list(rows)}) f(source, resource, path, fingerprint, batch_id)
			left join (select file, sum(rows) as rows from staged_files group by file) s on s.file = f.path`);
	}

	async log(counts: Counts & { landed: number; changed: number }): Promise<void> {
		const { startedAt } = this.#load;
		const { read, landed, changed, quarantined } = counts;
		const finished = new Date();
		const seconds = (finished.getTime() - startedAt.getTime()) / 1000;
		await this.#connection.run(`
			insert into raw._loads values (${this.#batch}, ${this.#source}, ${this.#name}, ${literal(naive(startedAt))}::timestamp, ${literal(naive(finished))}::timestamp,
				'done', ${read}, ${landed}, ${changed}, ${read - quarantined - landed}, ${quarantined}, ${seconds})`);
	}

	#sameKey(left: string, right: string): string {
		return this.#keys.map((key) => `${left}.${quoted(key)} is not distinct from ${right}.${quoted(key)}`).join(' and ');
	}

	async #number(sql: string): Promise<number> {
		const reader = await this.#connection.runAndReadAll(sql);
		return reader.getRows()[0]?.[0] as number;
	}
}

/** Naive UTC, as raw keeps instants. */
export function naive(instant: Date): string {
	return instant.toISOString().slice(0, -1).replace('T', ' ');
}

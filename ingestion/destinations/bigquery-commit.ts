/**
 * Takes staged tables over in one transaction: rows, quarantine, restricted values, log, cursor and files, or nothing. The
 * statements are those of duckdb-commit.ts in BigQuery's words; a test lands the same extracts with both and compares.
 */
import { type BigQuerySettings, rawDataset, restrictedDataset } from '../../contracts/warehouse.ts';
import { fieldColumns, keyColumns, LANDING_COLUMNS, type RawColumn } from '../core/columns.ts';
import type { Counts, Load } from '../core/load.ts';
import { rawTable, resourceName } from '../core/resource.ts';
import { list } from '../core/sql.ts';
import { QUARANTINE } from '../core/state-tables.ts';
import { literal, quoted, rendered, rowHash, sameValues, timestamp } from './bigquery-sql.ts';
import type { StagedLoad } from './bigquery-staging.ts';
import { HEAD, placeOf } from './bigquery-tables.ts';

/** What an assertion of the script says when another landing was faster. */
export const HEAD_MOVED = 'onelane: another landing was committed meanwhile';

export interface Places {
	rows: string;
	restricted: string;
	quarantined: string;
}

/** One script. Its last statement gives `landed`, `changed`, `tombstoned`. `head`: the number of the load before. */
export function commitScript(
	settings: BigQuerySettings,
	load: Load,
	counts: Counts,
	staged: StagedLoad,
	places: Places,
	head: number
): string {
	return new Script(settings, load, staged, places).write(counts, head);
}

class Script {
	readonly #load: Load;
	readonly #staged: StagedLoad;
	readonly #places: Places;
	readonly #raw: (table: string) => string;
	readonly #identifiers: string;
	readonly #table: string;
	readonly #source: string;
	readonly #name: string;
	readonly #batch: string;
	readonly #loadedAt: string;
	readonly #keys: string[];
	readonly #fields: RawColumn[];

	constructor(settings: BigQuerySettings, load: Load, staged: StagedLoad, places: Places) {
		this.#load = load;
		this.#staged = staged;
		this.#places = places;
		this.#raw = (table) => placeOf(settings, rawDataset(settings), table);
		this.#identifiers = placeOf(settings, restrictedDataset(settings), 'identifiers');
		this.#table = this.#raw(rawTable(load.resource));
		this.#source = literal(load.source);
		this.#name = literal(resourceName(load.resource));
		this.#batch = literal(load.batchId);
		this.#loadedAt = timestamp(load.loadedAt);
		this.#keys = keyColumns(load.resource);
		this.#fields = load.resource.fields.flatMap(fieldColumns);
	}

	write(counts: Counts, head: number): string {
		const statements = [
			'declare landed, changed, tombstoned int64 default 0',
			'declare next_cursor string',
			'begin transaction',
			...this.#moveHead(head),
			...this.#removeSuperseded(),
			this.#findNewRows(),
			...this.#countChanged(),
			this.#append('select * from fresh'),
			'set landed = @@row_count',
			...this.#appendTombstones(),
			...this.#appendRestricted(),
			...this.#appendQuarantine(),
			...this.#moveCursor(),
			this.#recordFiles(),
			this.#log(counts),
			'commit transaction',
			'select landed as landed, changed as changed, tombstoned as tombstoned'
		];
		return `${statements.join(';\n')};`;
	}

	/** BigQuery cancels one of two transactions that change the same table, and the other finds another number. */
	#moveHead(head: number): string[] {
		return [
			`update ${this.#raw(HEAD)} set load_number = load_number + 1, batch_id = ${this.#batch} where load_number = ${head}`,
			`assert @@row_count = 1 as ${literal(HEAD_MOVED)}`
		];
	}

	#removeSuperseded(): string[] {
		const { superseded } = this.#load;
		if (superseded.length === 0) return [];
		const paths = list(superseded.map(literal));
		return [
			`delete from ${this.#table} where _source = ${this.#source} and _file in (${paths})`,
			`delete from ${this.#raw('_quarantine')} where _source = ${this.#source} and _resource = ${this.#name} and file in (${paths})`,
			`delete from ${this.#raw('_files')} where ${this.#mine()} and path in (${paths})`,
			`delete from ${this.#raw('_cursors')} where ${this.#mine()}`
		];
	}

	/** Temporary table `fresh`: good staged rows that raw does not have. */
	#findNewRows(): string {
		const { rows } = this.#places;
		const known = `from ${this.#table} t where t._source = ${this.#source}`;
		switch (this.#load.resource.writeDisposition) {
			case 'append':
				return `create temp table fresh as select s.* from ${rows} s
					left join (select t._file, t._row_hash, count(*) as copies ${known} group by t._file, t._row_hash) k
					on k._file = s._file and k._row_hash = s._row_hash where s._copy > coalesce(k.copies, 0)`;
			case 'replace':
				return `create temp table fresh as select s.* from ${rows} s where s._good and not exists (select 1 ${known} and t._row_hash = s._row_hash)`;
			case 'merge':
				return `create temp table fresh as select s.* from ${rows} s where not exists (select 1 ${known} and t._row_hash = s._row_hash)`;
		}
	}

	#countChanged(): string[] {
		if (this.#keys.length === 0) return [];
		const keys = list(this.#keys.map(quoted));
		return [
			`set changed = (select count(*) from fresh) - (select count(*) from (
				select ${keys} from fresh except distinct select ${keys} from ${this.#table} where _source = ${this.#source}))`
		];
	}

	#appendTombstones(): string[] {
		const { resource } = this.#load;
		const gone = resource.tombstone;
		if (resource.writeDisposition !== 'replace' || gone === undefined || this.#staged.hasUnreadable) return [];
		const keys = list(this.#keys.map(quoted));
		const isGone = `coalesce(${quoted(gone)}, false)`;
		const current = `select * from ${this.#table} where _source = ${this.#source} qualify row_number() over (
			partition by ${keys} order by ${quoted(resource.cursor)} desc nulls last, ${isGone} desc, _row_hash desc) = 1`;
		const marked = `select t.* except (${quoted(gone)}, _file, _line), true as ${quoted(gone)}, cast(null as string) as _file, cast(null as int64) as _line
			from (${current}) t where not ${isGone} and not exists (select 1 from ${this.#places.rows} s where ${sameValues('s', 't', this.#keys)})`;
		return [
			this.#append(`select * except (_row_hash), ${rowHash(this.#fields)} as _row_hash from (${marked})`),
			'set tombstoned = @@row_count'
		];
	}

	#append(rows: string): string {
		const landing: Record<string, string> = {
			_source: this.#source,
			_resource: this.#name,
			_loaded_at: this.#loadedAt,
			_batch_id: this.#batch
		};
		const fields = this.#fields.map(({ name }) => quoted(name));
		const names = [...fields, ...LANDING_COLUMNS.map(({ name }) => name)];
		const values = [...fields, ...LANDING_COLUMNS.map(({ name }) => landing[name] ?? name)];
		return `insert into ${this.#table} (${list(names)}) select ${list(values)} from (${rows})`;
	}

	#appendRestricted(): string[] {
		if (!this.#staged.restricted) return [];
		return [
			`insert into ${this.#identifiers} (type, hash, value, first_seen_at) select s.type, s.hash, s.value, ${this.#loadedAt} from ${this.#places.restricted} s
				where not exists (select 1 from ${this.#identifiers} k where k.type = s.type and k.hash = s.hash)`
		];
	}

	#appendQuarantine(): string[] {
		if (!this.#staged.quarantined) return [];
		const own = this.#staged.quarantined.columns.map(({ name }) => name);
		const target = this.#raw('_quarantine');
		return [
			`insert into ${target} (${list(QUARANTINE.columns.map(({ name }) => name))})
				select ${this.#source}, ${this.#name}, ${this.#batch}, ${this.#loadedAt}, ${list(own.map((name) => `n.${name}`))} from ${this.#places.quarantined} n
				where not exists (select 1 from ${target} k where k._source = ${this.#source} and k._resource = ${this.#name}
					and ${sameValues(
						'k',
						'n',
						own.filter((name) => name !== 'value')
					)})`
		];
	}

	#moveCursor(): string[] {
		const { cursor, fields } = this.#load.resource;
		const [column] = fields.filter(({ name }) => name === cursor).flatMap(fieldColumns);
		if (!column) return [];
		const greatest = `select ${rendered(`max(${quoted(cursor)})`, column)} as reached from ${this.#table} where _source = ${this.#source} and _batch_id = ${this.#batch} and _loaded_at = ${this.#loadedAt}`;
		const cursors = this.#raw('_cursors');
		return [
			`set next_cursor = (select max(reached) from (${greatest} union all select cursor_value from ${cursors} where ${this.#mine()}))`,
			`if next_cursor is not null then
				delete from ${cursors} where ${this.#mine()};
				insert into ${cursors} (source, resource, cursor_value, updated_at) select ${this.#source}, ${this.#name}, next_cursor, ${this.#loadedAt};
			end if`
		];
	}

	#recordFiles(): string {
		const rows = this.#staged.files.map(
			({ shown, fingerprint, rows }) =>
				`(${list([this.#source, this.#name, literal(shown), literal(fingerprint), `${rows}`, this.#batch])})`
		);
		return `insert into ${this.#raw('_files')} (source, resource, path, fingerprint, rows, batch_id) values ${list(rows)}`;
	}

	#log({ read, quarantined }: Counts): string {
		const started = timestamp(this.#load.startedAt);
		const seconds = `timestamp_diff(current_timestamp(), ${started}, millisecond) / 1000`;
		return `insert into ${this.#raw('_loads')} (batch_id, source, resource, started_at, finished_at, status, rows_read, rows_landed, rows_changed, rows_duplicate, rows_quarantined, seconds)
			select ${this.#batch}, ${this.#source}, ${this.#name}, ${started}, current_timestamp(), 'done', ${read}, landed, changed, ${read - quarantined} - landed, ${quarantined}, ${seconds}`;
	}

	#mine(): string {
		return `source = ${this.#source} and resource = ${this.#name}`;
	}
}

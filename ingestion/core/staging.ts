/** Brings scanned files into one table of typed, checked rows, `scratch.parsed`, and their unreadable lines into `rejects`. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Check, parsedColumns, parsingQuery, type Reading } from './contract.ts';
import type { ScannedFile } from './scan.ts';
import { list, literal, quoted } from './sql.ts';

export class Staging {
	readonly #connection: DuckDBConnection;
	/** All checks so far; `_problem` of a row is a number into it, from 1. */
	readonly checks: Check[] = [];
	/** Files so far; `_file_number` of a row counts from 0. */
	#files = 0;

	constructor(connection: DuckDBConnection) {
		this.#connection = connection;
	}

	async stage(files: readonly ScannedFile[]): Promise<void> {
		const [first] = files;
		if (!first) return;
		await this.#createTables(first.file.reading);
		for (const { file, rejects } of files) if (rejects !== null) await this.#insertRejects(file.shown, rejects);
		const shapes = Map.groupBy(files, ({ shape }) => shape);
		for (const group of shapes.values()) await this.#insert(group);
		await this.#assertOrder();
	}

	async #createTables({ resource }: Reading): Promise<void> {
		const columns = parsedColumns(resource).map(({ name, type }) => `${quoted(name)} ${type}`);
		await this.#connection.run(`create or replace table scratch.parsed (${list(columns)})`);
		await this.#connection.run(
			'create or replace temp table staged_files (number integer, path varchar, file varchar, first_row bigint, first_line bigint, rows bigint)'
		);
		await this.#connection.run(
			'create or replace temp table rejects (file varchar, line integer, reason varchar, found varchar, payload varchar)'
		);
	}

	async #insertRejects(shown: string, path: string): Promise<void> {
		const columns = `{line: 'INTEGER', reason: 'VARCHAR', found: 'VARCHAR', text: 'VARCHAR'}`;
		await this.#connection.run(
			`insert into rejects select ${literal(shown)}, line, reason, found, text from read_json(${literal(path)}, format = 'newline_delimited', columns = ${columns})`
		);
	}

	/** One statement for all files of a shape. */
	async #insert(group: ScannedFile[]): Promise<void> {
		const filled = group.filter(({ rows }) => rows > 0);
		const [first] = filled;
		if (!first) return;
		const relation = first.relation(filled.map(({ path }) => path));
		const query = parsingQuery(first.file.reading, relation);
		const offset = this.checks.length;
		this.checks.push(...query.checks);
		let row = await this.#count();
		const expected = row + filled.reduce((sum, { rows }) => sum + rows, 0);
		if (relation.lines !== undefined) await this.#keepingOrder(true, `create or replace table scratch.lines as ${relation.lines}`);
		// Where rows do not carry their line their place says it: they keep the order of files and lines.
		await this.#keepingOrder(
			first.firstLine !== null,
			`insert into scratch.parsed select * replace (case when _problem > 0 then _problem + ${offset} else _problem end as _problem, _file_number + ${this.#files} as _file_number) from (${query.sql})`
		);
		if (relation.lines !== undefined) await this.#dropLines();
		const found = await this.#count();
		if (found !== expected) {
			throw new Error(
				`DuckDB read ${found - row} rows of ${filled.map(({ file }) => file.shown).join(', ')} where ${expected - row} were counted.`
			);
		}
		const places = filled.map(({ file, path, rows, firstLine }) => {
			const place = `(${list([`${this.#files++}`, literal(path), literal(file.shown), `${row}`, `${firstLine ?? 'null'}`, `${rows}`])})`;
			row += rows;
			return place;
		});
		await this.#connection.run(`insert into staged_files values ${list(places)}`);
	}

	/** Rows that are read once more and then thrown away are not worth compressing. */
	async #keepingOrder(ordered: boolean, statement: string): Promise<void> {
		await this.#connection.run(`set preserve_insertion_order = ${ordered}; set force_compression = 'uncompressed'`);
		await this.#connection.run(statement);
		await this.#connection.run(`set preserve_insertion_order = false; set force_compression = 'auto'`);
	}

	async #dropLines(): Promise<void> {
		const strays = await this.#number(
			'count(*) from (select _file_number from scratch.lines group by _file_number having max(rowid) - min(rowid) + 1 <> count(*))'
		);
		assertInOrder(strays);
		await this.#connection.run('drop table scratch.lines');
	}

	async #assertOrder(): Promise<void> {
		const strays = await this.#number(`
			count(*) from scratch.parsed s join staged_files f on f.number = s._file_number
			where f.first_line is not null and (s.rowid < f.first_row or s.rowid >= f.first_row + f.rows)`);
		assertInOrder(strays);
	}

	#count(): Promise<number> {
		return this.#number('count(*) from scratch.parsed');
	}

	async #number(query: string): Promise<number> {
		const reader = await this.#connection.runAndReadAll(`select (select ${query})::double`);
		return reader.getRows()[0]?.[0] as number;
	}
}

/** A row's place says its line: refuses to go on should rows ever not keep the order of the files. */
function assertInOrder(strays: number): void {
	if (strays > 0) throw new Error(`DuckDB did not keep the order of files: ${strays} rows or files are out of place.`);
}

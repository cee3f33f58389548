/** Brings files into one table of typed, checked rows, `scratch.parsed`, and their unreadable lines into `rejects`. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { type DuckDBConnection, INTEGER, VARCHAR, DuckDBDataChunk } from '@duckdb/node-api';
import { type Check, type FileRelation, type Reading, parsedColumns, parsingQuery } from './contract.ts';
import { CsvScanner, type CsvSummary, type Reject } from './csv-scan.ts';
import { assertUtf8, type Encoding } from './encoding.ts';
import { readText } from './files.ts';
import { checkHeader, csvRelation, ndjsonRelation } from './relations.ts';
import { list, literal, quoted } from './sql.ts';

export interface StagedFile {
	/** Where the bytes are. */
	path: string;
	/** How people know the file. */
	shown: string;
	format: 'csv' | 'ndjson';
	encoding: Encoding;
	delimiter: string;
	reading: Reading;
}

/** A file that DuckDB can read as it is, with others of its shape. */
interface Prepared {
	file: StagedFile;
	path: string;
	/** Rows that DuckDB will make of it, blank lines of NDJSON included. */
	rows: number;
	shape: string;
	relation(paths: string[]): FileRelation;
	/** Line of the first row; null where rows carry their own. */
	firstLine: number | null;
}

/** Rows of a DuckDB data chunk. */
const CHUNK_ROWS = 2048;

export class Staging {
	readonly #connection: DuckDBConnection;
	readonly #scratch: string;
	/** All checks so far; `_problem` of a row is a number into it, from 1. */
	readonly checks: Check[] = [];
	#copies = 0;

	constructor(connection: DuckDBConnection, scratch: string) {
		this.#connection = connection;
		this.#scratch = scratch;
	}

	async stage(files: readonly StagedFile[]): Promise<void> {
		const [first] = files;
		if (!first) return;
		await this.#createTables(first.reading);
		const prepared: Prepared[] = [];
		for (const file of files) prepared.push(file.format === 'csv' ? await this.#prepareCsv(file) : await this.#prepareNdjson(file));
		const shapes = Map.groupBy(prepared, ({ shape }) => shape);
		for (const group of shapes.values()) await this.#insert(group);
		await this.#assertOrder();
	}

	async #createTables({ resource }: Reading): Promise<void> {
		const columns = parsedColumns(resource).map(({ name, type }) => `${quoted(name)} ${type}`);
		await this.#connection.run(`create or replace table scratch.parsed (${list(columns)})`);
		await this.#connection.run(
			'create or replace temp table staged_files (path varchar, file varchar, first_row bigint, first_line bigint, rows bigint)'
		);
		await this.#connection.run(
			'create or replace temp table rejects (file varchar, line integer, reason varchar, found varchar, payload varchar)'
		);
	}

	async #prepareCsv(file: StagedFile): Promise<Prepared> {
		const { path, shown, reading, delimiter } = file;
		const { header, summary } = await this.#scan(file);
		checkHeader(header, shown, reading);
		const asIs = summary.pristine && file.encoding === 'utf-8';
		const clean = asIs ? path : await this.#cleanCopy(file);
		const shape = { header, delimiter, numbered: !asIs };
		return {
			file,
			path: clean,
			rows: summary.records,
			shape: JSON.stringify([shape, readingKey(reading)]),
			relation: (paths) => csvRelation(paths, shape, reading),
			firstLine: asIs ? 2 : null
		};
	}

	async #scan(file: StagedFile): Promise<{ header: string[]; summary: CsvSummary }> {
		let header: string[] = [];
		const rejects: Reject[] = [];
		const sink = {
			header: (names: string[]) => void (header = names),
			reject: (reject: Reject) => void rejects.push(reject)
		};
		const scanner = new CsvScanner(sink, file.delimiter, file.shown);
		await readText(file.path, file.shown, file.encoding, async (text, last) => {
			const taken = scanner.take(text, last);
			await this.#appendRejects(file, rejects.splice(0));
			return taken;
		});
		return { header, summary: scanner.summary() };
	}

	async #appendRejects(file: StagedFile, rejects: Reject[]): Promise<void> {
		if (rejects.length === 0) return;
		const appender = await this.#connection.createAppender('rejects', 'main', 'temp');
		for (let at = 0; at < rejects.length; at += CHUNK_ROWS) {
			const chunk = DuckDBDataChunk.create([VARCHAR, INTEGER, VARCHAR, VARCHAR, VARCHAR]);
			chunk.setRows(rejects.slice(at, at + CHUNK_ROWS).map(({ line, reason, found, text }) => [file.shown, line, reason, found, text]));
			appender.appendDataChunk(chunk);
		}
		appender.closeSync();
	}

	/** Good records only, each behind its line number, as UTF-8 with one kind of newline. */
	async #cleanCopy(file: StagedFile): Promise<string> {
		mkdirSync(this.#scratch, { recursive: true, mode: 0o700 });
		const path = join(this.#scratch, `clean-${this.#copies++}.csv`);
		const out = createWriteStream(path, { mode: 0o600 });
		const numbered = new NumberedRecords(file.delimiter);
		const sink = {
			header() {},
			reject() {},
			record: (line: number, buffer: Buffer, start: number, end: number) => numbered.add(line, buffer, start, end)
		};
		const scanner = new CsvScanner(sink, file.delimiter, file.shown);
		await readText(file.path, file.shown, file.encoding, async (text, last) => {
			const taken = scanner.take(text, last);
			if (!out.write(numbered.take())) await once(out, 'drain');
			return taken;
		});
		out.end();
		await finished(out);
		return path;
	}

	async #prepareNdjson(file: StagedFile): Promise<Prepared> {
		let lines = 0;
		await readText(file.path, file.shown, 'utf-8', (text, last) => {
			const end = last ? text.length : text.lastIndexOf(NEWLINE) + 1;
			assertUtf8(text.subarray(0, end), file.shown, lines + 1);
			for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) lines++;
			if (last && end > 0) lines++;
			return end;
		});
		return {
			file,
			path: file.path,
			rows: lines,
			shape: JSON.stringify(['ndjson', readingKey(file.reading)]),
			relation: (paths) => ndjsonRelation(paths, file.reading),
			firstLine: 1
		};
	}

	/** One statement for all files of a shape. Rows keep the order of files and lines, so that a row's place says its line. */
	async #insert(group: Prepared[]): Promise<void> {
		const filled = group.filter(({ rows }) => rows > 0);
		const [first] = filled;
		if (!first) return;
		const query = parsingQuery(first.file.reading, first.relation(filled.map(({ path }) => path)));
		const offset = this.checks.length;
		this.checks.push(...query.checks);
		let row = await this.#count();
		const expected = row + filled.reduce((sum, { rows }) => sum + rows, 0);
		// Rows that are read once more and then thrown away are not worth compressing.
		await this.#connection.run(`set preserve_insertion_order = true; set force_compression = 'uncompressed'`);
		await this.#connection.run(
			`insert into scratch.parsed select * replace (case when _problem > 0 then _problem + ${offset} else _problem end as _problem) from (${query.sql})`
		);
		await this.#connection.run(`set preserve_insertion_order = false; set force_compression = 'auto'`);
		const found = await this.#count();
		if (found !== expected) {
			throw new Error(
				`DuckDB read ${found - row} rows of ${filled.map(({ file }) => file.shown).join(', ')} where ${expected - row} were counted.`
			);
		}
		const places = filled.map(({ file, path, rows, firstLine }) => {
			const place = `(${list([literal(path), literal(file.shown), `${row}`, `${firstLine ?? 'null'}`, `${rows}`])})`;
			row += rows;
			return place;
		});
		await this.#connection.run(`insert into staged_files values ${list(places)}`);
	}

	/** A row's place says its line: refuses to go on should rows ever not keep the order of the files. */
	async #assertOrder(): Promise<void> {
		const strays = await this.#number(`
			count(*) from scratch.parsed s join staged_files f on f.path = s._path where s.rowid < f.first_row or s.rowid >= f.first_row + f.rows`);
		if (strays > 0) throw new Error(`DuckDB did not keep the order of files: ${strays} rows are out of place.`);
	}

	#count(): Promise<number> {
		return this.#number('count(*) from scratch.parsed');
	}

	async #number(query: string): Promise<number> {
		const reader = await this.#connection.runAndReadAll(`select (select ${query})::double`);
		return reader.getRows()[0]?.[0] as number;
	}
}

/** Records, each behind its line number, in one piece of memory: a buffer for each would cost more than the reading. */
class NumberedRecords {
	readonly #delimiter: number;
	#bytes = Buffer.allocUnsafe(1 << 20);
	#size = 0;

	constructor(delimiter: string) {
		this.#delimiter = delimiter.charCodeAt(0);
	}

	add(line: number, record: Buffer, start: number, end: number): void {
		const needed = this.#size + MOST_DIGITS + 2 + end - start;
		if (needed > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes.subarray(0, this.#size)], needed * 2);
		this.#size += this.#bytes.write(String(line), this.#size, 'latin1');
		this.#bytes[this.#size++] = this.#delimiter;
		this.#size += record.copy(this.#bytes, this.#size, start, end);
		this.#bytes[this.#size++] = NEWLINE;
	}

	/** What was added since the last time. */
	take(): Buffer {
		const taken = Buffer.from(this.#bytes.subarray(0, this.#size));
		this.#size = 0;
		return taken;
	}
}

const NEWLINE = 10;
/** Of a line number. */
const MOST_DIGITS = 16;

/** What tells two ways of reading apart. */
export function readingKey({ fields, strict, timezone, rules }: Reading): string {
	return JSON.stringify([fields, strict, timezone, rules]);
}

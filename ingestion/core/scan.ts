/**
 * What of a load needs no database: files are scanned for records and lines that are none, and those that DuckDB cannot read as they
 * are get a clean copy. So the next load is scanned while the last one is being written.
 */
import { appendFileSync, createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import type { FileRelation, Reading } from './contract.ts';
import { CsvScanner, type CsvSummary, type Reject } from './csv-scan.ts';
import { assertUtf8, type Encoding } from './encoding.ts';
import { readText } from './files.ts';
import { checkHeader, csvRelation, ndjsonRelation } from './relations.ts';

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

/** A file that DuckDB can read, with others of its shape. */
export interface ScannedFile {
	file: StagedFile;
	/** What DuckDB is to read: the file, or a clean copy of it. */
	path: string;
	/** Rows that DuckDB will make of it, blank lines of NDJSON included. */
	rows: number;
	shape: string;
	relation(paths: string[]): FileRelation;
	/** Line of the first row; null where rows carry their own. */
	firstLine: number | null;
	/** NDJSON of {@link Reject}: lines that are no record. Null: there is none. */
	rejects: string | null;
}

/** @param scratch folder for what is only needed until the load is written */
export async function scanFiles(files: readonly StagedFile[], scratch: string): Promise<ScannedFile[]> {
	const scanned: ScannedFile[] = [];
	for (const file of files) scanned.push(file.format === 'csv' ? await scanCsv(file, scratch) : await scanNdjson(file));
	return scanned;
}

async function scanCsv(file: StagedFile, scratch: string): Promise<ScannedFile> {
	const { path, shown, reading, delimiter } = file;
	const rejects = new RejectFile(scratch);
	const { header, summary } = await findRecords(file, rejects);
	checkHeader(header, shown, reading);
	const asIs = summary.pristine && file.encoding === 'utf-8';
	const clean = asIs ? path : await cleanCopy(file, scratch);
	const shape = { header, delimiter, numbered: !asIs };
	return {
		file,
		path: clean,
		rows: summary.records,
		shape: JSON.stringify([shape, readingKey(reading)]),
		relation: (paths) => csvRelation(paths, shape, reading),
		firstLine: asIs ? 2 : null,
		rejects: rejects.path
	};
}

async function findRecords(file: StagedFile, rejects: RejectFile): Promise<{ header: string[]; summary: CsvSummary }> {
	let header: string[] = [];
	const sink = {
		header: (names: string[]) => void (header = names),
		reject: (reject: Reject) => rejects.add(reject)
	};
	const scanner = new CsvScanner(sink, file.delimiter, file.shown);
	await readText(file.path, file.shown, file.encoding, (text, last) => {
		const taken = scanner.take(text, last);
		rejects.write();
		return taken;
	});
	return { header, summary: scanner.summary() };
}

/** Good records only, each behind its line number, as UTF-8 with one kind of newline. */
async function cleanCopy(file: StagedFile, scratch: string): Promise<string> {
	const path = scratchFile(scratch, 'clean', 'csv');
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

async function scanNdjson(file: StagedFile): Promise<ScannedFile> {
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
		firstLine: null,
		rejects: null
	};
}

/** Lines that are no record, on disk: a broken file may be nothing but such lines. */
class RejectFile {
	readonly #scratch: string;
	#lines: string[] = [];
	path: string | null = null;

	constructor(scratch: string) {
		this.#scratch = scratch;
	}

	add(reject: Reject): void {
		this.#lines.push(`${JSON.stringify(reject)}\n`);
	}

	write(): void {
		if (this.#lines.length === 0) return;
		this.path ??= scratchFile(this.#scratch, 'rejects', 'ndjson');
		appendFileSync(this.path, this.#lines.join(''), { mode: 0o600 });
		this.#lines = [];
	}
}

/** Records, each behind its line number, in one piece of memory: a buffer for each would cost more than the reading. */
class NumberedRecords {
	readonly #delimiter: number;
	#bytes = Buffer.alloc(0);
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

function scratchFile(scratch: string, kind: string, suffix: string): string {
	mkdirSync(scratch, { recursive: true, mode: 0o700 });
	return join(scratch, `${kind}-${randomUUID()}.${suffix}`);
}

/** What tells two ways of reading apart. */
export function readingKey({ fields, strict, timezone, rules }: Reading): string {
	return JSON.stringify([fields, strict, timezone, rules]);
}

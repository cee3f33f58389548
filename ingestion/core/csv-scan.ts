/**
 * Finds the records of a CSV file: RFC 4180 with any one-character delimiter, any newline, and quoted fields that
 * may span lines. It knows bytes and lines and no meaning: types, keys and values are checked set-wise in SQL.
 *
 * Why not DuckDB's own reject tables: after a broken quote they skip good lines, and rows carry no line number.
 */
import { assertUtf8 } from './encoding.ts';
import { IngestError } from './errors.ts';

/** A line that is no record. `line` counts physical lines from 1. */
export interface Reject {
	line: number;
	reason: string;
	/** What was found, when that says more than the reason. */
	found: string | null;
	text: string;
}

export interface CsvSink {
	header(names: string[]): void;
	/** A good record: bytes `start` to `end` of `buffer`, without its newline. Only valid during the call. */
	record?(line: number, buffer: Buffer, start: number, end: number): void;
	reject(reject: Reject): void;
}

export interface CsvSummary {
	records: number;
	rejects: number;
	/** One record a line, one kind of newline, no blank line, no reject: DuckDB can read the file as it is. */
	pristine: boolean;
}

export const REASONS = {
	quotes: 'The line has a broken quote: a quoted value must begin and end with ", and a " inside it be written ""',
	columns: 'The line has another number of columns than the header',
	long: 'The line is longer than 1 MB'
} as const;

/** Longest record in bytes; a quote that is still open then is taken as broken. */
const LONGEST = 1 << 20;
const SHOWN = 2000;
const LF = 10;
const CR = 13;
const QUOTE = 34;

type Outcome = 'record' | 'more' | keyof typeof REASONS;

export class CsvScanner {
	readonly #sink: CsvSink;
	readonly #delimiter: number;
	readonly #file: string;
	#width = 0;
	#line = 1;
	#records = 0;
	#rejects = 0;
	#irregular = false;
	#newlines = new Set<string>();
	/** Of the record just walked: set in place, because a new object for each of millions would have to be collected. */
	readonly #scanned = { columns: 0, lines: 0, end: 0, next: 0 };

	constructor(sink: CsvSink, delimiter: string, file: string) {
		this.#sink = sink;
		this.#delimiter = delimiter.charCodeAt(0);
		this.#file = file;
	}

	/** Takes the records that are whole in these bytes (UTF-8). @returns how many bytes that were; the others come again with the next */
	take(buffer: Buffer, last: boolean): number {
		let at = 0;
		const first = this.#line;
		while (at < buffer.length) {
			let outcome = this.#scan(buffer, at, last);
			if (outcome === 'more') break;
			if (outcome === 'record' && this.#width > 0 && this.#scanned.columns !== this.#width)
				outcome = this.#isBlank(buffer, at) ? 'record' : 'columns';
			if (outcome === 'quotes' && !this.#scanLine(buffer, at, last)) break;
			this.#record(buffer, at, outcome);
			at = this.#scanned.next;
		}
		assertUtf8(buffer.subarray(0, at), this.#file, first);
		return at;
	}

	/** After the last bytes. */
	summary(): CsvSummary {
		if (this.#width === 0)
			throw new IngestError(`File ${this.#file} is empty, not even a header is in it. Export it again, or take it away.`);
		const pristine = !this.#irregular && this.#rejects === 0 && this.#newlines.size <= 1 && !this.#newlines.has('\r');
		return { records: this.#records, rejects: this.#rejects, pristine };
	}

	#record(buffer: Buffer, start: number, outcome: Exclude<Outcome, 'more'>): void {
		const { columns, lines, end } = this.#scanned;
		const line = this.#line;
		this.#line += lines;
		if (outcome === 'record' && this.#isBlank(buffer, start)) this.#irregular = true;
		else if (outcome === 'record' && this.#width === 0) this.#header(buffer, start, end, columns, lines);
		else if (outcome === 'record') {
			this.#records++;
			if (lines > 1) this.#irregular = true;
			this.#sink.record?.(line, buffer, start, end);
		} else {
			this.#rejects++;
			const found = outcome === 'columns' ? `${columns} columns instead of ${this.#width}` : null;
			this.#sink.reject({ line, reason: REASONS[outcome], found, text: buffer.toString('utf8', start, Math.min(end, start + SHOWN)) });
		}
	}

	#header(buffer: Buffer, start: number, end: number, columns: number, lines: number): void {
		let text = buffer.toString('utf8', start, end);
		if (text.startsWith('\uFEFF')) text = text.slice(1);
		this.#width = columns;
		if (lines > 1 || this.#line - lines > 1) this.#irregular = true;
		this.#sink.header(splitRecord(text, String.fromCharCode(this.#delimiter)).map((name) => name.trim()));
	}

	/** Blank: nothing but spaces up to the newline. In a file of one column too, where it could only be a missing value. */
	#isBlank(buffer: Buffer, start: number): boolean {
		for (let i = start; i < this.#scanned.end; i++) if (buffer[i] !== 32 && buffer[i] !== 9) return false;
		return true;
	}

	/** Walks one record from `start`; leaves its columns, lines, end and the start of the next in #scanned. */
	#scan(buffer: Buffer, start: number, last: boolean): Outcome {
		const { length } = buffer;
		const delimiter = this.#delimiter;
		let i = start;
		if (this.#width === 0 && start === 0 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) i = 3;
		let columns = 1;
		let lines = 1;
		let atStart = true;
		while (i < length) {
			const byte = buffer[i];
			if (byte === delimiter) {
				columns++;
				atStart = true;
				i++;
			} else if (byte === LF || byte === CR) {
				if (byte === CR && i + 1 === length && !last) return 'more';
				return this.#done(buffer, columns, lines, i, start);
			} else if (byte === QUOTE) {
				if (!atStart) return 'quotes';
				const close = closingQuote(buffer, i + 1, Math.min(length, start + LONGEST));
				if (close < 0) return last || length - start >= LONGEST ? 'quotes' : 'more';
				if (close + 1 === length && !last) return 'more';
				lines += countNewlines(buffer, i + 1, close);
				i = close + 1;
				atStart = false;
				if (i < length && buffer[i] !== delimiter && buffer[i] !== LF && buffer[i] !== CR) return 'quotes';
			} else {
				atStart = false;
				i++;
			}
		}
		if (!last) return length - start > LONGEST ? this.#tooLong() : 'more';
		this.#set(columns, lines, length, length);
		return 'record';
	}

	#done(buffer: Buffer, columns: number, lines: number, end: number, start: number): Outcome {
		const crlf = buffer[end] === CR && buffer[end + 1] === LF;
		this.#newlines.add(crlf ? '\r\n' : buffer[end] === CR ? '\r' : '\n');
		this.#set(columns, lines, end, end + (crlf ? 2 : 1));
		return end - start > LONGEST ? 'long' : 'record';
	}

	#set(columns: number, lines: number, end: number, next: number): void {
		this.#scanned.columns = columns;
		this.#scanned.lines = lines;
		this.#scanned.end = end;
		this.#scanned.next = next;
	}

	#tooLong(): never {
		throw new IngestError(
			`File ${this.#file}, line ${this.#line}: the line is longer than 1 MB. Is this a text file with the delimiter and newlines it should have?`
		);
	}

	/** After a broken quote only the first line is given up; the next line begins anew. */
	#scanLine(buffer: Buffer, start: number, last: boolean): boolean {
		let end = start;
		while (end < buffer.length && buffer[end] !== LF && buffer[end] !== CR) end++;
		if (!last && end + 1 >= buffer.length) return end - start > LONGEST ? this.#tooLong() : false;
		const crlf = buffer[end] === CR && buffer[end + 1] === LF;
		this.#set(0, 1, end, Math.min(buffer.length, end + (crlf ? 2 : 1)));
		return true;
	}
}

/** The quote that ends the value, "" being one quote inside it; -1 when there is none before `limit`. */
function closingQuote(buffer: Buffer, from: number, limit: number): number {
	let i = from;
	for (;;) {
		const at = buffer.indexOf(QUOTE, i);
		if (at < 0 || at >= limit) return -1;
		if (buffer[at + 1] !== QUOTE) return at;
		i = at + 2;
	}
}

function countNewlines(buffer: Buffer, from: number, to: number): number {
	let lines = 0;
	for (let i = from; i < to; i++) if (buffer[i] === LF || (buffer[i] === CR && buffer[i + 1] !== LF)) lines++;
	return lines;
}

/** Values of one well-formed record. */
export function splitRecord(text: string, delimiter: string): string[] {
	const values: string[] = [];
	let i = 0;
	for (;;) {
		if (text[i] === '"') {
			let value = '';
			for (i++; ; i++) {
				if (text[i] !== '"') value += text[i] ?? '';
				else if (text[i + 1] === '"') value += text[i++];
				else break;
				if (i >= text.length) break;
			}
			values.push(value);
			i++;
		} else {
			const end = text.indexOf(delimiter, i);
			values.push(text.slice(i, end < 0 ? undefined : end));
			i = end < 0 ? text.length : end;
		}
		if (i >= text.length) return values;
		i++;
		if (i === text.length) return [...values, ''];
	}
}

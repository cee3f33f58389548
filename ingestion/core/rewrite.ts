/** Kept extracts without the lines of erased persons. */
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Encoding } from './encoding.ts';
import { isGzip, readText } from './files.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

export interface Kept {
	path: string;
	shown: string;
	encoding: Encoding;
	format: 'csv' | 'ndjson';
}

/**
 * Writes the file again, whole or not at all, without the records that begin at these physical lines (from 1) and without any
 * line that holds one of these texts. @returns how many records and lines that were
 */
export async function rewriteWithout(
	{ path, shown, encoding, format }: Kept,
	records: ReadonlySet<number>,
	texts: readonly string[]
): Promise<number> {
	const arriving = `${path.replace(/(\.gz)?$/, '')}.arriving`;
	const file = createWriteStream(arriving, { mode: 0o600 });
	const out = isGzip(path) ? createGzip() : file;
	if (out !== file) out.pipe(file);
	let line = 1;
	// A record that goes, and whose last quote is still open: it goes on in the next line.
	let open = false;
	let dropped = 0;
	const keeps = (bytes: Buffer): boolean => {
		const goesOn = open;
		const goes = records.has(line++) || (!goesOn && holds(bytes, texts));
		if (goes) dropped++;
		if (format === 'csv' && (goes || goesOn) && hasOddQuotes(bytes)) open = !open;
		return !goes && !goesOn;
	};
	const take = async (buffer: Buffer, last: boolean): Promise<number> => {
		const kept: Buffer[] = [];
		let at = 0;
		for (let end = lineEnd(buffer, at, last); end > 0; end = lineEnd(buffer, at, last)) {
			const bytes = buffer.subarray(at, end);
			if (keeps(bytes)) kept.push(bytes);
			at = end;
		}
		if (kept.length > 0 && !out.write(encoded(Buffer.concat(kept), encoding))) await once(out, 'drain');
		return at;
	};
	try {
		await readText(path, shown, encoding, take);
		out.end();
		await finished(file);
		renameSync(arriving, path);
		return dropped;
	} finally {
		rmSync(arriving, { force: true });
	}
}

/** End of the line that begins at `at`, its newline included; 0 when it is not all there. */
function lineEnd(buffer: Buffer, at: number, last: boolean): number {
	for (let i = at; i < buffer.length; i++) {
		if (buffer[i] === LF) return i + 1;
		if (buffer[i] !== CR) continue;
		if (i + 1 === buffer.length && !last) return 0;
		return buffer[i + 1] === LF ? i + 2 : i + 1;
	}
	return last && at < buffer.length ? buffer.length : 0;
}

function hasOddQuotes(bytes: Buffer): boolean {
	let quotes = 0;
	for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) quotes++;
	return quotes % 2 === 1;
}

/** A number may be typed with blanks and dashes between its digits. */
function holds(bytes: Buffer, texts: readonly string[]): boolean {
	if (texts.length === 0) return false;
	const text = bytes.toString('utf8');
	const close = text.replace(/[\s().·-]/g, '');
	return texts.some((wanted) => text.includes(wanted) || close.includes(wanted));
}

function encoded(utf8: Buffer, encoding: Encoding): Buffer {
	if (encoding === 'utf-8') return utf8;
	return Buffer.from(utf8.toString('utf8'), encoding === 'latin-1' ? 'latin1' : 'utf16le');
}

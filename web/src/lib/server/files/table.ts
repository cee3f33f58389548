/** A table as a file holds it: exact values, all rows, whether they are known already or come page by page. */

import { HELD_BACK } from '#lib/format.ts';

export type FileCell = string | number | null;
export type FileRow = Record<string, FileCell>;

export interface FileTable {
	/** File name without its ending. */
	name: string;
	columns: { key: string; title: string }[];
	/** Numbers are written as they are; percentages stay shares unless the title says otherwise. */
	rows: readonly FileRow[] | AsyncIterable<readonly FileRow[]>;
}

/** Rows that become one piece of text: few enough that the pieces on their way take little memory. */
const AT_ONCE = 500;

/** Rows in small portions, as a writer takes them. */
export async function* portions(rows: FileTable['rows']): AsyncIterable<readonly FileRow[]> {
	if (Symbol.asyncIterator in rows) for await (const some of rows) yield* pieces(some);
	else yield* pieces(rows);
}

function* pieces(rows: readonly FileRow[]): Iterable<readonly FileRow[]> {
	for (let from = 0; from < rows.length; from += AT_ONCE) yield rows.slice(from, from + AT_ONCE);
}

/** As it is written: what is held back by the screen's mark, so that it is not taken for nothing; null is an empty cell. */
export function written(value: FileCell): FileCell {
	if (typeof value !== 'number' || Number.isFinite(value)) return value;
	return Number.isNaN(value) ? HELD_BACK : null;
}

/** Cells that a spreadsheet would run as a formula. Numbers are not text and stay as they are. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/** A text that no spreadsheet runs. */
export function harmless(text: string): string {
	return FORMULA.test(text) ? `'${text}` : text;
}

/** Headers of a download; the plain name is for clients that do not read the other. */
export function fileHeaders(name: string, ending: string, type: string): Record<string, string> {
	return {
		'content-type': type,
		'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}.${ending}"; filename*=UTF-8''${encodeURIComponent(`${name}.${ending}`)}`
	};
}

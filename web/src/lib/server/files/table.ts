/** A table as a file holds it: exact values, all rows, whether they are known already or come page by page. */

export type FileCell = string | number | null;
export type FileRow = Record<string, FileCell>;

export interface FileTable {
	/** File name without its ending. */
	name: string;
	columns: { key: string; title: string }[];
	/** Numbers are written as they are; percentages stay shares unless the title says otherwise. */
	rows: readonly FileRow[] | AsyncIterable<readonly FileRow[]>;
}

/** Rows in portions, as a writer takes them. */
export async function* portions(rows: FileTable['rows']): AsyncIterable<readonly FileRow[]> {
	if (Symbol.asyncIterator in rows) yield* rows;
	else yield rows;
}

export function isFinished(value: FileCell): value is string | number {
	return value !== null && (typeof value === 'string' || Number.isFinite(value));
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

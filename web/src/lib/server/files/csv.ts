/** Tables as CSV: UTF-8 with a mark that spreadsheets know, lines as RFC 4180 wants them, written while the rows come. */
import { fileHeaders, harmless, portions, written, type FileCell, type FileTable } from './table.ts';

const encoder = new TextEncoder();

/** The file in portions. A failure on the way breaks the download off: a file that ends is complete. */
export async function* csvParts({ columns, rows }: FileTable): AsyncIterable<string> {
	yield `\uFEFF${line(columns.map(({ title }) => title))}`;
	for await (const some of portions(rows)) yield some.map((row) => line(columns.map(({ key }) => row[key] ?? null))).join('');
}

function line(cells: readonly FileCell[]): string {
	return `${cells.map(cell).join(',')}\r\n`;
}

function cell(of: FileCell): string {
	const value = written(of);
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const safe = harmless(value);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvResponse(table: FileTable): Response {
	return new Response(streamOf(csvParts(table)), { headers: fileHeaders(table.name, 'csv', 'text/csv; charset=utf-8') });
}

/** Asked for portion by portion, so that a slow reader slows the questions down instead of filling memory. */
function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
	const iterator = parts[Symbol.asyncIterator]();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await iterator.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await iterator.return?.();
		}
	});
}

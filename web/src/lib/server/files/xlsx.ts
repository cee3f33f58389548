/**
 * Tables as XLSX, written while the rows come: sheets of inline strings in a zip that yazl packs on its way. Memory stays flat
 * however many rows there are; past what a sheet holds the next sheet goes on.
 */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { fileHeaders, harmless, portions, written, type FileCell, type FileRow, type FileTable } from './table.ts';

/** Rows of a sheet, its head included; Excel knows no more. */
export const SHEET_ROWS = 1_048_576;
/** Characters of a cell; Excel knows no more. */
const MOST_CHARACTERS = 32_767;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The zip as a stream; it fails, and never ends, when the rows fail. */
export function xlsxStream(table: FileTable, rowsOfSheet = SHEET_ROWS): Readable {
	const zip = new ZipFile();
	const out = new PassThrough();
	zip.on('error', (error: Error) => out.destroy(error));
	zip.outputStream.on('error', (error: Error) => out.destroy(error)).pipe(out);
	write(zip, out, table, rowsOfSheet).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
	return out;
}

async function write(zip: ZipFile, out: PassThrough, table: FileTable, rowsOfSheet: number): Promise<void> {
	const source = rowStream(table.rows);
	let sheets = 0;
	for (let more = true; more;) {
		sheets += 1;
		const state = { more: false };
		const stream = Readable.from(sheetParts(table.columns, source, rowsOfSheet - 1, state), { highWaterMark: 2 });
		const ended = new Promise<void>((done, fail) => stream.once('end', done).once('error', fail));
		stream.once('error', (error) => out.destroy(error));
		out.once('close', () => stream.destroy());
		zip.addReadStream(stream, `xl/worksheets/sheet${sheets}.xml`);
		await ended;
		more = state.more;
	}
	for (const [path, text] of Object.entries(frame(sheets))) zip.addBuffer(Buffer.from(XML + text), path);
	zip.end();
}

/** One row at a time can be looked at before it is taken, so that a sheet knows whether another follows. */
interface RowSource {
	take(): Promise<readonly FileRow[] | null>;
	putBack(rows: readonly FileRow[]): void;
}

function rowStream(rows: FileTable['rows']): RowSource {
	const iterator = portions(rows)[Symbol.asyncIterator]();
	let kept: readonly FileRow[] | null = null;
	return {
		async take() {
			if (kept) {
				const back = kept;
				kept = null;
				return back;
			}
			for (;;) {
				const { done, value } = await iterator.next();
				if (done) return null;
				if (value.length > 0) return value;
			}
		},
		putBack(some) {
			kept = some.length > 0 ? some : null;
		}
	};
}

async function* sheetParts(
	columns: FileTable['columns'],
	source: RowSource,
	room: number,
	state: { more: boolean }
): AsyncIterable<string> {
	yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
	const keys = columns.map(({ key }) => key);
	yield row(keys, Object.fromEntries(columns.map(({ key, title }) => [key, title])));
	let left = room;
	for (;;) {
		const some = await source.take();
		if (some === null) break;
		if (left === 0) {
			source.putBack(some);
			state.more = true;
			break;
		}
		const taken = some.slice(0, left);
		source.putBack(some.slice(taken.length));
		left -= taken.length;
		let text = '';
		for (const each of taken) text += row(keys, each);
		yield text;
	}
	yield '</sheetData></worksheet>';
}

/** Adds up text without arrays between: eleven million cells make much garbage otherwise. */
function row(keys: readonly string[], of: FileRow): string {
	let text = '<row>';
	for (const key of keys) text += cell(of[key] ?? null);
	return `${text}</row>`;
}

function cell(of: FileCell): string {
	const value = written(of);
	if (value === null) return '<c/>';
	if (typeof value === 'number') return `<c><v>${value}</v></c>`;
	const text = harmless(value).slice(0, MOST_CHARACTERS);
	return `<c t="inlineStr"><is><t xml:space="preserve">${escape(text)}</t></is></c>`;
}

const NEEDS_ESCAPE = /[^\t\n\r\u0020-\u0025\u0027-\u003B\u003D\u003F-\uD7FF\uE000-\uFFFD]/;

/** Text of XML; control characters, which it cannot hold, go. Most texts need nothing. */
function escape(text: string): string {
	if (!NEEDS_ESCAPE.test(text)) return text;
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}

/** What stands around the sheets. */
function frame(sheets: number): Record<string, string> {
	const each = (of: (number: number) => string) => Array.from({ length: sheets }, (_, index) => of(index + 1)).join('');
	return {
		'[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`,
		'_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((number) => `<sheet name="${number}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}">${each((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`
	};
}

export function xlsxResponse(table: FileTable): Response {
	const stream = xlsxStream(table);
	return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
		headers: fileHeaders(table.name, 'xlsx', `${CONTENT}.sheet`)
	});
}

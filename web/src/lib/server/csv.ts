/** Tables as CSV files: what is on the screen, exact, all rows, safe to open in a spreadsheet. */

export interface CsvTable {
	/** File name without its ending. */
	name: string;
	columns: { key: string; title: string }[];
	/** Numbers are written as they are; percentages stay shares unless the title says otherwise. */
	rows: Record<string, string | number | null>[];
}

/** Cells that a spreadsheet would run as a formula. Numbers are not text and stay as they are. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

export function csvText({ columns, rows }: CsvTable): string {
	const lines = [columns.map(({ title }) => cell(title)), ...rows.map((row) => columns.map(({ key }) => cell(row[key] ?? null)))];
	// The mark tells spreadsheets that the text is UTF-8.
	return '\uFEFF' + lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
	const safe = FORMULA.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvResponse(table: CsvTable): Response {
	return new Response(csvText(table), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${table.name.replace(/[^\w.-]+/g, '-')}.csv"; filename*=UTF-8''${encodeURIComponent(`${table.name}.csv`)}`
		}
	});
}

/** A table for the clipboard: tabs between cells, so that a spreadsheet takes it as cells. Numbers are exact and bare. */
import { HELD_BACK, type Locale } from '../format.ts';
import { columnTitle, type TableColumn, type TableRow } from '../components/table/table.ts';

export interface Copied {
	columns: readonly TableColumn[];
	rows: readonly TableRow[];
	total: TableRow | null;
	words: { total: string };
	locale: Locale;
	currency: string;
}

export function tsvOf({ columns, rows, total, words, currency }: Copied): string {
	const line = (row: TableRow, name?: string) => columns.map(({ key }, index) => cell(index === 0 && name ? name : (row[key] ?? null)));
	const lines = [columns.map((column) => cell(columnTitle(column, currency))), ...rows.map((row) => line(row))];
	if (total) lines.push(line(total, String(total[columns[0]?.key ?? ''] ?? words.total)));
	return lines.map((cells) => cells.join('\t')).join('\n');
}

/** A text that a spreadsheet would run as a formula starts with an apostrophe, as in the files. */
function cell(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return Number.isNaN(value) ? HELD_BACK : String(value);
	const plain = value.replace(/[\t\r\n]+/g, ' ');
	return /^\s*[=+\-@]/.test(plain) ? `'${plain}` : plain;
}

/** False where the browser does not allow it. */
export async function copyTable(copied: Copied): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(tsvOf(copied));
		return true;
	} catch {
		return false;
	}
}

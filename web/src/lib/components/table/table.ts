/** Shape of a table's columns and rows, their order, and their texts. */
import { formatChange, formatNumber, isHeldBack, unitTitle, type Digits, type Locale, type Unit } from '../../format.ts';

export type CellValue = string | number | null;
export type TableRow = Record<string, CellValue>;

export interface TableColumn {
	key: string;
	title: string;
	/** `text` is left-aligned. `change` is a relative change, `points` a change of a rate; both carry a sign and, by `better`, a colour. */
	unit?: Unit | 'text' | 'change' | 'points';
	/** A bar for the magnitude under each number. */
	bar?: boolean;
	/** Which way is good news, for changes. */
	better?: 'up' | 'down' | 'none';
	/** One sentence: what the figure means. */
	hint?: string;
	strong?: boolean;
	/** Title over neighbouring columns that are read in the same way. */
	group?: string;
	/** Default true. */
	sortable?: boolean;
}

export interface ColumnGroup {
	title: string;
	columns: number;
}

/** Neighbouring columns of one group together; empty where no column has one. */
export function columnGroups(columns: readonly TableColumn[]): ColumnGroup[] {
	if (!columns.some((column) => column.group)) return [];
	const groups: ColumnGroup[] = [];
	for (const { group = '' } of columns) {
		const last = groups.at(-1);
		if (last?.title === group) last.columns++;
		else groups.push({ title: group, columns: 1 });
	}
	return groups;
}

export interface Sort {
	key: string;
	descending: boolean;
}

/** `-leads` is descending by leads, as the address writes it. */
export function parseSort(value: string | undefined, columns: readonly TableColumn[]): Sort | null {
	const key = value?.replace(/^-/, '');
	return key && columns.some((column) => column.key === key) ? { key, descending: value?.startsWith('-') ?? false } : null;
}

export function writeSort({ key, descending }: Sort): string {
	return descending ? `-${key}` : key;
}

/** What a click on a head asks for: numbers start with the greatest, names with the first; a second click turns it round. */
export function nextSort(column: TableColumn, current: Sort | null): Sort {
	if (current?.key === column.key) return { key: column.key, descending: !current.descending };
	return { key: column.key, descending: isNumeric(column) };
}

/** Rows that are no member, such as leads of no store: they count, but are neither ranked nor measured against members. */
export function isAside(row: TableRow): boolean {
	return 'id' in row && row.id === null;
}

/** A copy in order; what is missing comes last either way, and equal rows keep their order. */
export function sortRows<Row extends TableRow>(rows: readonly Row[], sort: Sort | null, locale: Locale): Row[] {
	if (!sort) return [...rows];
	const collator = new Intl.Collator(locale, { numeric: true });
	const direction = sort.descending ? -1 : 1;
	return [...rows].sort((a, b) => {
		if (isAside(a) !== isAside(b)) return isAside(a) ? 1 : -1;
		const [left, right] = [sortable(a[sort.key]), sortable(b[sort.key])];
		if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
		return (
			direction * (typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right)))
		);
	});
}

/** What is held back has no place in an order either. */
function sortable(value: CellValue | undefined): CellValue {
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** Whether a note must say why figures are missing. */
export function hasHeldBack(columns: readonly TableColumn[], rows: readonly TableRow[]): boolean {
	return rows.some((row) => columns.some(({ key }) => isHeldBack(row[key])));
}

export function isNumeric(column: TableColumn): boolean {
	return (column.unit ?? 'text') !== 'text';
}

export function columnTitle(column: TableColumn, currency: string): string {
	const { unit = 'text' } = column;
	const mark = unit === 'text' || unit === 'change' || unit === 'points' ? '' : unitTitle(unit, currency);
	return mark ? `${column.title} ${mark}` : column.title;
}

/** So that figures stand under figures: where an amount has no cents none has, where a count has a tenth each has one. */
export function digitsOf(columns: readonly TableColumn[], rows: readonly TableRow[]): Map<string, Digits> {
	const numbers = (key: string) => rows.map((row) => row[key]).filter((value) => typeof value === 'number');
	return new Map(
		columns.flatMap(({ key, unit }): [string, Digits][] => {
			if (unit === 'money' && numbers(key).some((value) => Math.abs(value) >= 100)) return [[key, 'whole']];
			if (unit === 'count' && numbers(key).some((value) => value % 1 !== 0 && !Number.isNaN(value))) return [[key, 'tenths']];
			return [];
		})
	);
}

export function cellText(value: CellValue | undefined, column: TableColumn, locale: Locale, currency: string, digits?: Digits): string {
	const { unit = 'text' } = column;
	if (unit === 'text') return value === null || value === undefined ? '–' : String(value);
	const number = typeof value === 'number' ? value : null;
	if (unit === 'change' || unit === 'points') {
		const text = formatChange(number, unit === 'points' ? 'percent' : 'count', locale);
		return number === null || Number.isNaN(number) ? text : `${arrow(number, text)}${text.replace(/^[+−]/, '')}`;
	}
	return formatNumber(number, unit, locale, { currency, bare: true, ...(digits ? { digits } : {}) });
}

function arrow(number: number, text: string): string {
	if (!/[1-9]/.test(text)) return '';
	return number > 0 ? '▲ ' : '▼ ';
}

/** Good or bad news of a change; null where it is neither. */
export function cellTone(value: CellValue | undefined, column: TableColumn): 'good' | 'bad' | null {
	const { unit, better = 'none' } = column;
	if ((unit !== 'change' && unit !== 'points') || better === 'none' || typeof value !== 'number' || Number.isNaN(value)) return null;
	// What rounds to nothing is no news.
	if (Math.abs(value) < 0.0005) return null;
	return value > 0 === (better === 'up') ? 'good' : 'bad';
}

/** Length of a cell's bar as a share of the column's greatest value; null where there is none to draw. */
export function barShare(row: TableRow, column: TableColumn, rows: readonly TableRow[]): number | null {
	const value = row[column.key];
	if (!column.bar || isAside(row) || typeof value !== 'number' || !(value > 0)) return null;
	const greatest = Math.max(
		...rows.filter((each) => !isAside(each)).map((each) => (typeof each[column.key] === 'number' ? (each[column.key] as number) || 0 : 0))
	);
	return greatest > 0 ? value / greatest : null;
}

/** When two answers are the same: rows as a set unless their order was asked for, numbers by value. */
import type { Cell, Row, SemanticQueryInput } from '../../../contracts/semantic.ts';
import type { Told } from './headquarters.ts';

/** Quantiles and ratios are computed over rows in whatever order they come. */
const RELATIVE = 1e-9;

/** Null: they are the same; else the first difference in words. */
export function difference(told: Told, expected: Told, query: SemanticQueryInput): string | null {
	if (told.results === null || expected.results === null)
		return told.results === expected.results ? null : `one is refused: ${told.error ?? 'answered'} | ${expected.error ?? 'answered'}`;
	if (told.results.length !== expected.results.length) return `${told.results.length} results instead of ${expected.results.length}`;
	for (const [index, { data, total }] of told.results.entries()) {
		const other = expected.results[index] ?? { data: [], total: null };
		if (total !== other.total) return `a total of ${total} rows instead of ${other.total}`;
		const [rows, others] = query.order ? [data, other.data] : [sorted(data, query), sorted(other.data, query)];
		if (rows.length !== others.length) return `${rows.length} rows instead of ${others.length}`;
		for (const [at, row] of rows.entries()) {
			const wrong = differs(row, others[at] ?? {});
			if (wrong) return `row ${at}, ${wrong}`;
		}
	}
	return null;
}

function differs(row: Row, expected: Row): string | null {
	const keys = new Set([...Object.keys(row), ...Object.keys(expected)]);
	for (const key of keys) {
		if (!same(row[key] ?? null, expected[key] ?? null)) return `${key}: ${String(row[key])} instead of ${String(expected[key])}`;
	}
	return null;
}

function same(a: Cell, b: Cell): boolean {
	if (a === b) return true;
	if (typeof a !== 'string' || typeof b !== 'string' || a.trim() === '' || b.trim() === '') return false;
	const [x, y] = [Number(a), Number(b)];
	return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= RELATIVE * Math.max(1, Math.abs(x), Math.abs(y));
}

/** By what is asked for besides figures, which makes each row of an answer another one. */
function sorted(rows: readonly Row[], { dimensions = [], timeDimensions = [] }: SemanticQueryInput): Row[] {
	const names = [...dimensions, ...timeDimensions.map(({ dimension }) => dimension)];
	const key = (row: Row) => JSON.stringify(names.map((name) => row[name] ?? null));
	return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * Statements by the shape of their question. Cube takes some 15 ms of its only thread to choose tables and to write SQL; both depend on the
 * members that a question names and on how it is filtered, not on the values that it is filtered by. So each shape is turned into SQL
 * once, with marks in the place of values, and whoever asks the same of another store, period or channel gets that statement with theirs.
 */
import { randomUUID } from 'node:crypto';

/** What Cube makes of a question: plain data, its values among the parameters of `sql`. */
export interface Made {
	sql: [string, unknown[], ...unknown[]] | null;
	canUseTransformedQuery?: { granularityHierarchies?: Record<string, unknown> } | null;
}

interface Condition {
	member?: string;
	operator?: string;
	values?: unknown[];
	and?: Condition[];
	or?: Condition[];
}

/** As Cube hands it over: normalised, with the policy's conditions, its times in UTC. */
export interface Normalised {
	requestId?: unknown;
	contextSymbols?: unknown;
	filters?: Condition[];
	timeDimensions?: { dimension?: string; granularity?: string; dateRange?: unknown }[];
}

/** The text between marks, and which value belongs between two pieces. */
interface Template {
	pieces: string[];
	places: number[];
	/** Holds no values; the same for all. */
	shared: Made['canUseTransformedQuery'];
}

const MOST_SHAPES = 1000;
/** A scope of thousands of stores is a shape of its own. */
const MOST_VALUES = 500;
/** Nobody can guess it, so nobody can ask for it. */
const TOKEN = `‹${randomUUID()}:`;
/** Days long before any data stand for days, so that whatever reads dates can read them. */
const FIRST_MARK = Date.UTC(1200, 0, 1);
const DAY_MS = 86_400_000;
const DAY_MARK = /12\d\d-\d\d-\d\d/;
const MARK = new RegExp(`${TOKEN}(\\d+)›|${DAY_MARK.source}`, 'g');
const WHOLE_DAYS = [/^(\d{4}-\d\d-\d\d)(T00:00:00\.000)$/, /^(\d{4}-\d\d-\d\d)(T23:59:59\.999)$/] as const;

const markOf = (place: number) => `${TOKEN}${place}›`;
const dayMarkOf = (place: number) => new Date(FIRST_MARK + place * DAY_MS).toISOString().slice(0, 10);

export class Statements {
	/** Null: Cube must be asked each time, for this shape's statement depends on its values. */
	readonly #templates = new Map<string, Template | null>();

	/** The statement of `query`: by `make`, unless one of its shape is known. `kind` holds whatever else the statement depends on. */
	async get<Query extends Normalised, Result extends Made>(
		kind: string,
		query: Query,
		make: (query: Query) => Promise<Result>
	): Promise<Result> {
		const { marked, values } = marksFor(query);
		if (values.length > MOST_VALUES || DAY_MARK.test(JSON.stringify([query.filters, query.timeDimensions]))) return make(query);
		const key = kind + JSON.stringify({ ...marked, requestId: undefined, contextSymbols: undefined });
		let template = this.#templates.get(key);
		if (template === undefined) {
			// What is wrong with a question is said of the question itself, not of its marks.
			const made = await make(marked).catch(() => null);
			if (made === null) return make(query);
			template = templateOf(made, values.length);
		}
		this.#keep(key, template);
		return template === null ? make(query) : filled<Result>(template, values);
	}

	#keep(key: string, template: Template | null): void {
		this.#templates.delete(key);
		this.#templates.set(key, template);
		if (this.#templates.size > MOST_SHAPES) this.#templates.delete(this.#templates.keys().next().value as string);
	}
}

/** The question with a mark in the place of each value, and the values in the order of their marks. */
function marksFor<Query extends Normalised>(query: Query): { marked: Query; values: string[] } {
	const values: string[] = [];
	const mark = (value: unknown) => (typeof value === 'string' ? markOf(values.push(value) - 1) : value);
	const days = (range: unknown): unknown => {
		if (!Array.isArray(range) || range.length !== 2) return range;
		const parts = range.map((end, index) => WHOLE_DAYS[index]?.exec(String(end)));
		// Parts of days are read by other tables than whole days.
		if (parts.some((part) => !part)) return range as unknown[];
		return parts.map((part) => dayMarkOf(values.push(part?.[1] ?? '') - 1) + part?.[2]);
	};
	const condition = (one: Condition): Condition => {
		if (one.and) return { ...one, and: one.and.map(condition) };
		if (one.or) return { ...one, or: one.or.map(condition) };
		if (one.operator === 'equals' || one.operator === 'notEquals') return { ...one, values: one.values?.map(mark) ?? [] };
		if (one.operator === 'inDateRange') return { ...one, values: days(one.values) as unknown[] };
		return one;
	};
	const marked = {
		...query,
		filters: query.filters?.map(condition),
		timeDimensions: query.timeDimensions?.map((time) => ({ ...time, dateRange: days(time.dateRange) }))
	};
	return { marked, values };
}

/** Null where the marks show that a value did more than to become a parameter. */
function templateOf(made: Made, values: number): Template | null {
	const { canUseTransformedQuery: shared, ...rest } = made;
	const pieces: string[] = [];
	const places: number[] = [];
	const text = JSON.stringify(rest);
	let end = 0;
	for (const match of text.matchAll(MARK)) {
		pieces.push(text.slice(end, match.index));
		places.push(match[1] === undefined ? (Date.parse(`${match[0]}T00:00:00Z`) - FIRST_MARK) / DAY_MS : Number(match[1]));
		end = match.index + match[0].length;
	}
	pieces.push(text.slice(end));
	const asParameters = new Set([...JSON.stringify(made.sql?.[1] ?? []).matchAll(MARK)].map(([found]) => found));
	const whole = asParameters.size === values && pieces.every((piece) => !isMarked(piece)) && !isMarked(JSON.stringify(shared ?? null));
	return whole && !isMarked(made.sql?.[0] ?? '') ? { pieces, places, shared } : null;
}

/** Also where a mark was cut, padded or written in another way. */
function isMarked(text: string): boolean {
	return text.includes(TOKEN) || DAY_MARK.test(text);
}

function filled<Result extends Made>({ pieces, places, shared }: Template, values: readonly string[]): Result {
	let text = pieces[0] ?? '';
	places.forEach((place, index) => {
		text += JSON.stringify(values[place] ?? null).slice(1, -1) + (pieces[index + 1] ?? '');
	});
	return { ...(JSON.parse(text) as Result), canUseTransformedQuery: shared };
}

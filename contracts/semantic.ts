/** What may be asked of the semantic layer over HTTP, and what it answers: a strict subset of the Cube protocol. */
import { z } from 'zod';

/** Views that can be asked, each named for its reader. */
export const VIEWS = ['leads', 'funnel', 'customers', 'orders', 'channels', 'targets', 'holidays', 'quality'] as const;
export type ViewName = (typeof VIEWS)[number];

export const MAX_ROWS = 50_000;
export const DEFAULT_ROWS = 10_000;
/** Answers carry the version of the data that they were computed from. */
export const VERSION_HEADER = 'x-onelane-version';
/** `cache-control` of a question that nobody asks twice, such as one for a portion of a file: its answer is not kept. */
export const PASSING = 'no-store';
/** `prefer` of who knows what the members mean: the answer leaves out what the model says of them, which is most of a short answer. */
export const FIGURES_ONLY = 'return=minimal';

/** A calendar day that exists, such as "2024-02-29". */
const day = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day such as "2024-02-29"' })
	.refine(isDay, { message: 'is no day of the calendar' });

const member = z
	.string()
	.max(120)
	.regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, { message: 'must be "<view>.<member>"' });

/** First and last day, both included. */
const range = z.tuple([day, day]).refine(([from, to]) => from <= to, { message: 'must start before it ends' });

export const granularity = z.enum(['day', 'week', 'month', 'quarter', 'year']);
export type Granularity = z.infer<typeof granularity>;

const timeDimension = z
	.strictObject({
		dimension: member,
		granularity: granularity.optional(),
		/** Without a granularity the range only filters. */
		dateRange: range.optional(),
		/** Answers each range in turn; a period of comparison is asked like this, never by shifting time. */
		compareDateRange: z.array(range).min(2).max(4).optional()
	})
	.refine((value) => !(value.dateRange && value.compareDateRange), { message: 'takes dateRange or compareDateRange, not both' });

const plain = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const values = z.array(plain).min(1).max(5000);
const oneValue = z.tuple([z.union([z.string().max(500), z.number()])]);

const condition = z.discriminatedUnion('operator', [
	z.strictObject({ member, operator: z.enum(['equals', 'notEquals']), values }),
	z.strictObject({
		member,
		operator: z.enum(['contains', 'notContains', 'startsWith']),
		values: z.array(z.string().min(1).max(100)).min(1).max(20)
	}),
	z.strictObject({ member, operator: z.enum(['gt', 'gte', 'lt', 'lte']), values: oneValue }),
	z.strictObject({ member, operator: z.enum(['set', 'notSet']) }),
	/** The only operator on times: first and last day, both included. */
	z.strictObject({ member, operator: z.literal('inDateRange'), values: range })
]);
export type Condition = z.infer<typeof condition>;

const conditions = z.array(condition).min(1).max(50);
/** Two levels are enough for every screen and keep a query readable. */
const filter = z.union([
	condition,
	z.strictObject({
		or: z
			.array(z.union([condition, z.strictObject({ and: conditions })]))
			.min(1)
			.max(50)
	}),
	z.strictObject({
		and: z
			.array(z.union([condition, z.strictObject({ or: conditions })]))
			.min(1)
			.max(50)
	})
]);
export type Filter = z.infer<typeof filter>;

const direction = z.enum(['asc', 'desc']);

/** One query. A query without measures answers the distinct members of its dimensions: a filter's list. */
export const semanticQuery = z
	.strictObject({
		measures: z.array(member).max(100).default([]),
		dimensions: z.array(member).max(40).default([]),
		timeDimensions: z.array(timeDimension).max(1).default([]),
		filters: z.array(filter).max(50).default([]),
		/** Sorted by the first entry first; members must be asked for. */
		order: z.union([z.array(z.tuple([member, direction])).max(10), z.record(member, direction)]).optional(),
		limit: z.number().int().min(1).max(MAX_ROWS).default(DEFAULT_ROWS),
		offset: z.number().int().min(0).max(10_000_000).default(0),
		/** Also answers how many rows there are without limit and offset. */
		total: z.boolean().default(false),
		/** Accepted for clients that always name one; data is kept by business day, so no other zone has a meaning. */
		timezone: z.literal('UTC').optional(),
		responseFormat: z.enum(['default', 'compact', 'columnar']).default('default')
	})
	.refine((value) => value.measures.length + value.dimensions.length + value.timeDimensions.filter((time) => time.granularity).length > 0, {
		message: 'asks for nothing: name a measure, a dimension or a granularity'
	});
export type SemanticQuery = z.infer<typeof semanticQuery>;
/** As it is written by a caller; the rest is filled in. */
export type SemanticQueryInput = z.input<typeof semanticQuery>;

/** Body of `POST /cubejs-api/v1/load`; with GET both keys are search parameters and `query` is JSON. */
export const loadRequest = z.strictObject({ query: semanticQuery, queryType: z.literal('multi').optional() });

/** Counts, money and ratios are decimal strings so that no digit is lost; times are `YYYY-MM-DDTHH:mm:ss.SSS`; nothing is null. */
export type Cell = string | boolean | null;
/** Keys are members; a time dimension is keyed with and without its granularity; `compareDateRange` holds "from - to". */
export type Row = Record<string, Cell>;

export type Unit = 'count' | 'percent' | 'money' | 'minutes' | 'hours' | 'days' | 'ratio';
export type Better = 'up' | 'down' | 'none';

/** What the model says of a measure besides its name. */
export interface MeasureMeta {
	title_zh: string;
	description_zh: string;
	unit: Unit;
	/** Which way is good news. */
	better: Better;
	/** In words or members, such as "visit_leads / leads". */
	formula: string;
}

export interface DimensionMeta {
	title_zh: string;
	description_zh?: string;
	/** Personal data, masked: absent from some roles' answers. */
	personal?: boolean;
}

export interface Annotation {
	title: string;
	shortTitle: string;
	description?: string;
	type: string;
	format?: string;
	meta?: MeasureMeta | DimensionMeta;
}

/** Answer to one query without `queryType`. */
export interface LoadResult<Data = Row[]> {
	data: Data;
	annotation: { measures: Record<string, Annotation>; dimensions: Record<string, Annotation>; timeDimensions: Record<string, Annotation> };
	query: Record<string, unknown>;
	lastRefreshTime?: string;
	/** Names of the rollups that answered, if any did. */
	usedPreAggregations?: Record<string, unknown>;
	total: number | null;
	/** Rows whose figures are null because they are about too few people; absent where nothing is held back. */
	suppressed?: { rows: number[]; people: number; reason: string };
}

/** What `/readyz` of the web server says while the semantic layer has not said anything itself. */
export const NOT_ANSWERING = 'The semantic layer does not answer yet.';

/** Answer with `queryType=multi`: needed for compareDateRange, one result a range. */
export interface MultiResult {
	queryType: 'regularQuery' | 'compareDateRangeQuery';
	results: LoadResult[];
	pivotQuery: Record<string, unknown>;
	slowQuery: boolean;
}

export interface MetaMember<Meta> {
	/** `<view>.<member>` */
	name: string;
	title: string;
	shortTitle: string;
	description?: string;
	type: string;
	format?: string;
	meta?: Meta;
}

export interface MetaView {
	name: ViewName;
	title: string;
	description?: string;
	meta?: { title_zh: string; description_zh: string };
	measures: MetaMember<MeasureMeta>[];
	dimensions: MetaMember<DimensionMeta>[];
}

/** Answer to `GET /cubejs-api/v1/meta`: only what the asking role may use. */
export interface MetaResult {
	cubes: MetaView[];
}

/** Answer to `/cubejs-api/v1/sql`: the statement that answers the query under the policy of whoever asks. */
export interface SqlResult {
	sql: { sql: [string, unknown[]] };
}

/** One sentence, with a status of 400 (the query), 401 (the token), 403 (not yours to see), 503 (no data yet) or 500. */
export interface SemanticError {
	error: string;
}

function isDay(value: string): boolean {
	const time = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
}

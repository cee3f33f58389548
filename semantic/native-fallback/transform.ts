/** From the columns a warehouse answered with to the members that were asked for, in each of Cube's three shapes. */

/** Columns as Cube hands them over: names are SQL aliases. */
export interface RawColumns {
	members: string[];
	columns: unknown[][];
}

export interface TransformRequest {
	aliasToMemberNameMap: Record<string, string>;
	/** Visible members only: an alias that leads elsewhere is hidden. */
	annotation: Record<string, { type?: string } | undefined>;
	query: { dimensions?: string[]; timeDimensions?: TimeDimension[] };
	queryType?: 'regularQuery' | 'compareDateRangeQuery' | 'blendingQuery';
	resType?: 'default' | 'compact' | 'columnar';
}

export interface TimeDimension {
	dimension: string;
	granularity?: string;
	dateRange?: string | string[];
}

export type Data = Record<string, unknown>[] | { members: string[]; dataset: unknown[][] } | { members: string[]; columns: unknown[][] };

export class HiddenMemberError extends Error {}

interface Column {
	member: string;
	values: unknown[];
}

/** Finest last. */
const FINENESS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'];

export function transform(request: TransformRequest, raw: RawColumns): Data {
	const columns = memberColumns(request, raw);
	const rows = raw.columns[0]?.length ?? 0;
	const members = columns.map(({ member }) => member);
	if (request.resType === 'columnar') return { members, columns: columns.map(({ values }) => values) };
	if (request.resType === 'compact')
		return { members, dataset: Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row])) };
	return Array.from({ length: rows }, (_, row) => {
		const object: Record<string, unknown> = {};
		for (const { member, values } of columns) object[member] = values[row];
		return object;
	});
}

function memberColumns(request: TransformRequest, raw: RawColumns): Column[] {
	const rows = raw.columns[0]?.length ?? 0;
	const found = raw.members.map((alias, index) => {
		const member = request.aliasToMemberNameMap[alias];
		if (member === undefined) throw new Error(`The answer has a column "${alias}" that no member asked for.`);
		const annotation = request.annotation[member];
		if (!annotation)
			throw new HiddenMemberError(`You requested hidden member: '${member}'. Please make it visible using \`public: true\`.`);
		return { member, values: (raw.columns[index] ?? []).map((value) => cell(value, annotation.type)) };
	});
	const columns = found.length === 0 ? [] : [...found, ...bareTimes(request, found)];
	if (columns.length === 0) return columns;
	const [time] = request.query.timeDimensions ?? [];
	if (request.queryType === 'compareDateRangeQuery') {
		columns.push({ member: 'compareDateRange', values: new Array<unknown>(rows).fill(rangeName(time)) });
	}
	if (request.queryType === 'blendingQuery' && time?.granularity) {
		const source = columns.find(({ member }) => member === `${time.dimension}.${time.granularity}`);
		if (source) columns.push({ member: `time.${time.granularity}`, values: source.values });
	}
	return columns;
}

/** A time dimension asked by granularity is also answered under its own name, with the finest of them. */
function bareTimes(request: TransformRequest, columns: Column[]): Column[] {
	const finest = new Map<string, { fineness: number; values: unknown[] }>();
	for (const { member, values } of columns) {
		const [cube, name, granularity] = member.split('.');
		const bare = `${cube}.${name}`;
		if (granularity === undefined || request.query.dimensions?.includes(bare)) continue;
		const fineness = FINENESS.indexOf(granularity);
		const known = finest.get(bare);
		if (!known || fineness > known.fineness) finest.set(bare, { fineness, values });
	}
	return [...finest].map(([member, { values }]) => ({ member, values }));
}

function rangeName(time: TimeDimension | undefined): string {
	const range = time?.dateRange;
	return Array.isArray(range) ? range.join(' - ') : (range ?? '');
}

/** Numbers leave as strings so that no digit is lost on the way, and what is none as nothing; times lose their zone, for every query runs in one. */
function cell(value: unknown, type: string | undefined): unknown {
	if (value === null || value === undefined) return null;
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
	if (typeof value === 'bigint') return String(value);
	if (type === 'time' && typeof value === 'string') return localTime(value);
	return value;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?)?\s*(Z|UTC|\+00(?::?00)?)?$/;

function localTime(value: string): string {
	const parts = INSTANT.exec(value);
	if (!parts) {
		const time = new Date(value);
		return Number.isNaN(time.getTime()) ? value : time.toISOString().slice(0, -1);
	}
	const [, day, clock = '00:00:00', fraction = '.'] = parts;
	const seconds = clock.length === 5 ? `${clock}:00` : clock;
	return `${day}T${seconds}${fraction.padEnd(4, '0').slice(0, 4)}`;
}

/**
 * Minimum group size: figures of fewer people than that are held back (null, with a reason), for the roles and views that the
 * configuration names. So that nobody can be told from a total, each hidden group has a large one hidden beside it (complementary
 * suppression): what is missing from any total of the answer is always about at least as many people.
 */
import type { Claims } from '../../contracts/claims.ts';
import type { MinimumGroup } from '../../contracts/sight.ts';
import type { Cell, Row, SemanticQuery, ViewName } from '../../contracts/semantic.ts';
import { MAX_ROWS } from '../../contracts/semantic.ts';
import { conditionsOf, QueryError } from './members.ts';
import { isOfGroups, PolicyError } from './policy.ts';

/** The measure that counts a view's people, each once. */
const PEOPLE: Partial<Record<ViewName, string>> = {
	leads: 'leads.customers',
	funnel: 'funnel.customers',
	orders: 'orders.customers',
	customers: 'customers.customers'
};

/** Each more doubles the totals that have to be looked at. */
const MOST_AXES = 5;

export interface Protection {
	size: number;
	people: string;
}

/** Null: the answer is given as it is. */
export function protectionOf(query: SemanticQuery, { role }: Claims, setting: MinimumGroup | null): Protection | null {
	const [first = ''] = [...query.measures, ...query.dimensions, ...query.timeDimensions.map((time) => time.dimension)];
	const view = first.split('.')[0] as ViewName;
	const people = PEOPLE[view];
	if (setting === null || people === undefined) return null;
	const named = setting.roles.includes(role) && (setting.views as readonly ViewName[]).includes(view);
	return named ? { size: setting.size, people } : null;
}

/**
 * The question that is asked instead: with the number of people, and whole, for what is cut off or sorted must be looked at first.
 * @throws PolicyError, QueryError for what would tell of a single person whatever is held back
 */
export function wholeQuery(query: SemanticQuery, { people }: Protection, isMeasure: (member: string) => boolean): SemanticQuery {
	const conditions = query.filters.flatMap(conditionsOf);
	const figure = conditions.find(({ member }) => isMeasure(member));
	if (figure)
		throw new PolicyError(
			`"${figure.member}" can't be filtered by: small groups are held back for your role, and a limit would tell of them.`
		);
	const single = [
		...query.dimensions,
		...query.timeDimensions.map((time) => time.dimension),
		...conditions.map(({ member }) => member)
	].find((member) => !isOfGroups(member));
	if (single) throw new PolicyError(`"${single}" is about single people: small groups are held back for your role.`);
	if (axesOf(query).length > MOST_AXES)
		throw new QueryError(`Where small groups are held back, ask by at most ${MOST_AXES} things at a time.`);
	if (query.responseFormat !== 'default') throw new QueryError('Where small groups are held back, ask in the default response format.');
	return { ...query, measures: [...new Set([...query.measures, people])], limit: MAX_ROWS, offset: 0, total: false };
}

interface Answered {
	data: Row[];
	total?: number | null;
	annotation?: { measures?: Record<string, unknown> };
	query?: Record<string, unknown>;
	suppressed?: Suppressed;
}

/** What an answer says of what it holds back. */
export interface Suppressed {
	/** Places in `data` whose figures are null because they are about too few people, or stand beside such. */
	rows: number[];
	people: number;
	reason: string;
}

/** Holds back, then cuts and sorts as was asked. Changes `answer`. */
export function holdBack(answer: Answered, query: SemanticQuery, { size, people }: Protection): void {
	if (answer.data.length >= MAX_ROWS)
		throw new QueryError('These are more groups than can be looked at: ask for fewer members or a shorter period.');
	// A list of members holds no figures; that a group exists is no secret.
	const hidden = query.measures.length === 0 ? answer.data.map(() => false) : hiddenRows(answer.data, axesOf(query), people, size);
	const marked = answer.data.map((row, index): [Row, boolean] => [shown(row, query, people, hidden[index] ?? true), hidden[index] ?? true]);
	const cut = sorted(marked, query).slice(query.offset, query.offset + query.limit);
	answer.data = cut.map(([row]) => row);
	if (query.total) answer.total = marked.length;
	const rows = cut.flatMap(([, isHidden], index) => (isHidden ? [index] : []));
	if (rows.length > 0)
		answer.suppressed = {
			rows,
			people: size,
			reason: `Figures of fewer than ${size} people are held back, and where needed one more, so that nobody can be told from a total.`
		};
	if (!query.measures.includes(people) && answer.annotation?.measures) Reflect.deleteProperty(answer.annotation.measures, people);
	answer.query = { ...answer.query, measures: query.measures, limit: query.limit, offset: query.offset };
}

function shown(row: Row, { measures }: SemanticQuery, people: string, isHidden: boolean): Row {
	const { [people]: _, ...rest } = row;
	const kept: Row = measures.includes(people) ? { ...row } : rest;
	if (isHidden) for (const measure of measures) kept[measure] = null;
	return kept;
}

/** The place among figures would tell of a figure that is held back: such rows stand last, in the order of their names. */
function sorted(rows: [Row, boolean][], { order, measures, dimensions, timeDimensions }: SemanticQuery): [Row, boolean][] {
	const names = order ? (Array.isArray(order) ? order.map(([name]) => name) : Object.keys(order)) : null;
	const byFigures = names ? names.some((name) => measures.includes(name)) : !timeDimensions.some((time) => time.granularity);
	if (!byFigures) return rows;
	const key = ([row]: [Row, boolean]) => JSON.stringify(dimensions.map((name) => row[name] ?? null));
	return [
		...rows.filter(([, isHidden]) => !isHidden),
		...rows.filter(([, isHidden]) => isHidden).sort((a, b) => (key(a) < key(b) ? -1 : 1))
	];
}

/** Columns that tell rows apart; id and names of one member are one axis. */
export function axesOf({ dimensions, timeDimensions }: Pick<SemanticQuery, 'dimensions' | 'timeDimensions'>): string[][] {
	const axes = new Map<string, string[]>();
	for (const name of dimensions) {
		const member = name.replace(/_(id|name_zh|name_en)$/, '');
		axes.set(member, [...(axes.get(member) ?? []), name]);
	}
	for (const { dimension, granularity } of timeDimensions) if (granularity) axes.set(dimension, [`${dimension}.${granularity}`]);
	return [...axes.values()];
}

/** @param people column with the number of people of each row */
export function hiddenRows(rows: readonly Row[], axes: readonly string[][], people: string, size: number): boolean[] {
	const count = (index: number) => Number(rows[index]?.[people] ?? 0);
	const hidden = rows.map((_, index) => count(index) < size);
	// Every total that can be made from the answer: over some of its axes, for each combination of the others.
	const slices = choices(axes).flatMap((kept) => groupsBy(rows, kept.flat()));
	for (let changed = hidden.some(Boolean); changed;) {
		changed = false;
		for (const slice of slices) {
			const held = slice.filter((index) => hidden[index]);
			if (held.length === 0 || held.some((index) => count(index) >= size)) continue;
			const [smallest] = slice.filter((index) => !hidden[index]).sort((a, b) => count(a) - count(b));
			if (smallest === undefined) continue;
			hidden[smallest] = true;
			changed = true;
		}
	}
	return hidden;
}

/** All choices of some axes, but for all of them. */
function choices(axes: readonly string[][]): string[][][] {
	return Array.from({ length: 2 ** axes.length - 1 }, (_, bits) => axes.filter((_axis, index) => (bits >> index) & 1));
}

function groupsBy(rows: readonly Row[], names: readonly string[]): number[][] {
	const groups = new Map<string, number[]>();
	for (const [index, row] of rows.entries()) {
		const key = JSON.stringify(names.map((name): Cell => row[name] ?? null));
		const group = groups.get(key);
		if (group) group.push(index);
		else groups.set(key, [index]);
	}
	return [...groups.values()];
}

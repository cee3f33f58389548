/** What an answer says after small groups were held back: see `groups.ts` for whose question it was. */
import { MAX_ROWS, type Cell, type Row, type SemanticQuery } from '../../contracts/semantic.ts';
import { axesOf, counterpart, OF_NOBODY, type Protection } from './groups.ts';
import { QueryError } from './members.ts';

/** Writes into each row how many people it is about; rows that `counted` does not have are about nobody. Changes `rows`. */
export function addPeople(rows: Row[], counted: readonly Row[], query: SemanticQuery, { people }: Protection): void {
	if (people === null) return;
	const axes = axesOf(query).flat();
	const keyOf = (row: Row, names: readonly string[]) => JSON.stringify(names.map((name): Cell => row[name] ?? null));
	const known = new Map(counted.map((row) => [keyOf(row, axes.map(counterpart)), row[people] ?? null]));
	for (const row of rows) row[people] = known.get(keyOf(row, axes)) ?? null;
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
	const hidden = hiddenOf(answer.data, query, people, size);
	const marked = answer.data.map((row, index): [Row, boolean] => [shown(row, query, people, hidden[index] ?? true), hidden[index] ?? true]);
	const cut = sorted(marked, query).slice(query.offset, query.offset + query.limit);
	answer.data = cut.map(([row]) => row);
	if (query.total) answer.total = marked.length;
	const rows = cut.flatMap(([, isHidden], index) => (isHidden ? [index] : []));
	if (rows.length > 0)
		answer.suppressed = {
			rows,
			people: size,
			reason:
				people === null
					? `What was reached is held back for your role, for nothing counts whose it was; figures of fewer than ${size} people are.`
					: `Figures of fewer than ${size} people are held back, and where needed one more, so that nobody can be told from a total.`
		};
	if (people !== null && !query.measures.includes(people) && answer.annotation?.measures)
		Reflect.deleteProperty(answer.annotation.measures, people);
	answer.query = { ...answer.query, measures: query.measures, limit: query.limit, offset: query.offset };
}

function hiddenOf(rows: readonly Row[], query: SemanticQuery, people: string | null, size: number): boolean[] {
	// A list of members holds no figures; that a group exists is no secret.
	if (query.measures.length === 0) return rows.map(() => false);
	return people === null ? rows.map(() => true) : hiddenRows(rows, axesOf(query), people, size);
}

function shown(row: Row, { measures }: SemanticQuery, people: string | null, isHidden: boolean): Row {
	const kept: Row = { ...row };
	if (people !== null && !measures.includes(people)) Reflect.deleteProperty(kept, people);
	if (isHidden) for (const measure of measures) if (!OF_NOBODY.has(measure)) kept[measure] = null;
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

/** What can be asked at all: the members of the model, their kinds and types. */
import type { Condition, Filter, SemanticQuery } from '../../contracts/semantic.ts';

export class QueryError extends Error {
	readonly status = 400;
}

export interface Member {
	kind: 'measure' | 'dimension';
	/** `time`, `string`, `number`, `boolean` */
	type: string;
	unit?: string | undefined;
	/** `identity`: null, not 0, where no source gives an identifier. */
	restsOn?: string | undefined;
}

interface MetaMember {
	name: string;
	type: string;
	meta?: { unit?: string; rests_on?: string };
}

export interface Meta {
	cubes: { name: string; measures: MetaMember[]; dimensions: MetaMember[] }[];
}

export class Members {
	readonly #members = new Map<string, Member>();

	constructor(meta: Meta) {
		for (const view of meta.cubes) {
			for (const { name, type, meta: said } of view.measures)
				this.#members.set(name, { kind: 'measure', type, unit: said?.unit, restsOn: said?.rests_on });
			for (const { name, type } of view.dimensions) this.#members.set(name, { kind: 'dimension', type });
		}
	}

	readonly isMeasure = (member: string): boolean => this.#members.get(member)?.kind === 'measure';

	get count(): number {
		return this.#members.size;
	}

	get(member: string): Member | undefined {
		return this.#members.get(member);
	}

	/** Refuses what Cube would refuse later and less clearly, or answer wrongly. @throws QueryError */
	check(query: SemanticQuery): void {
		for (const measure of query.measures) this.#is(measure, 'measure');
		for (const dimension of query.dimensions) this.#is(dimension, 'dimension');
		for (const { dimension } of query.timeDimensions) {
			if (this.#is(dimension, 'dimension').type !== 'time')
				throw new QueryError(`"${dimension}" is no time; it can't be a time dimension.`);
		}
		for (const condition of query.filters.flatMap(conditionsOf)) this.#checkCondition(condition, query);
		this.#checkOrder(query);
		checkPinned(query);
	}

	#checkCondition({ member, operator }: Condition, { measures }: SemanticQuery): void {
		const known = this.#known(member);
		// Cube joins what the measures asked for need, and no more: the statement would fail, or not, by what else is in it.
		if (known.kind === 'measure' && !measures.includes(member))
			throw new QueryError(`Filtered by "${member}", which is not asked for: ask for it as well.`);
		const ofTime = operator === 'inDateRange';
		if (operator === 'set' || operator === 'notSet') return;
		if (ofTime && known.type !== 'time') throw new QueryError(`"${member}" is no time; inDateRange can't filter it.`);
		if (!ofTime && known.type === 'time') throw new QueryError(`"${member}" is a time; filter it with inDateRange.`);
		if (known.kind === 'measure' && ['contains', 'notContains', 'startsWith'].includes(operator)) {
			throw new QueryError(`"${member}" is a measure; ${operator} can't filter it.`);
		}
	}

	#checkOrder({ order = [], measures, dimensions, timeDimensions }: SemanticQuery): void {
		const asked = new Set([...measures, ...dimensions, ...timeDimensions.filter((time) => time.granularity).map((time) => time.dimension)]);
		for (const member of Array.isArray(order) ? order.map(([name]) => name) : Object.keys(order)) {
			if (!asked.has(member)) throw new QueryError(`Ordered by "${member}", which is not asked for.`);
		}
	}

	#is(member: string, kind: Member['kind']): Member {
		const known = this.#known(member);
		if (known.kind !== kind) throw new QueryError(`"${member}" is a ${known.kind}, not a ${kind}.`);
		return known;
	}

	#known(member: string): Member {
		const known = this.#members.get(member);
		if (!known) throw new QueryError(`There is no "${member}"; ask /cubejs-api/v1/meta for what there is.`);
		return known;
	}
}

/** Members that a query of the view must hold apart, for what they tell apart must not be added up. */
const PINNED: Record<string, readonly string[]> = { targets: ['targets.level', 'targets.metric'] };

/** @throws QueryError when a pinned member is neither a dimension nor filtered to one value */
function checkPinned({ measures, dimensions, filters }: SemanticQuery): void {
	const view = measures[0]?.split('.')[0] ?? '';
	for (const member of PINNED[view] ?? []) {
		const filtered = filters.some(
			(filter) => 'member' in filter && filter.member === member && filter.operator === 'equals' && filter.values.length === 1
		);
		if (!filtered && !dimensions.includes(member)) {
			throw new QueryError(
				`A query of "${view}" needs "${member}" as a dimension or filtered to one value: unlike things must not be added up.`
			);
		}
	}
}

export function conditionsOf(filter: Filter): Condition[] {
	if ('or' in filter) return filter.or.flatMap((one) => ('and' in one ? one.and : [one]));
	if ('and' in filter) return filter.and.flatMap((one) => ('or' in one ? one.or : [one]));
	return [filter];
}

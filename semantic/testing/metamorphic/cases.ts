/** Generated people and questions, from the model and values that are really there, of all scopes mixed. */
import fc from 'fast-check';
import { ROLES, ROLE_SCOPE, SCOPE_DIMENSIONS, type Claims, type ScopeDimension, type Scopes } from '../../../contracts/claims.ts';
import { GROUPS_ONLY, VIEW_SCOPES, mayRead } from '../../../contracts/sight.ts';
import type { Condition, Filter, MetaView, SemanticQueryInput } from '../../../contracts/semantic.ts';
import { conditionsOf } from '../../access/members.ts';
import { as } from '../place.ts';
import { rollupsOf, type RolledUp } from './rolled-up.ts';

/** A view as it may be asked, with some values of each dimension. */
export interface Known {
	view: MetaView;
	values: Record<string, readonly (string | null)[]>;
	/** Dimensions that roles without sight of people may use. */
	ofGroups: ReadonlySet<string>;
	days: readonly [string, string];
}

const SCOPED = ROLES.filter((role) => ROLE_SCOPE[role] !== null);

/** One dimension with some ids, or a mixture; now and then somebody of whom there is nothing. */
export function scopes(ids: Record<ScopeDimension, readonly string[]>): fc.Arbitrary<Scopes> {
	const part = (dimension: ScopeDimension): fc.Arbitrary<Scopes[number]> =>
		fc
			.oneof(
				{ weight: 12, arbitrary: fc.uniqueArray(fc.constantFrom(...ids[dimension]), { minLength: 1, maxLength: 3 }) },
				{ weight: 1, arbitrary: fc.constant<string[]>(["nobody's"]) }
			)
			.map((some) => ({ dimension, ids: some }));
	const mixed = fc
		.uniqueArray(fc.constantFrom(...SCOPE_DIMENSIONS), { minLength: 1, maxLength: 3 })
		.chain((some) => fc.tuple(...some.map(part)));
	// Rollups are by region: without whole regions every question would go to the facts.
	return fc.oneof({ weight: 2, arbitrary: fc.tuple(part('region_id')) }, { weight: 3, arbitrary: mixed });
}

export function person(of: Scopes): fc.Arbitrary<Claims> {
	return of.length === 0
		? fc.constantFrom(...GROUPS_ONLY).map((role) => as(role))
		: fc.constantFrom(...SCOPED).map((role) => ({ ...as(role), scopes: of }));
}

export function question(known: readonly Known[], of: Scopes): fc.Arbitrary<SemanticQueryInput> {
	const readable = known.filter(
		({ view }) => VIEW_SCOPES[view.name].length > 0 && mayRead(view.name, { role: SCOPED[0] ?? 'advisor', scopes: of })
	);
	const offered = of.length === 0 ? known : readable;
	const rolledUp = offered.flatMap((one) => rollupsOf(one.view.name).map((rollup) => narrowed(one, rollup)));
	const any = fc.constantFrom(...offered).chain((one) => ofView(one, of.length === 0));
	if (rolledUp.length === 0) return any;
	return fc.oneof(
		any,
		fc.constantFrom(...rolledUp).chain((one) => ofView(one, of.length === 0))
	);
}

/** A view as small as one of its rollups. */
function narrowed(one: Known, { measures, dimensions, time }: RolledUp): Known {
	const { view } = one;
	const kept = [...dimensions, time];
	return {
		...one,
		view: {
			...view,
			measures: view.measures.filter(({ name }) => measures.includes(name)),
			dimensions: view.dimensions.filter(({ name }) => kept.includes(name))
		}
	};
}

function ofView({ view, values, ofGroups, days }: Known, groupsOnly: boolean): fc.Arbitrary<SemanticQueryInput> {
	const usable = view.dimensions.filter(({ name }) => !groupsOnly || ofGroups.has(name));
	const plain = usable.filter(({ type }) => type !== 'time').map(({ name }) => name);
	const times = usable.filter(({ type }) => type === 'time').map(({ name }) => name);
	const measures = view.measures.map(({ name }) => name);
	const day = fc
		.integer({ min: 0, max: Math.max(1, between(days)) })
		.map((shift) => new Date(Date.parse(days[0]) + shift * 86_400_000).toISOString().slice(0, 10));
	const range = fc.tuple(day, day).map(([a, b]): [string, string] => (a < b ? [a, b] : [b, a]));
	const condition = conditions({ plain, times, measures, values, range, types: new Map(usable.map(({ name, type }) => [name, type])) });
	return fc
		.record({
			measures: fc.uniqueArray(fc.constantFrom(...measures), { maxLength: 4 }),
			dimensions: fc.uniqueArray(fc.constantFrom(...plain), { maxLength: 3 }),
			time: fc.option(
				fc.record({
					dimension: fc.constantFrom(...times),
					granularity: fc.option(fc.constantFrom('day', 'week', 'month', 'quarter', 'year'), { nil: undefined }),
					ranges: fc.array(range, { maxLength: 2 })
				}),
				{ freq: 3 }
			),
			filters: fc.array(filter(condition), { maxLength: 3 }),
			descending: fc.boolean(),
			ordered: fc.boolean(),
			cut: fc.option(fc.record({ limit: fc.integer({ min: 1, max: 20 }), offset: fc.integer({ min: 0, max: 5 }) }), { freq: 3 }),
			total: fc.boolean()
		})
		.map(({ measures: chosen, dimensions, time, filters, descending, ordered, cut, total }): SemanticQueryInput => {
			const pinned = view.name === 'targets' ? [...new Set([...dimensions, 'targets.level', 'targets.metric'])] : dimensions;
			const granularity = time?.granularity;
			const limiting = filters.flatMap(conditionsOf).map(({ member }) => member);
			const asked = [...new Set([...chosen, ...limiting.filter((member) => measures.includes(member))])];
			const figures = asked.length + pinned.length + (granularity ? 1 : 0) === 0 ? measures.slice(0, 1) : asked;
			const [first, second] = time?.ranges ?? [];
			// A whole order, so that what is cut off is the same on both sides.
			const order: [string, 'asc' | 'desc'][] = [
				...figures.slice(0, 1).map((name): [string, 'asc' | 'desc'] => [name, descending ? 'desc' : 'asc']),
				...pinned.map((name): [string, 'asc' | 'desc'] => [name, 'asc']),
				...(time && granularity ? [[time.dimension, 'asc'] as [string, 'asc' | 'desc']] : [])
			];
			return {
				measures: figures,
				dimensions: pinned,
				filters,
				total,
				...(time && (granularity || first)
					? {
							timeDimensions: [
								{
									dimension: time.dimension,
									...(granularity ? { granularity } : {}),
									...(first && second ? { compareDateRange: [first, second] } : first ? { dateRange: first } : {})
								}
							]
						}
					: {}),
				...(cut || ordered ? { order: order.slice(0, 10) } : {}),
				...(cut ?? { limit: 50_000 })
			};
		});
}

interface Asked {
	plain: string[];
	times: string[];
	measures: string[];
	values: Known['values'];
	range: fc.Arbitrary<[string, string]>;
	types: Map<string, string>;
}

function conditions({ plain, times, measures, values, range, types }: Asked): fc.Arbitrary<Condition> {
	const number = fc.constantFrom(0, 1, 2, 5, 20, 0.5);
	const comparison = fc.constantFrom('gt', 'gte', 'lt', 'lte');
	const some = (member: string) => values[member] ?? [null];
	const texts = plain.filter((name) => types.get(name) === 'string');
	const numbers = plain.filter((name) => types.get(name) === 'number');
	const of = (names: string[], make: (member: string) => fc.Arbitrary<Condition>): fc.Arbitrary<Condition>[] =>
		names.length === 0 ? [] : [fc.constantFrom(...names).chain(make)];
	return fc.oneof(
		...of(texts, (member) =>
			fc.record({
				member: fc.constant(member),
				operator: fc.constantFrom('equals', 'notEquals'),
				values: fc.uniqueArray(fc.constantFrom(...some(member)), { minLength: 1, maxLength: 4 })
			})
		),
		...of(texts, (member) =>
			fc.record({
				member: fc.constant(member),
				operator: fc.constantFrom('contains', 'notContains', 'startsWith'),
				values: fc.constantFrom(...some(member)).map((value) => [(value ?? 'x').slice(0, 2) || 'x'])
			})
		),
		...of(plain, (member) => fc.record({ member: fc.constant(member), operator: fc.constantFrom('set', 'notSet') })),
		...of(numbers, (member) => fc.record({ member: fc.constant(member), operator: comparison, values: fc.tuple(number) })),
		...of(measures, (member) => fc.record({ member: fc.constant(member), operator: comparison, values: fc.tuple(number) })),
		...of(times, (member) => fc.record({ member: fc.constant(member), operator: fc.constant('inDateRange' as const), values: range }))
	);
}

function filter(condition: fc.Arbitrary<Condition>): fc.Arbitrary<Filter> {
	// Cube takes figures and dimensions in one group of alternatives for a mistake.
	const dimension = condition.filter((one) => !['gt', 'gte', 'lt', 'lte'].includes(one.operator));
	return fc.oneof(
		{ weight: 5, arbitrary: condition },
		{
			weight: 2,
			arbitrary: fc
				.array(fc.oneof(dimension, fc.record({ and: fc.array(dimension, { minLength: 1, maxLength: 2 }) })), { minLength: 1, maxLength: 3 })
				.map((or) => ({ or }))
		},
		{ weight: 1, arbitrary: fc.array(dimension, { minLength: 1, maxLength: 2 }).map((and) => ({ and })) }
	);
}

function between([from, to]: readonly [string, string]): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

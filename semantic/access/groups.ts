/**
 * Minimum group size: figures of fewer people than that are held back (null, with a reason), for the roles and views that the
 * configuration names. So that nobody can be told from a total, each hidden group has a large one hidden beside it (complementary
 * suppression): what is missing from any total of the answer is always about at least as many people.
 */
import type { Claims } from '../../contracts/claims.ts';
import type { MinimumGroup } from '../../contracts/sight.ts';
import type { Filter, SemanticQuery, ViewName } from '../../contracts/semantic.ts';
import { MAX_ROWS } from '../../contracts/semantic.ts';
import { conditionsOf, QueryError, type Members } from './members.ts';
import { isOfGroups, PolicyError } from './policy.ts';

const UNKNOWN = 'unknown';

/** How many people each row of a view is about: its own count of them, each once; that of another view; or unknown. */
const PEOPLE: Partial<Record<ViewName, string>> = {
	leads: 'leads.customers',
	funnel: 'funnel.customers',
	orders: 'orders.customers',
	customers: 'customers.customers',
	// Sums by day know no people: those who did something in the same days at the same channel, campaign and region.
	channels: 'funnel.customers',
	// What was reached is one kind of doing at a time, and nothing counts whose it was.
	targets: UNKNOWN
};

/** Views that add up what people did, and so are protected where any of those is that say what. */
const ADDED_UP: readonly ViewName[] = ['channels', 'targets'];
const DOINGS: readonly ViewName[] = ['leads', 'funnel', 'orders'];

/** Figures that are about nobody, wherever they stand. */
export const OF_NOBODY: ReadonlySet<string> = new Set([
	...['spend', 'impressions', 'clicks', 'platform_leads', 'ctr', 'cost_per_click'].map((name) => `channels.${name}`),
	...['target', 'target_elapsed', 'time_elapsed'].map((name) => `targets.${name}`)
]);

/** Each more doubles the totals that have to be looked at. */
const MOST_AXES = 5;

export interface Protection {
	size: number;
	/** Column of the number of people; null where nothing counts them. */
	people: string | null;
}

/** Null: the answer is given as it is. */
export function protectionOf(query: SemanticQuery, { role }: Claims, setting: MinimumGroup | null): Protection | null {
	const view = viewOf(query);
	const people = PEOPLE[view];
	if (setting === null || people === undefined || !setting.roles.includes(role)) return null;
	if (ADDED_UP.includes(view) && query.measures.every((measure) => OF_NOBODY.has(measure))) return null;
	const named: readonly ViewName[] = setting.views;
	const isProtected = ADDED_UP.includes(view) ? DOINGS.some((doing) => named.includes(doing)) : named.includes(view);
	return isProtected ? { size: setting.size, people: people === UNKNOWN ? null : people } : null;
}

function viewOf({ measures, dimensions, timeDimensions }: SemanticQuery): ViewName {
	const [first = ''] = [...measures, ...dimensions, ...timeDimensions.map((time) => time.dimension)];
	return viewOfMember(first);
}

function viewOfMember(member: string): ViewName {
	return member.slice(0, member.indexOf('.')) as ViewName;
}

/** What is asked instead. */
export interface Whole {
	/** The question, whole, for what is cut off or sorted must be looked at first; with the number of people where its view counts them. */
	figures: SemanticQuery;
	/** The number of people in the same groups, of another view; null where `figures` answers it, or nothing can. */
	people: SemanticQuery | null;
}

/** @throws PolicyError, QueryError for what would tell of a single person whatever is held back */
export function wholeQuery(query: SemanticQuery, { people }: Protection, members: Pick<Members, 'isMeasure' | 'get'>): Whole {
	const conditions = query.filters.flatMap(conditionsOf);
	const figure = conditions.find(({ member }) => members.isMeasure(member));
	if (figure)
		throw new PolicyError(
			`"${figure.member}" can't be filtered by: small groups are held back for your role, and a limit would tell of them.`
		);
	const named = [...query.dimensions, ...query.timeDimensions.map((time) => time.dimension), ...conditions.map(({ member }) => member)];
	const single = named.find((member) => !isOfGroups(member));
	if (single) throw new PolicyError(`"${single}" is about single people: small groups are held back for your role.`);
	if (axesOf(query).length > MOST_AXES)
		throw new QueryError(`Where small groups are held back, ask by at most ${MOST_AXES} things at a time.`);
	const whole: SemanticQuery = { ...query, limit: MAX_ROWS, offset: 0, total: false, responseFormat: 'default' };
	if (people === null) return { figures: whole, people: null };
	if (viewOf(query) === viewOfMember(people))
		return { figures: { ...whole, measures: [...new Set([...query.measures, people])] }, people: null };
	const unknown = named.find((member) => members.get(counterpart(member)) === undefined);
	if (unknown)
		throw new QueryError(`Where small groups are held back, "${unknown}" can't be asked by: nothing counts the people behind it.`);
	const counted = {
		...whole,
		measures: [people],
		dimensions: query.dimensions.map(counterpart),
		timeDimensions: query.timeDimensions.map((time) => ({ ...time, dimension: counterpart(time.dimension) })),
		filters: query.filters.map((filter) => renamed(filter)),
		order: undefined
	};
	return { figures: whole, people: counted };
}

/** The member of `funnel` that says the same as one of `channels`. */
export function counterpart(member: string): string {
	return member.replace(/^channels\./, 'funnel.').replace(/^funnel\.activity_date/, 'funnel.occurred_date');
}

function renamed<F extends Filter>(filter: F): F {
	if ('or' in filter) return { ...filter, or: filter.or.map((one) => renamed(one)) };
	if ('and' in filter) return { ...filter, and: filter.and.map((one) => renamed(one)) };
	return { ...filter, member: counterpart(filter.member) };
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

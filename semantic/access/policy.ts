/** Who sees what: the one place. Applied to every query before the cache, and again by Cube to whatever it is asked. */
import { ROLE_SCOPE, type Claims, type Role } from '../../contracts/claims.ts';
import { GROUPS_ONLY, isForEverybody, mayRead } from '../../contracts/sight.ts';
import { VIEWS, type Condition, type Filter, type ViewName } from '../../contracts/semantic.ts';

export class PolicyError extends Error {
	readonly status = 403;
}

const NOT_IN_SCOPE: Partial<Record<ViewName, string>> = {
	channels: 'Spend is known by region only, so channels can be read by those who see whole regions; ask "leads" by channel instead.',
	targets: 'Targets are set for regions, areas and stores, not for one person.',
	quality: 'The state of the data is for headquarters to read.'
};

/** Dimensions of groups, not of people or single records: all that roles without sight of people may ask by. Others are refused unless added here. */
const GROUPS = [
	/^(region|region_then|region_now|area|dealer_group|store|inviter|advisor|channel|campaign|event|series|product|first_channel|member)_(id|name_zh|name_en)$/,
	/^(captured|occurred|order|cancelled|delivered|activity|target|first_seen)_date$/,
	/^channel_(domain|party|medium|ownership)$/,
	/^(campaign_platform|event_kind|store_store_type|store_store_city|province|city|city_tier|sales_model|target_month|level|metric)$/,
	/^(source|origin|status|reason|intent_level|score_band|urgency|furthest_stage|sla_status|lost_reason|cancel_reason|stage|funnel_name)$/,
	/^(is_mature|is_known_customer|is_open|with_lead|is_first|is_cancelled|is_arrived|is_identified)$/,
	/^(holiday|year|name_zh|name_en|anchor_date|first_date|last_date)$/,
	/^(lifecycle_stage|lifecycle_phase|lifecycle_node|segment)$/
];

/** Sources and tests are no people; an example of a quarantined row might be one. */
const STATE_OF_DATA = /^quality\.(source_freshness_|test_|quarantine_(source|resource|column_name|reason|last_loaded_at)$)/;

/** The members of a query, wherever they are written. */
export interface Asked {
	measures?: string[];
	dimensions?: string[];
	timeDimensions?: { dimension: string }[];
	filters?: unknown[];
	order?: unknown;
	segments?: unknown[];
}

/** @throws PolicyError when the query asks for what the claims do not allow */
export function authorise<Query extends Asked>(query: Query, who: Claims, isMeasure: (member: string) => boolean): Query {
	const members = membersOf(query);
	const view = onlyView(members);
	for (const member of members) {
		if (!mayUse(member, who.role, isMeasure)) {
			throw new PolicyError(`"${member}" is about single people, which your role may not see; ask by region, store, channel or product.`);
		}
	}
	const scope = scopeFilter(view, who);
	return scope === null ? query : { ...query, filters: [...(query.filters ?? []), scope] };
}

export function mayUse(member: string, role: Role, isMeasure: (member: string) => boolean): boolean {
	if (!GROUPS_ONLY.includes(role)) return true;
	// Measures count and sum; none of them names a person.
	return isMeasure(member) || STATE_OF_DATA.test(member) || isOfGroups(member);
}

export function isOfGroups(member: string): boolean {
	const name = member.slice(member.indexOf('.') + 1);
	return GROUPS.some((group) => group.test(name));
}

/**
 * The condition that keeps a view to the rows of a scope; null: every row. A row is seen when its own region, area, group, store or
 * person is in the scope: where a view's rows carry the hierarchy of their day (funnel, orders) it is that one, else today's.
 */
export function scopeFilter(view: ViewName, who: Claims): Filter | null {
	if (ROLE_SCOPE[who.role] === null || isForEverybody(view)) return null;
	if (!mayRead(view, who)) throw new PolicyError(NOT_IN_SCOPE[view] ?? `Your role sees nothing of "${view}".`);
	const parts = normalised(who).map(([dimension, ids]): Condition => ({ member: `${view}.${dimension}`, operator: 'equals', values: ids }));
	const [only] = parts;
	return only && parts.length === 1 ? only : { or: parts };
}

/** Two people with the same key get the same rows from the same query, if their roles may ask it at all. */
export function scopeKey(who: Claims): string {
	return ROLE_SCOPE[who.role] === null ? '*' : JSON.stringify(normalised(who));
}

function normalised({ scopes }: Claims): [string, string[]][] {
	return scopes.map(({ dimension, ids }): [string, string[]] => [dimension, [...new Set(ids)].sort()]).sort(([a], [b]) => (a < b ? -1 : 1));
}

function onlyView(members: readonly string[]): ViewName {
	const views = [...new Set(members.map((member) => member.slice(0, member.indexOf('.'))))];
	const [name] = views;
	if (views.length !== 1 || !isView(name)) {
		throw new PolicyError(
			`A query asks one of ${VIEWS.join(', ')}; this one asks ${views.map((view) => `"${view}"`).join(' and ') || 'none'}.`
		);
	}
	return name;
}

function isView(name: string | undefined): name is ViewName {
	return (VIEWS as readonly (string | undefined)[]).includes(name);
}

/** Anything that is not written as a plain member makes the query unreadable for the policy, and so refused. */
function membersOf(query: Asked): string[] {
	if (query.segments?.length) throw new PolicyError('Segments are not offered.');
	const order = Array.isArray(query.order) ? query.order.map((entry) => orderMember(entry)) : Object.keys(query.order ?? {});
	const members = [
		...(query.measures ?? []),
		...(query.dimensions ?? []),
		...(query.timeDimensions ?? []).map((time) => time.dimension),
		...(query.filters ?? []).flatMap((filter) => filterMembers(filter)),
		...order
	];
	if (members.some((member) => typeof member !== 'string' || !member.includes('.')))
		throw new PolicyError('A member is written as "<view>.<member>".');
	return members;
}

function orderMember(entry: unknown): string {
	if (Array.isArray(entry)) return String(entry[0]);
	return String((entry as { id?: unknown } | null)?.id);
}

function filterMembers(filter: unknown): string[] {
	const { and, or, member, dimension } = filter as Partial<{ and: Filter[]; or: Filter[]; member: string; dimension: string }>;
	const nested = and ?? or;
	return nested ? nested.flatMap((one) => filterMembers(one)) : [String(member ?? dimension)];
}

/** From filters of the address to conditions of the semantic layer. */
import type { Filters } from '#lib/filters.ts';
import { MEMBER_FILTERS, type MemberFilter, type Split } from '#lib/parameters.ts';
import type { DateRange, Period } from '#lib/periods.ts';
import { comparedMember, type ComparableMember } from '#lib/comparison.ts';
import { text, type Filter, type Query, type Row } from './semantic.ts';

/** The semantic layer's dimension of each split and filter. */
export const DIMENSION: Record<Split, string> = {
	region: 'region_id',
	area: 'area_id',
	store: 'store_id',
	group: 'dealer_group_id',
	inviter: 'inviter_id',
	advisor: 'advisor_id',
	channel: 'channel_id',
	campaign: 'campaign_id',
	series: 'series_id',
	grade: 'intent_level',
	origin: 'origin',
	province: 'province',
	city_tier: 'city_tier',
	sales_model: 'sales_model'
};

/** Dimensions that have names beside their ids: prefix of `<prefix>_name_zh` and `<prefix>_name_en`. */
export const NAME_PREFIX: Partial<Record<Split, string>> = {
	region: 'region',
	area: 'area',
	store: 'store',
	group: 'dealer_group',
	inviter: 'inviter',
	advisor: 'advisor',
	channel: 'channel',
	campaign: 'campaign',
	series: 'series'
};

/** What each view can be limited by; the rest has no meaning there. */
const APPLIES: Record<string, readonly MemberFilter[]> = {
	leads: MEMBER_FILTERS,
	funnel: MEMBER_FILTERS,
	orders: MEMBER_FILTERS,
	channels: ['region', 'channel', 'campaign'],
	targets: ['region', 'area', 'store']
};

/** Conditions for a view; null when a filter is set that the view knows nothing of, so that its figures would be wrong. */
export function semanticFilters(view: string, filters: Filters): Filter[] | null {
	const conditions: Filter[] = [];
	for (const key of MEMBER_FILTERS) {
		const values = filters[key];
		if (values.length === 0) continue;
		if (!APPLIES[view]?.includes(key)) return null;
		conditions.push({ member: `${view}.${DIMENSION[key]}`, operator: 'equals', values });
	}
	for (const [key, values] of excluded(filters)) {
		if (!APPLIES[view]?.includes(key)) return null;
		conditions.push({ member: `${view}.${DIMENSION[key]}`, operator: 'notEquals', values });
	}
	return conditions;
}

/** Members left out, by dimension. */
function excluded({ without }: Pick<Filters, 'without'>): Map<MemberFilter, string[]> {
	const found = new Map<MemberFilter, string[]>();
	for (const each of without) {
		const colon = each.indexOf(':');
		const key = each.slice(0, colon) as MemberFilter;
		found.set(key, [...(found.get(key) ?? []), each.slice(colon + 1)]);
	}
	return found;
}

/** The period and what it is compared with; null where nothing is: no comparison, a target, another member, or no such days. */
export function comparedRanges(period: Period, filters: Filters): { current: DateRange; comparison: DateRange | null } {
	const comparison = filters.compare === 'year' ? period.year : filters.compare === 'previous' ? period.previous : null;
	return { current: [period.from, period.to], comparison };
}

/** The member that the chosen one is laid beside. */
export interface OtherMember {
	key: ComparableMember;
	id: string;
}

export function otherMember(filters: Filters): OtherMember | null {
	const member = filters.compare === 'member' ? comparedMember(filters) : null;
	return member && filters.with ? { key: member.key, id: filters.with } : null;
}

/** Asks for two members at once, each row under its own: such a comparison costs no second question. */
export function withOther(query: Query, view: string, other: OtherMember | null): Query {
	if (!other) return query;
	const member = `${view}.${DIMENSION[other.key]}`;
	return {
		...query,
		dimensions: [...new Set([...(query.dimensions ?? []), member])],
		filters: (query.filters ?? []).map((filter): Filter =>
			'member' in filter && filter.member === member && filter.operator === 'equals'
				? { ...filter, values: [...filter.values, other.id] }
				: filter
		)
	};
}

/** Rows of the page's own member, or of the one beside it. */
export function sideOf(rows: Row[], view: string, other: OtherMember | null, side: 'own' | 'other'): Row[] {
	if (!other) return side === 'own' ? rows : [];
	return rows.filter((row) => (text(row, `${view}.${DIMENSION[other.key]}`) === other.id) === (side === 'other'));
}

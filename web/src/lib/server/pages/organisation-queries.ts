/** Questions of the organisation page: cohort figures from `leads`, orders from `orders`, attainment from `targets`. */
import type { Role } from '../../../../../contracts/claims.ts';
import { MAX_ROWS } from '../../../../../contracts/semantic.ts';
import type { Filters } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import type { MemberLevel } from '#lib/organisation/levels.ts';
import type { DateRange } from '#lib/periods.ts';
import { DIMENSION, NAME_PREFIX, semanticFilters } from '../members.ts';
import { askRanges, type Ranges } from '../ranges.ts';
import type { Filter, Query } from '../semantic.ts';

/** As many as one answer holds: the page shows what fits, the file all. */
const MEMBERS = MAX_ROWS;

export const COHORT = [
	'leads',
	'valid_leads',
	'valid_rate',
	'sla_due',
	'sla_kept',
	'sla_rate',
	'visit_leads',
	'visit_rate',
	'test_drive_leads',
	'order_leads',
	'order_rate',
	'mature_leads'
] as const;
export const ORDERS = ['orders', 'orders_net', 'cancelled_orders', 'cancel_rate'] as const;
export type Cohort = Record<(typeof COHORT)[number], number | null>;
export type Orders = Record<(typeof ORDERS)[number], number | null>;

export interface Asking {
	filters: Filters;
	ranges: { current: DateRange; comparison: DateRange | null; horizon: DateRange };
	locale: Locale;
	role: Role;
}

export type Hierarchy = Filters['hierarchy'];

/** Persons have no targets, and may not ask for others'. */
const WITHOUT_TARGETS: ReadonlySet<Role> = new Set(['inviter', 'advisor']);
export const TARGET_LEVELS: Partial<Record<MemberLevel, { level: string; member: string }>> = {
	region: { level: 'region', member: 'region_id' },
	area: { level: 'area', member: 'area_id' },
	store: { level: 'store', member: 'store_id' },
	group: { level: 'store', member: 'dealer_group_id' }
};

/** Dimension of a level in the cohort view, and prefix of its names. */
export function cohortMember(level: MemberLevel, hierarchy: Hierarchy): { id: string; prefix: string } {
	if (level === 'region' && hierarchy === 'then') return { id: 'region_then_id', prefix: 'region_then' };
	return { id: DIMENSION[level], prefix: NAME_PREFIX[level] ?? level };
}

/** Orders keep the owner of their own day; only of regions it is also known whose they are now. */
export function orderMember(level: MemberLevel, hierarchy: Hierarchy): string {
	return level === 'region' && hierarchy === 'now' ? 'region_now_id' : DIMENSION[level];
}

function time(dimension: string, { current, comparison }: Asking['ranges'], compared: boolean): NonNullable<Query['timeDimensions']> {
	return [compared && comparison ? { dimension, compareDateRange: [current, comparison] } : { dimension, dateRange: current }];
}

/** Conditions in the hierarchy that the page reads. */
function conditions(view: string, filters: Filters): Filter[] {
	const renamed: Record<string, string> = {
		...(filters.hierarchy === 'then' ? { 'leads.region_id': 'leads.region_then_id' } : { 'orders.region_id': 'orders.region_now_id' })
	};
	return (semanticFilters(view, filters) ?? []).map((condition) =>
		'member' in condition ? { ...condition, member: renamed[condition.member] ?? condition.member } : condition
	);
}

export function cohortQuery({ filters, ranges }: Asking, level: MemberLevel | null): Query {
	const member = level && cohortMember(level, filters.hierarchy);
	return {
		measures: COHORT.map((measure) => `leads.${measure}`),
		dimensions: member ? [`leads.${member.id}`, `leads.${member.prefix}_name_zh`, `leads.${member.prefix}_name_en`] : [],
		timeDimensions: time('leads.captured_date', ranges, true),
		filters: conditions('leads', filters),
		limit: MEMBERS
	};
}

export function ordersQuery({ filters, ranges }: Asking, level: MemberLevel | null): Query {
	return {
		measures: ORDERS.map((measure) => `orders.${measure}`),
		dimensions: level ? [`orders.${orderMember(level, filters.hierarchy)}`] : [],
		timeDimensions: time('orders.order_date', ranges, level === null),
		filters: conditions('orders', filters),
		limit: MEMBERS
	};
}

/** Targets are asked for the chosen days and for the whole period that they are part of. */
export function targetRanges({ current, horizon }: Asking['ranges']): Ranges {
	return askRanges(current, horizon);
}

/** Null where no target can be meant: below the store, for other splits, or for roles that have none. */
export function targetsQuery({ filters, ranges, role }: Asking, level: MemberLevel): Query | null {
	const of = TARGET_LEVELS[level];
	const limits = semanticFilters('targets', filters);
	if (!of || limits === null || WITHOUT_TARGETS.has(role)) return null;
	return {
		measures: ['targets.target', 'targets.actual', 'targets.attainment'],
		dimensions: [`targets.${of.member}`],
		timeDimensions: targetRanges(ranges).time('targets.target_date'),
		filters: [
			...limits,
			{ member: 'targets.level', operator: 'equals', values: [of.level] },
			{ member: 'targets.metric', operator: 'equals', values: ['orders'] }
		],
		limit: MEMBERS
	};
}

/** Peers of the one member that the page is about, itself among them: the same question without that member's own condition. */
export function peersQuery(asking: Asking, focus: { level: MemberLevel }): Query {
	const filters = { ...asking.filters, [focus.level]: [] };
	return cohortQuery({ ...asking, filters, ranges: { ...asking.ranges, comparison: null } }, focus.level);
}

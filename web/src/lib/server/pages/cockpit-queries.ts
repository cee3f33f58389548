/** The cockpit's six questions. */
import type { Claims } from '../../../../../contracts/claims.ts';
import { mayRead } from '../../../../../contracts/sight.ts';
import type { Filters } from '#lib/filters.ts';
import { MEMBER_FILTERS } from '#lib/parameters.ts';
import type { DateRange, Period } from '#lib/periods.ts';
import { comparedRanges, otherMember, semanticFilters, withOther, type OtherMember } from '../members.ts';
import type { Recorded } from '../recorded.ts';
import { askRanges, type Ranges } from '../ranges.ts';
import type { Query } from '../semantic.ts';
import { PEOPLE_QUERY, SPEND_QUERY } from './subjects.ts';

export const EVENT_MEASURES = ['visits', 'test_drives', 'orders', 'orders_net', 'cancelled_orders', 'deliveries'];
const DAILY_UP_TO = 100;
/** Far more than a brand has stores, or campaigns. */
const ROWS = 20_000;

export type TargetLevel = 'company' | 'region' | 'area' | 'store';

export interface Asked {
	step: 'day' | 'week';
	current: DateRange;
	/** Days that the period is compared with; null where nothing, a target or a member is. */
	comparison: DateRange | null;
	/** Days before, and a year before; null where they are the same as another, or do not exist. */
	previous: DateRange | null;
	year: DateRange | null;
	ranges: Ranges;
	/** Level of the readers' own target, and the one below it. */
	level: TargetLevel | null;
	below: TargetLevel | null;
	hasSpend: boolean;
	/** The other member of a comparison. */
	other: OtherMember | null;
	queries: Record<'events' | 'people' | 'paid' | 'targets' | 'places' | 'kinds', Query | null>;
}

const BELOW: Record<TargetLevel, TargetLevel | null> = { company: 'region', region: 'area', area: 'store', store: null };

export function askCockpit(claims: Claims | null, filters: Filters, period: Period, recorded: Recorded): Asked {
	const previous = period.previous && period.year && period.previous[0] === period.year[0] ? null : period.previous;
	const { current, comparison } = comparedRanges(period, filters);
	// What changed is always asked against something, also beside a target or another member.
	const before = comparison ?? (filters.compare === 'none' ? null : period.previous);
	const ranges = askRanges(current, previous, before, period.year);
	const two = before ? [current, before] : [current];
	const changed = (dimension: string) => askRanges(two[0] as DateRange, two[1] ?? null).time(dimension);
	const step = period.days > DAILY_UP_TO ? 'week' : 'day';
	const other = otherMember(filters);
	const byEvent = semanticFilters('funnel', filters) ?? [];
	const limits = recorded.spend && claims && mayRead('channels', claims) ? semanticFilters('channels', filters) : null;
	const targets = targetFilters(filters, claims);
	const below = targets && BELOW[targets.level];
	const changes = {
		measures: ['funnel.visits', 'funnel.orders_net'],
		timeDimensions: changed('funnel.occurred_date'),
		filters: byEvent,
		limit: ROWS
	};
	const beside = (query: Query, view: string) => withOther(query, view, other);
	return {
		step,
		current,
		comparison: before,
		previous,
		year: period.year,
		ranges,
		level: targets?.level ?? null,
		below,
		hasSpend: limits !== null,
		other,
		queries: {
			events: beside(
				{
					measures: EVENT_MEASURES.map((measure) => `funnel.${measure}`),
					timeDimensions: ranges.time('funnel.occurred_date', step),
					filters: byEvent,
					limit: ROWS
				},
				'funnel'
			),
			people: beside(
				{ ...PEOPLE_QUERY, timeDimensions: ranges.time('leads.captured_date'), filters: semanticFilters('leads', filters) ?? [] },
				'leads'
			),
			// Spend is known by channel; below its grain the same channels are asked for what came of them.
			paid: limits
				? { ...SPEND_QUERY, timeDimensions: ranges.time('channels.activity_date'), filters: limits }
				: { ...changes, dimensions: ['funnel.channel_id', 'funnel.campaign_id'] },
			targets: targets && {
				measures: ['targets.target', 'targets.actual'],
				dimensions: [
					'targets.level',
					'targets.metric',
					...(below ? [`targets.${below}_id`, `targets.${below}_name_zh`, `targets.${below}_name_en`] : [])
				],
				timeDimensions: [{ dimension: 'targets.target_date', granularity: 'day', dateRange: period.horizon }],
				filters: [
					{
						or: [
							{ and: [equals('targets.level', targets.level), ...targets.members] },
							...(below ? [{ and: [equals('targets.level', below), equals('targets.metric', 'orders'), ...targets.members] }] : [])
						]
					}
				],
				limit: ROWS
			},
			places: { ...changes, dimensions: ['funnel.region_id', 'funnel.store_id'] },
			kinds: { ...changes, dimensions: ['funnel.series_id', 'funnel.intent_level'] }
		}
	};
}

type Equals = { member: string; operator: 'equals'; values: string[] };
const equals = (member: string, value: string): Equals => ({ member, operator: 'equals', values: [value] });

/** Targets are kept by level, so one level is read: the finest that the filters name, else the one that the reader sees. Null: none can fit. */
function targetFilters(filters: Filters, claims: Claims | null): { level: TargetLevel; members: Equals[] } | null {
	// A target of what is left over has never been set.
	if (filters.without.length > 0) return null;
	const set = MEMBER_FILTERS.filter((key) => filters[key].length > 0);
	if (set.some((key) => !['region', 'area', 'store'].includes(key))) return null;
	const finest = (['store', 'area', 'region'] as const).find((key) => set.includes(key));
	if (claims === null || !mayRead('targets', claims)) return null;
	return {
		level: finest ?? ownTargetLevel(claims),
		members: set.map((key) => ({ member: `targets.${key}_id`, operator: 'equals', values: filters[key as 'region'] }))
	};
}

/** Targets of a mixed scope are added up from its stores, so that a store inside one of its regions counts once. */
function ownTargetLevel({ scopes }: Claims): TargetLevel {
	if (scopes.length === 0) return 'company';
	const [only] = scopes;
	if (scopes.length > 1) return 'store';
	return only?.dimension === 'region_id' ? 'region' : only?.dimension === 'area_id' ? 'area' : 'store';
}

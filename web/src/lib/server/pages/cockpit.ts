/** The cockpit's figures: six questions, asked together, of one data version. */
import type { Claims } from '../../../../../contracts/claims.ts';
import { mayRead } from '../../../../../contracts/sight.ts';
import { findExceptions, type Exception } from '#lib/cockpit/exceptions.ts';
import { hero, type Compared, type Hero, type Kpi, type Target } from '#lib/cockpit/model.ts';
import type { Filters } from '#lib/filters.ts';
import { share } from '#lib/funnel/model.ts';
import { addDays, eachDay, weekStart, type DataDates, type DateRange, type Period } from '#lib/periods.ts';
import { MEMBER_FILTERS } from '#lib/parameters.ts';
import type { Recorded } from '../recorded.ts';
import { comparedRanges, semanticFilters } from '../members.ts';
import { askRanges } from '../ranges.ts';
import { PEOPLE_QUERY, SPEND_QUERY, paidSubjects, peopleSubjects } from './subjects.ts';
import { ask, count, number, text, type Filter, type Query, type Row } from '../semantic.ts';

export const COHORT_STAGES = [
	'lead',
	'valid',
	'dispatched',
	'first_attempt',
	'connected',
	'appointment',
	'visit',
	'test_drive',
	'order',
	'delivery'
] as const;

/** Measure of each stage in the cohort view. */
export const COHORT_MEASURE: Record<string, string> = {
	lead: 'leads',
	valid: 'valid_leads',
	dispatched: 'dispatched_leads',
	assigned: 'assigned_leads',
	first_attempt: 'attempted_leads',
	connected: 'connected_leads',
	appointment: 'appointment_leads',
	visit: 'visit_leads',
	test_drive: 'test_drive_leads',
	order: 'order_leads',
	delivery: 'delivery_leads'
};

const EVENT_MEASURES = ['leads', 'visits', 'test_drives', 'orders', 'orders_net', 'cancelled_orders', 'deliveries'];
const DAILY_UP_TO = 100;
const RANKED = 8;

export interface Trend {
	step: 'day' | 'week';
	dates: string[];
	leads: { current: (number | null)[]; comparison: (number | null)[] | null };
	orders: { current: (number | null)[]; comparison: (number | null)[] | null; target: number[] | null };
}

export interface Cockpit {
	isEmpty: boolean;
	hero: Hero;
	/** Why there is no target, if there is none. */
	noTarget: 'none' | 'filtered' | null;
	kpis: Kpi[];
	trend: Trend;
	stages: { id: string; count: number; comparison: number | null }[];
	immature: number;
	regions: { id: string; zh: string; en: string; orders: number; leads: number }[];
	regionLevel: 'region' | 'store';
	exceptions: Exception[];
	strengths: Exception[];
	/** False where the previous span is the same as last year's, or there is none. */
	hasPrevious: boolean;
	hasYear: boolean;
}

interface Asker {
	claims: Claims | null;
	queries: number;
	asked?: Record<string, Query | null>;
}

export async function loadCockpit(locals: Asker, filters: Filters, period: Period, recorded: Recorded, dates: DataDates): Promise<Cockpit> {
	const previous = period.previous && period.year && period.previous[0] === period.year[0] ? null : period.previous;
	const { current, comparison } = comparedRanges(period, filters);
	const all = askRanges(current, previous, comparison, period.year);
	const two = askRanges(current, comparison);
	const step = period.days > DAILY_UP_TO ? 'week' : 'day';
	const byEvent = semanticFilters('funnel', filters) ?? [];
	const byLead = semanticFilters('leads', filters) ?? [];
	const bySpend = recorded.spend && locals.claims && mayRead('channels', locals.claims) ? semanticFilters('channels', filters) : null;
	const targets = targetFilters(filters, locals.claims);

	const answers = await ask(locals, {
		events: {
			measures: EVENT_MEASURES.map((measure) => `funnel.${measure}`),
			timeDimensions: all.time('funnel.occurred_date', step),
			filters: byEvent
		},
		captured: { measures: ['leads.leads'], timeDimensions: two.time('leads.captured_date', step), filters: byLead },
		targets: targets && {
			measures: ['targets.target'],
			dimensions: ['targets.metric'],
			timeDimensions: [{ dimension: 'targets.target_date', granularity: 'day', dateRange: period.horizon }],
			filters: targets
		},
		cohort: {
			measures: [...Object.values(COHORT_MEASURE), 'valid_rate', 'mature_leads', 'sla_due', 'sla_kept', 'sla_rate'].map(
				(measure) => `leads.${measure}`
			),
			timeDimensions: all.time('leads.captured_date'),
			filters: byLead
		},
		spend: bySpend && { ...SPEND_QUERY, timeDimensions: all.time('channels.activity_date'), filters: bySpend },
		people: { ...PEOPLE_QUERY, timeDimensions: two.time('leads.captured_date'), filters: byLead }
	} satisfies Record<string, Query | null>);

	/** Events are additive, so a span's count is the sum of its days; a span that was asked for and has no rows counted nothing. */
	const summed = (measure: string, range: DateRange | null) =>
		range && all.of(answers.events, range).reduce((sum, row) => sum + count(row, `funnel.${measure}`), 0);
	const each = (of: (range: DateRange | null) => number | null): Compared => {
		const before = (range: DateRange | null) => (range && range[1] >= dates.first ? of(range) : null);
		return { value: of(current), previous: before(previous), year: before(period.year) };
	};
	const counted = (measure: string) => each((range) => summed(measure, range));
	const cohort = (measure: string) => each((range) => number(all.of(answers.cohort, range)[0], `leads.${measure}`));
	const targetRows = answers.targets[0] ?? [];
	const target = (metric: string): Target | null => targetOf(targetRows, metric, period);

	const reached = (metric: string) => {
		const of = target(metric);
		const isLead = metric === 'leads' || metric === 'valid_leads';
		return of && { ...of, reached: isLead ? count(nowCohort, `leads.${metric}`) : (summed(metric, current) ?? 0) };
	};
	const nowCohort = all.of(answers.cohort, current)[0];
	const spent = (range: DateRange | null): number | null => {
		const known = all
			.of(answers.spend, range)
			.map((row) => number(row, 'channels.spend'))
			.filter((spend) => spend !== null);
		return known.length === 0 ? null : known.reduce((sum, spend) => sum + spend, 0);
	};
	const ordered = (range: DateRange | null) =>
		all.of(answers.spend, range).reduce((sum, row) => sum + count(row, 'channels.orders_net'), 0);
	const parts = (row: Row | undefined, numerator: string, denominator: string) => ({
		numerator: count(row, numerator),
		denominator: count(row, denominator)
	});
	const kpi = (id: Kpi['id'], compared: Compared, more: Partial<Kpi>): Kpi => ({
		id,
		...compared,
		unit: 'count',
		better: 'up',
		target: null,
		parts: null,
		absent: null,
		...more
	});
	const absent = (isRecorded: boolean) => (isRecorded ? null : ('not_recorded' as const));

	const people = peopleSubjects(two.of(answers.people, current), two.of(answers.people, comparison));
	const paid = paidSubjects(all.of(answers.spend, current), all.of(answers.spend, comparison));
	const subjects = [...people, ...paid];
	const regions = people.filter(({ level }) => level === 'region');
	const regionLevel = regions.length > 1 ? 'region' : 'store';
	const leads = count(nowCohort, 'leads.leads');
	const comparisonCohort = comparison ? all.of(answers.cohort, comparison)[0] : undefined;

	return {
		isEmpty: leads === 0 && ['leads', 'visits', 'orders', 'deliveries'].every((measure) => summed(measure, current) === 0),
		hero: hero(counted('orders_net'), target('orders'), period.days, period.horizonDays),
		noTarget: target('orders') ? null : targets ? 'none' : 'filtered',
		kpis: [
			kpi('leads', cohort('leads'), { target: reached('leads') }),
			kpi('valid_rate', cohort('valid_rate'), {
				unit: 'percent',
				target: reached('valid_leads'),
				absent: absent(recorded.lead.includes('valid')),
				parts: parts(nowCohort, 'leads.valid_leads', 'leads.leads')
			}),
			kpi('visits', counted('visits'), { target: reached('visits'), absent: absent(recorded.showroom.includes('visit')) }),
			kpi('test_drives', counted('test_drives'), {
				target: reached('test_drives'),
				absent: absent(recorded.showroom.includes('test_drive'))
			}),
			kpi('orders_gross', counted('orders'), {}),
			kpi(
				'cancel_rate',
				each((range) => share(summed('cancelled_orders', range), summed('orders', range))),
				{
					unit: 'percent',
					better: 'down',
					absent: absent(recorded.cancellations),
					parts: { numerator: summed('cancelled_orders', current) ?? 0, denominator: summed('orders', current) ?? 0 }
				}
			),
			kpi(
				'cost_per_order',
				each((range) => share(spent(range), ordered(range))),
				{
					unit: 'money',
					better: 'down',
					absent: recorded.spend ? (bySpend ? null : 'not_at_grain') : 'not_recorded',
					parts: { numerator: spent(current) ?? 0, denominator: ordered(current) }
				}
			),
			kpi('sla_rate', cohort('sla_rate'), {
				unit: 'percent',
				absent: absent(recorded.lead.includes('first_attempt')),
				parts: parts(nowCohort, 'leads.sla_kept', 'leads.sla_due')
			})
		],
		trend: trendOf(step, current, comparison, {
			leads: [two.of(answers.captured, current), two.of(answers.captured, comparison)],
			orders: [all.of(answers.events, current), all.of(answers.events, comparison)],
			targets: targetRows
		}),
		stages: COHORT_STAGES.filter((id) => recorded.lead.includes(id)).map((id) => ({
			id,
			count: count(nowCohort, `leads.${COHORT_MEASURE[id]}`),
			comparison: comparisonCohort ? count(comparisonCohort, `leads.${COHORT_MEASURE[id]}`) : null
		})),
		immature: leads === 0 ? 0 : 1 - count(nowCohort, 'leads.mature_leads') / leads,
		regions: people
			.filter(({ level }) => level === regionLevel)

			.map(({ id, zh, en, now: { orders, leads: captured } }) => ({ id, zh, en, orders, leads: captured }))
			.sort((a, b) => b.leads - a.leads)
			.slice(0, RANKED),
		regionLevel,
		exceptions: findExceptions(subjects),
		strengths: findExceptions(subjects, 'above'),
		hasPrevious: previous !== null,
		hasYear: period.year !== null
	};
}

/** Targets are kept by level, so one level is read: the finest that the filters name, else the one that the reader sees. Null: none can fit. */
function targetFilters(filters: Filters, claims: Claims | null): Filter[] | null {
	// A target of what is left over has never been set.
	if (filters.without.length > 0) return null;
	const set = MEMBER_FILTERS.filter((key) => filters[key].length > 0);
	if (set.some((key) => !['region', 'area', 'store'].includes(key))) return null;
	const finest = (['store', 'area', 'region'] as const).find((key) => set.includes(key));
	if (claims === null || !mayRead('targets', claims)) return null;
	const level = finest ?? ownTargetLevel(claims);
	const conditions: Filter[] = [{ member: 'targets.level', operator: 'equals', values: [level] }];
	for (const key of set) conditions.push({ member: `targets.${key}_id`, operator: 'equals', values: filters[key as 'region'] });
	return conditions;
}

/** Targets of a mixed scope are added up from its stores, so that a store inside one of its regions counts once. */
function ownTargetLevel({ scopes }: Claims): 'company' | 'region' | 'area' | 'store' {
	if (scopes.length === 0) return 'company';
	const [only] = scopes;
	if (scopes.length > 1) return 'store';
	return only?.dimension === 'region_id' ? 'region' : only?.dimension === 'area_id' ? 'area' : 'store';
}

function targetOf(rows: Row[], metric: string, { to }: Period): Target | null {
	const own = rows.filter((row) => text(row, 'targets.metric') === metric);
	if (own.length === 0) return null;
	const sum = (some: Row[]) => Math.round(some.reduce((total, row) => total + count(row, 'targets.target'), 0) * 100) / 100;
	return { full: sum(own), toDate: sum(own.filter((row) => day(row, 'targets.target_date') <= to)) };
}

function day(row: Row, member: string): string {
	return (text(row, member) ?? '').slice(0, 10);
}

interface TrendRows {
	/** Of the period, and of the comparison. */
	leads: [Row[], Row[]];
	orders: [Row[], Row[]];
	targets: Row[];
}

function trendOf(step: 'day' | 'week', current: DateRange, comparison: DateRange | null, rows: TrendRows): Trend {
	const steps = (range: DateRange) => (step === 'day' ? eachDay(range) : eachWeek(range));
	const values = (dates: string[], some: Row[], time: string, member: string) => {
		const known = new Map(some.map((row) => [day(row, time), count(row, member)]));
		return dates.map((date) => known.get(date) ?? 0);
	};
	const dates = steps(current);
	const series = ([now, before]: [Row[], Row[]], time: string, member: string) => {
		const earlier = comparison && values(steps(comparison), before, time, member);
		return { current: values(dates, now, time, member), comparison: earlier && dates.map((_, index) => earlier[index] ?? null) };
	};
	const targets = rows.targets.filter((row) => text(row, 'targets.metric') === 'orders');
	const due = new Map<string, number>();
	for (const row of targets) {
		const date = day(row, 'targets.target_date');
		const key = step === 'day' ? date : weekStart(date);
		due.set(key, (due.get(key) ?? 0) + count(row, 'targets.target'));
	}
	return {
		step,
		dates,
		leads: series(rows.leads, 'leads.captured_date', 'leads.leads'),
		orders: {
			...series(rows.orders, 'funnel.occurred_date', 'funnel.orders_net'),
			target: targets.length > 0 ? dates.map((date) => Math.round((due.get(date) ?? 0) * 100) / 100) : null
		}
	};
}

function eachWeek([from, to]: DateRange): string[] {
	const weeks: string[] = [];
	for (let date = weekStart(from); date <= to; date = addDays(date, 7)) weeks.push(date);
	return weeks;
}

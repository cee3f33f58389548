/** The funnel page's figures: both funnels, with comparison, and a split by any dimension. */
import type { Filters } from '#lib/filters.ts';
import { stepShift, type FunnelFigures, type StageFigure } from '#lib/funnel/model.ts';
import type { DateRange, Period } from '#lib/periods.ts';
import type { Split } from '#lib/parameters.ts';
import { memberNames } from '../names.ts';
import type { Recorded } from '../recorded.ts';
import { DIMENSION, NAME_PREFIX, comparedRanges, otherMember, semanticFilters, sideOf, withOther } from '../members.ts';
import { askRanges } from '../ranges.ts';
import { changeClaims, chooseClaims, type Claim, type Segments } from '#lib/answer/claims.ts';
import { segmentsOf } from './segments.ts';
import { ask, count, number, text, type Answer, type Asker, type Query, type Row } from '../semantic.ts';

export const LEAD_STAGES = [
	['lead', 'leads'],
	['valid', 'valid_leads'],
	['dispatched', 'dispatched_leads'],
	['assigned', 'assigned_leads'],
	['first_attempt', 'attempted_leads'],
	['connected', 'connected_leads'],
	['appointment', 'appointment_leads'],
	['visit', 'visit_leads'],
	['test_drive', 'test_drive_leads'],
	['order', 'order_leads'],
	['delivery', 'delivery_leads']
] as const;

const SHOWROOM_STAGES = [
	['visit', 'visits'],
	['test_drive', 'test_drives'],
	['quotation', 'quotations'],
	['order', 'orders'],
	['delivery', 'deliveries']
] as const;

const COHORT_RATES = ['valid_rate', 'attempt_rate', 'connect_rate', 'visit_rate', 'test_drive_rate', 'order_rate'] as const;
/** Stages that a rate is made of; without them it would be implied, not measured. */
const RATE_NEEDS: Record<(typeof COHORT_RATES)[number], string[]> = {
	valid_rate: ['valid'],
	attempt_rate: ['assigned', 'first_attempt'],
	connect_rate: ['first_attempt', 'connected'],
	visit_rate: ['visit'],
	test_drive_rate: ['visit', 'test_drive'],
	order_rate: ['order']
};

export const SPLIT_LISTED = 1000;
const CHANGE_ROWS = 20_000;

export interface SplitRow {
	/** Empty for the member that is not known. */
	id: string;
	zh: string | null;
	en: string | null;
	counts: Record<string, number>;
	rates: Record<string, number | null>;
}

export interface FunnelPage {
	lead: FunnelFigures;
	showroom: FunnelFigures;
	orderRate: number | null;
	by: Split;
	stages: string[];
	rates: string[];
	total: SplitRow;
	rows: SplitRow[];
	truncated: boolean;
	/** Whose change is not everybody's. */
	claims: Claim[];
}

export async function loadFunnel(
	locals: Asker,
	filters: Filters,
	period: Period,
	by: Split,
	recorded: Recorded,
	limit = SPLIT_LISTED
): Promise<FunnelPage> {
	const { current, comparison } = comparedRanges(period, filters);
	const other = otherMember(filters);
	const ranges = askRanges(current, comparison);
	const isCohort = filters.basis === 'cohort';
	const view = isCohort ? 'leads' : 'funnel';
	const time = isCohort ? 'leads.captured_date' : 'funnel.occurred_date';
	const inWindow = isCohort && filters.window === 'in_window';
	const named = (measure: string) => `${view}.${measure}${inWindow && !['leads', 'mature_leads'].includes(measure) ? '_in_window' : ''}`;
	const leadStages = LEAD_STAGES.filter(([stage]) => recorded.lead.includes(stage));
	const showroomStages = SHOWROOM_STAGES.filter(([stage]) => recorded.showroom.includes(stage));
	const rates: readonly string[] = isCohort
		? COHORT_RATES.filter((rate) => RATE_NEEDS[rate].every((stage) => recorded.lead.includes(stage)))
		: [];
	const measures = [...leadStages.map(([, measure]) => measure), ...(isCohort ? ['mature_leads'] : []), ...rates].map(named);
	const conditions = semanticFilters(view, filters) ?? [];
	const [id, prefix] = splitDimension(by, filters);
	const names = prefix ? [`${view}.${prefix}_name_zh`, `${view}.${prefix}_name_en`] : [];

	/** Base and results of the change that the answer line explains: orders, or while cohorts are young what is decided early. */
	const base = isCohort ? 'leads' : 'visits';
	const results = isCohort ? ['valid_leads', 'order_leads'] : ['orders_net'];
	const changed = (levels: ('region' | 'store' | 'channel' | 'campaign' | 'series' | 'grade')[]): Query | null =>
		comparison && {
			measures: [base, ...results, ...(isCohort ? ['mature_leads'] : [])].map((measure) =>
				measure === 'valid_leads' ? `leads.${measure}` : named(measure)
			),
			dimensions: levels.map((level) => `${view}.${DIMENSION[level]}`),
			timeDimensions: ranges.time(time),
			filters: conditions,
			limit: CHANGE_ROWS
		};

	const asked = ask(locals, {
		lead: withOther({ measures, timeDimensions: ranges.time(time), filters: conditions }, view, other),
		showroom:
			showroomStages.length === 0
				? null
				: withOther(
						{
							measures: showroomStages.map(([, measure]) => `funnel.${measure}`),
							timeDimensions: ranges.time('funnel.occurred_date'),
							filters: semanticFilters('funnel', filters) ?? []
						},
						'funnel',
						other
					),
		split: {
			measures,
			dimensions: [`${view}.${id}`, ...names],
			timeDimensions: [{ dimension: time, dateRange: current }],
			filters: conditions,
			order: [[`${view}.leads`, 'desc']],
			limit: limit + 1
		},
		places: changed(['region', 'store']),
		paid: changed(['channel', 'campaign']),
		kinds: changed(['series', 'grade'])
	} satisfies Record<string, Query | null>);
	const [nameOf, answers] = await Promise.all([memberNames(locals.claims, ranges.from), asked]);

	const side = (answer: Answer, from: string, range: DateRange | null, which: 'own' | 'other') =>
		sideOf(ranges.of(answer, range), from, other, which)[0];
	const now = side(answers.lead, view, current, 'own');
	const figures = (
		rows: Answer,
		from: string,
		stages: readonly (readonly [string, string])[],
		measure: (name: string) => string
	): StageFigure[] =>
		stages.map(([stage, name]) => ({
			id: stage,
			count: count(side(rows, from, current, 'own'), measure(name)),
			comparison: other
				? count(side(rows, from, current, 'other'), measure(name))
				: comparison
					? count(ranges.of(rows, comparison)[0], measure(name))
					: null
		}));
	const lead = figures(answers.lead, view, leadStages, named);
	const leads = lead[0]?.count ?? 0;
	const immature = isCohort && leads > 0 ? 1 - count(now, named('mature_leads')) / leads : 0;
	const row = (from: Row | undefined): SplitRow => ({
		id: text(from, `${view}.${id}`) ?? '',
		zh: prefix ? text(from, `${view}.${prefix}_name_zh`) : null,
		en: prefix ? text(from, `${view}.${prefix}_name_en`) : null,
		counts: Object.fromEntries(leadStages.map(([stage, name]) => [stage, count(from, named(name))])),
		rates: Object.fromEntries(rates.map((name) => [name, number(from, named(name))]))
	});
	const rows = (answers.split[0] ?? []).map(row);
	const young = isCohort && immature > 0;
	const result = young ? 'valid_leads' : inWindow ? 'order_leads_in_window' : (results.at(-1) ?? '');
	const two = (answer: Answer): [Row[], Row[]] => [ranges.of(answer, comparison), ranges.of(answer, current)];
	const segments: Segments = comparison
		? {
				...segmentsOf(view, nameOf, ['region', 'store'], two(answers.places), [base, result]),
				...segmentsOf(view, nameOf, ['channel', 'campaign'], two(answers.paid), [base, result]),
				...segmentsOf(view, nameOf, ['series', 'grade'], two(answers.kinds), [base, result])
			}
		: {};
	// Grades are set by a person after contact, so whether a lead is valid decides whether it has one.
	if (young) delete segments.grade;
	return {
		claims: chooseClaims(changeClaims(segments, { base, result: young ? 'valid' : 'orders' }), new Map()),
		lead: {
			stages: lead,
			immature,
			// Younger leads had less time than those they are compared with: a difference would say nothing about the stage.
			shift: isCohort && immature === 0 ? stepShift(lead) : null
		},
		showroom: { stages: figures(answers.showroom, 'funnel', showroomStages, (name) => `funnel.${name}`), immature: 0, shift: null },
		orderRate: isCohort ? number(now, named('order_rate')) : null,
		by,
		stages: leadStages.map(([stage]) => stage),
		rates: [...rates],
		total: row(now),
		rows: rows.slice(0, limit),
		truncated: rows.length > limit
	};
}

/** Member of the split, and the prefix of its names. In the period view an event always belongs to the region it had then. */
function splitDimension(by: Split, filters: Filters): [id: string, prefix: string | undefined] {
	if (by === 'region' && filters.basis === 'cohort' && filters.hierarchy === 'then') return ['region_then_id', 'region_then'];
	return [DIMENSION[by], NAME_PREFIX[by]];
}

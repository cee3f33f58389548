/** Questions of the channels page. Spend is known by channel, campaign and region; below that the page does without it. */
import { MAX_ROWS } from '../../../../../contracts/semantic.ts';
import { mayRead } from '../../../../../contracts/sight.ts';
import type { Filters } from '#lib/filters.ts';
import { changeOf, type Locale } from '#lib/format.ts';
import type { Model } from '#lib/messages/channels/types.ts';
import { comparedRanges, semanticFilters } from '../members.ts';
import type { Period } from '#lib/periods.ts';
import { askRanges, type Ranges } from '../ranges.ts';
import { ask, number, text, type Asker, type Query, type Row } from '../semantic.ts';

export type ChannelLevel = 'channel' | 'campaign';
export const MODELS: readonly Model[] = ['first_touch', 'last_touch', 'last_non_direct', 'linear'];

const ROWS = MAX_ROWS;
const SPENT = [
	'spend',
	'impressions',
	'leads',
	'valid_leads',
	'valid_rate',
	'cpl',
	'cost_per_valid_lead',
	'test_drives',
	'cost_per_test_drive',
	'orders_net',
	'cost_per_order',
	'roas',
	'known_customer_share',
	'duplicate_rate'
] as const;
const COHORT = ['leads', 'valid_leads', 'valid_rate', 'visit_leads', 'test_drive_leads', 'order_rate', 'known_customer_share'] as const;
const PERIOD = ['test_drives', 'orders_net'] as const;

export type ChannelFigures = Record<(typeof SPENT)[number], number | null> & {
	/** Only where spend is not known. */
	visits: number | null;
	order_rate: number | null;
	/** Credited net orders by model; absent where spend is. */
	credits: Record<Model, number | null>;
};

export interface ChannelRow extends ChannelFigures {
	id: string | null;
	name: string | null;
	before: ChannelFigures | null;
	/** It has figures in the days that are compared with, and none now. */
	isPast: boolean;
}

export interface ChannelPage {
	level: ChannelLevel;
	/** False: the filters or the reader's role go finer than spend does. */
	hasSpend: boolean;
	rows: ChannelRow[];
	total: { now: ChannelFigures; before: ChannelFigures | null };
}

export function channelLevel(filters: Pick<Filters, 'by' | 'channel' | 'campaign'>): ChannelLevel {
	if (filters.by === 'campaign' || filters.by === 'channel') return filters.by;
	return filters.channel.length === 1 || filters.campaign.length > 0 ? 'campaign' : 'channel';
}

/** `landed`: whether the sources deliver any spend at all. */
export async function loadChannels(locals: Asker, filters: Filters, period: Period, locale: Locale, landed: boolean): Promise<ChannelPage> {
	const { current, comparison } = comparedRanges(period, filters);
	const ranges = askRanges(current, comparison);
	const level = channelLevel(filters);
	const limits = landed && locals.claims && mayRead('channels', locals.claims) ? semanticFilters('channels', filters) : null;
	const page = limits === null ? await withoutSpend(locals, filters, ranges, level) : await withSpend(locals, limits, ranges, level);
	const of = (rows: Row[]) => new Map(rows.map((row) => [text(row, `${page.view}.${level}_id`), row]));
	const [now, before] = [of(page.rows(current)), of(page.rows(comparison))];
	// A channel that only the compared period has is worth a row: its spend stopped.
	const ids = new Set([...now.keys(), ...before.keys()]);
	const compared = comparison !== null;
	return {
		level,
		hasSpend: limits !== null,
		rows: [...ids]
			.map((id) => {
				const named = now.get(id) ?? before.get(id);
				const zh = text(named, `${page.view}.${level}_name_zh`);
				const figures = page.figures(now.get(id), id, current);
				return {
					id,
					name: locale === 'en' ? (text(named, `${page.view}.${level}_name_en`) ?? zh ?? id) : (zh ?? id),
					...figures,
					isPast: !isAnything(figures),
					before: compared ? page.figures(before.get(id), id, comparison) : null
				};
			})
			.filter((row) => !row.isPast || (row.before !== null && isAnything(row.before))),
		total: { now: page.totals(current), before: compared ? page.totals(comparison) : null }
	};
}

/** A member that only has rows without any figure is not worth a line. */
function isAnything({ credits, ...figures }: ChannelFigures): boolean {
	return [...Object.values(figures), ...Object.values(credits)].some((value) => typeof value === 'number' && value !== 0);
}

interface Answered {
	view: string;
	rows: (range: [string, string] | null) => Row[];
	figures: (row: Row | undefined, id: string | null, range: [string, string] | null) => ChannelFigures;
	totals: (range: [string, string] | null) => ChannelFigures;
}

function dimensions(view: string, level: ChannelLevel): string[] {
	return [`${view}.${level}_id`, `${view}.${level}_name_zh`, `${view}.${level}_name_en`];
}

async function withSpend(locals: Asker, filters: Query['filters'], ranges: Ranges, level: ChannelLevel): Promise<Answered> {
	const query: Query = {
		measures: [...SPENT, ...MODELS.map((model) => `order_credit_${model}`)].map((measure) => `channels.${measure}`),
		timeDimensions: ranges.time('channels.activity_date'),
		filters,
		limit: ROWS
	};
	const answers = await ask(locals, { rows: { ...query, dimensions: dimensions('channels', level) }, total: query });
	const figures = (row: Row | undefined): ChannelFigures => ({
		...pick(row, 'channels', SPENT),
		...(row ? {} : { leads: 0, valid_leads: 0, test_drives: 0, orders_net: 0 }),
		visits: null,
		order_rate: null,
		credits: Object.fromEntries(MODELS.map((model) => [model, number(row, `channels.order_credit_${model}`)])) as ChannelFigures['credits']
	});
	return {
		view: 'channels',
		rows: (range) => ranges.of(answers.rows, range),
		figures,
		totals: (range) => figures(ranges.of(answers.total, range)[0])
	};
}

async function withoutSpend(locals: Asker, filters: Filters, ranges: Ranges, level: ChannelLevel): Promise<Answered> {
	const cohort: Query = {
		measures: COHORT.map((measure) => `leads.${measure}`),
		timeDimensions: ranges.time('leads.captured_date'),
		filters: semanticFilters('leads', filters) ?? [],
		limit: ROWS
	};
	const events: Query = {
		measures: PERIOD.map((measure) => `funnel.${measure}`),
		timeDimensions: ranges.time('funnel.occurred_date'),
		filters: semanticFilters('funnel', filters) ?? [],
		limit: ROWS
	};
	const answers = await ask(locals, {
		cohort: { ...cohort, dimensions: dimensions('leads', level) },
		cohortTotal: cohort,
		events: { ...events, dimensions: [`funnel.${level}_id`] },
		eventsTotal: events
	});
	const join = (lead: Row | undefined, event: Row | undefined): ChannelFigures => ({
		...pick(undefined, 'channels', SPENT),
		...pick(lead, 'leads', ['leads', 'valid_leads', 'valid_rate', 'known_customer_share', 'order_rate']),
		...(lead ? {} : { leads: 0, valid_leads: 0 }),
		...(event ? pick(event, 'funnel', PERIOD) : { test_drives: 0, orders_net: 0 }),
		visits: lead ? number(lead, 'leads.visit_leads') : 0,
		credits: { first_touch: null, last_touch: null, last_non_direct: null, linear: null }
	});
	// Channels that only had orders, such as walk-ins, come with a row of their own.
	const rows = (range: [string, string] | null) => {
		const leads = ranges.of(answers.cohort, range);
		const known = new Set(leads.map((row) => text(row, `leads.${level}_id`)));
		const more = ranges.of(answers.events, range).map((row) => text(row, `funnel.${level}_id`));
		return [...leads, ...more.filter((id) => !known.has(id)).map((id): Row => ({ [`leads.${level}_id`]: id }))];
	};
	return {
		view: 'leads',
		rows,
		figures: (row, id, range) => {
			const event = ranges.of(answers.events, range).find((each) => text(each, `funnel.${level}_id`) === id);
			return join(row && 'leads.leads' in row ? row : undefined, event);
		},
		totals: (range) => join(ranges.of(answers.cohortTotal, range)[0], ranges.of(answers.eventsTotal, range)[0])
	};
}

function pick<Name extends string>(row: Row | undefined, view: string, names: readonly Name[]): Record<Name, number | null> {
	return Object.fromEntries(names.map((name) => [name, number(row, `${view}.${name}`)])) as Record<Name, number | null>;
}

/** A row of the table, which the page shows and a file holds. */
export function channelTableRow(row: ChannelFigures & { before: ChannelFigures | null }) {
	const { credits: _, ...figures } = row;
	return {
		...figures,
		before: null,
		leads_change: changeOf(row.leads, row.before?.leads, 'count'),
		cost_per_order_change: changeOf(row.cost_per_order, row.before?.cost_per_order, 'money')
	};
}

/** Credits of one row by model, and how far the models lie apart. */
export function modelTableRow({ credits }: ChannelFigures) {
	const known = MODELS.map((model) => credits[model] ?? 0);
	return { ...Object.fromEntries(MODELS.map((model) => [model, credits[model] ?? 0])), shift: Math.max(...known) - Math.min(...known) };
}

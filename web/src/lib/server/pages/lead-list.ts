/** The list of single leads, masked as the semantic layer hands them out, newest first, a page at a time however many there are. */
import type { Role } from '../../../../../contracts/claims.ts';
import { GROUPS_ONLY } from '../../../../../contracts/sight.ts';
import type { Filters } from '#lib/filters.ts';
import type { Locale } from '#lib/format.ts';
import type { OrganisationMessages } from '#lib/messages/organisation/types.ts';
import type { TableRow } from '#lib/components/table/table.ts';
import { LEAD_STAGES } from '#lib/parameters.ts';
import { semanticFilters } from '../members.ts';
import type { Asking } from './organisation-queries.ts';
import { text, type Filter, type Query, type Row } from '../semantic.ts';

export const LEADS_SHOWN = 200;
export const LEADS_PAGE = 100;

/** Some roles see no single person, not even masked. */
export function mayListLeads(role: Role): boolean {
	return !GROUPS_ONLY.includes(role);
}

const NAMED = ['channel', 'series', 'store', 'inviter', 'advisor'] as const;
const PLAIN = [
	'lead_id',
	'name_masked',
	'phone_masked',
	'captured_at',
	'captured_date',
	'intent_level',
	'status',
	'furthest_stage',
	'sla_status'
] as const;

/**
 * Where a page begins: after `skip` leads of `day`, with `before` leads ahead of it in all. Leads are sorted by time, so what came
 * later than that day is left out by its date and nothing deep is ever sorted or skipped: page ten thousand costs what page one does.
 */
export interface Cursor {
	day: string;
	skip: number;
	before: number;
}

export function readCursor(value: string | undefined): Cursor | null {
	const [day = '', skip, before] = value?.split('~') ?? [];
	return value ? { day, skip: Number(skip), before: Number(before) } : null;
}

export function writeCursor({ day, skip, before }: Cursor): string {
	return `${day}~${skip}~${before}`;
}

/** Where the page after `rows` begins. */
export function cursorAfter(rows: readonly Row[], from: Cursor | null): Cursor | null {
	const day = dayOf(rows.at(-1));
	if (!day) return null;
	const ofDay = rows.filter((row) => dayOf(row) === day).length;
	return { day, skip: ofDay + (from?.day === day ? from.skip : 0), before: (from?.before ?? 0) + rows.length };
}

function dayOf(row: Row | undefined): string | null {
	return text(row, 'leads.captured_date')?.slice(0, 10) ?? null;
}

/** How far leads must have come: to a stage or beyond it, or exactly to it. A later stage implies the earlier ones. */
function stageFilter({ stage, stopped }: Pick<Filters, 'stage' | 'stopped'>): Filter[] {
	const member = 'leads.furthest_stage';
	if (stopped) return [{ member, operator: 'equals', values: [stopped] }];
	return stage ? [{ member, operator: 'equals', values: LEAD_STAGES.slice(LEAD_STAGES.indexOf(stage)) }] : [];
}

export function leadsFilter(filters: Filters): Filter[] {
	const { province } = filters;
	return [
		...(semanticFilters('leads', filters) ?? []),
		...(province.length > 0 ? [{ member: 'leads.province', operator: 'equals' as const, values: province }] : []),
		...stageFilter(filters)
	];
}

export function leadsQuery(
	{ filters, ranges }: Pick<Asking, 'filters' | 'ranges'>,
	limit = LEADS_SHOWN,
	cursor: Cursor | null = null
): Query {
	const [from, to] = ranges.current;
	const inside = cursor !== null && cursor.day >= from && cursor.day <= to;
	return {
		dimensions: [...PLAIN.map((name) => `leads.${name}`), ...NAMED.flatMap((name) => [`leads.${name}_name_zh`, `leads.${name}_name_en`])],
		timeDimensions: [{ dimension: 'leads.captured_date', dateRange: inside ? [from, cursor.day] : [from, to] }],
		filters: leadsFilter(filters),
		order: [
			['leads.captured_at', 'desc'],
			['leads.lead_id', 'asc']
		],
		limit,
		...(inside ? { offset: cursor.skip } : {})
	};
}

export function leadRow(row: Row, locale: Locale, words: OrganisationMessages): TableRow {
	const plain = (name: (typeof PLAIN)[number]) => text(row, `leads.${name}`);
	const named = (name: (typeof NAMED)[number]) => {
		const zh = text(row, `leads.${name}_name_zh`);
		return locale === 'en' ? (text(row, `leads.${name}_name_en`) ?? zh) : zh;
	};
	const said = (map: Record<string, string>, value: string | null) => (value === null ? null : (map[value] ?? value));
	return {
		id: plain('lead_id'),
		name: plain('name_masked'),
		phone: plain('phone_masked'),
		captured: dayOf(row),
		channel: named('channel'),
		series: named('series'),
		grade: plain('intent_level'),
		status: said(words.statuses, plain('status')),
		stage: said(words.stages, plain('furthest_stage')),
		sla: said(words.sla, plain('sla_status')),
		owner: named('advisor') ?? named('inviter') ?? named('store')
	};
}

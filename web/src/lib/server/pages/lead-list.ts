/** The list of single leads, masked as the semantic layer hands them out. */
import type { Role } from '../../../../../contracts/claims.ts';
import { GROUPS_ONLY } from '../../../../../contracts/sight.ts';
import type { Locale } from '#lib/format.ts';
import type { OrganisationMessages } from '#lib/messages/organisation/types.ts';
import type { TableRow } from '#lib/components/table/table.ts';
import { semanticFilters } from '../members.ts';
import type { Asking } from './organisation-queries.ts';
import { text, type Query, type Row } from '../semantic.ts';

export const LEADS_SHOWN = 200;

export function mayListLeads(role: Role): boolean {
	return !GROUPS_ONLY.includes(role);
}

const NAMED = ['channel', 'series', 'store', 'inviter', 'advisor'] as const;
const PLAIN = ['lead_id', 'name_masked', 'phone_masked', 'captured_at', 'intent_level', 'status', 'furthest_stage', 'sla_status'] as const;

export function leadsQuery({ filters, ranges }: Pick<Asking, 'filters' | 'ranges'>, limit = LEADS_SHOWN): Query {
	return {
		dimensions: [...PLAIN.map((name) => `leads.${name}`), ...NAMED.flatMap((name) => [`leads.${name}_name_zh`, `leads.${name}_name_en`])],
		timeDimensions: [{ dimension: 'leads.captured_date', dateRange: ranges.current }],
		filters: semanticFilters('leads', filters) ?? [],
		order: [
			['leads.captured_at', 'desc'],
			['leads.lead_id', 'asc']
		],
		limit
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
		captured: plain('captured_at')?.slice(0, 10) ?? null,
		channel: named('channel'),
		series: named('series'),
		grade: plain('intent_level'),
		status: said(words.statuses, plain('status')),
		stage: said(words.stages, plain('furthest_stage')),
		sla: said(words.sla, plain('sla_status')),
		owner: named('advisor') ?? named('inviter') ?? named('store')
	};
}

import { organisationMessages } from '#lib/messages/organisation/all.ts';
import type { ColumnKey } from '#lib/messages/organisation/types.ts';
import { comparedRanges } from '../members.ts';
import { leadRow, mayListLeads } from '../pages/lead-list.ts';
import { leadPortions } from '../pages/lead-portions.ts';
import { loadOrganisation } from '../pages/organisation.ts';
import { tableRow } from '../pages/organisation-rows.ts';
import { askPortions } from '../semantic.ts';
import type { Export, ExportContext } from './context.ts';

const MEMBER_COLUMNS: readonly ColumnKey[] = [
	'name',
	'leads',
	'leads_change',
	'valid_rate',
	'sla_rate',
	'visits',
	'test_drives',
	'orders',
	'order_rate',
	'order_rate_change',
	'orders_net',
	'cancel_rate',
	'attainment',
	'attainment_to_date'
];
const LEAD_COLUMNS: readonly ColumnKey[] = ['name', 'phone', 'captured', 'channel', 'series', 'grade', 'status', 'stage', 'sla', 'owner'];

function asking({ locals, filters, period, locale }: ExportContext) {
	const role = locals.claims?.role ?? 'advisor';
	return { filters, ranges: { ...comparedRanges(period, filters), horizon: period.horizon }, locale, role };
}

/** The page's table of members. */
export const organisation: Export = async (context) => {
	const { locals, options, locale, period } = context;
	const words = organisationMessages[locale];
	const { level, rows } = await loadOrganisation(locals, asking(context), options);
	return {
		name: `onelane-${words.levels[level]}-${period.from}-${period.to}`,
		columns: [
			{ key: 'id', title: 'id' },
			...MEMBER_COLUMNS.map((key) => ({ key, title: key === 'name' ? words.levels[level] : words.columns[key] }))
		],
		rows: level === 'leads' ? [] : rows.map((row) => tableRow(row, words.nobody[level]))
	};
};

/** Every lead behind the list, masked like it, some days at a time: none is left out and none waits in memory. */
export const leads: Export = async (context) => {
	const { locale, period } = context;
	const words = organisationMessages[locale];
	return {
		name: `onelane-${words.leadsTitle}-${period.from}-${period.to}`,
		columns: [{ key: 'id', title: 'id' }, ...LEAD_COLUMNS.map((key) => ({ key, title: words.columns[key] }))],
		rows: allLeads(context)
	};
};

async function* allLeads({ locals, locale, ...context }: ExportContext) {
	const words = organisationMessages[locale];
	const asked = asking({ locals, locale, ...context });
	if (!mayListLeads(asked.role) || !locals.claims) return;
	for await (const rows of leadPortions(asked, askPortions(locals.claims, locals.signal)))
		yield rows.map((row) => leadRow(row, locale, words));
}

import { MAX_ROWS } from '../../../../../contracts/semantic.ts';
import { organisationMessages } from '#lib/messages/organisation/all.ts';
import type { ColumnKey } from '#lib/messages/organisation/types.ts';
import { comparedRanges } from '../members.ts';
import { leadRow, leadsQuery, mayListLeads } from '../pages/lead-list.ts';
import { loadOrganisation } from '../pages/organisation.ts';
import { tableRow } from '../pages/organisation-rows.ts';
import { ask } from '../semantic.ts';
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

/** Every lead behind the page's list, masked like it. */
export const organisationLeads: Export = async (context) => {
	const { locals, locale, period } = context;
	const words = organisationMessages[locale];
	const asked = asking(context);
	const leads = mayListLeads(asked.role) ? await ask(locals, { leads: leadsQuery(asked, MAX_ROWS - 1) }) : { leads: [[]] };
	return {
		name: `onelane-${words.leadsTitle}-${period.from}-${period.to}`,
		columns: [{ key: 'id', title: 'id' }, ...LEAD_COLUMNS.map((key) => ({ key, title: words.columns[key] }))],
		rows: (leads.leads[0] ?? []).map((row) => leadRow(row, locale, words))
	};
};

import { regionName } from '#lib/charts/options/china.ts';
import type { TableColumn } from '#lib/components/table/table.ts';
import { formatNumber } from '#lib/format.ts';
import { leadMessages } from '#lib/messages/leads.ts';
import { messages } from '#lib/messages/all.ts';
import { organisationMessages } from '#lib/messages/organisation/all.ts';
import { LEAD_STAGES, withParameters } from '#lib/parameters.ts';
import { comparedRanges } from '#lib/server/members.ts';
import {
	LEADS_PAGE,
	cursorAfter,
	leadRow,
	leadsFilter,
	leadsQuery,
	mayListLeads,
	readCursor,
	writeCursor
} from '#lib/server/pages/lead-list.ts';
import { ask, count } from '#lib/server/semantic.ts';
import type { PageServerLoad } from './$types';

const COLUMNS = ['name', 'phone', 'captured', 'channel', 'series', 'grade', 'status', 'stage', 'sla', 'owner'] as const;

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, me, recorded } = await event.parent();
	const words = leadMessages[locale];
	const shared = organisationMessages[locale];
	const { title, question, stage, next, first, pages, table, note, empty, emptyHint, denied, deniedHint } = words;
	const said = { title, question, stage, next, first, pages, table, note, empty, emptyHint, denied, deniedHint };
	const columns: TableColumn[] = COLUMNS.map((key) => ({ key, title: shared.columns[key], unit: 'text', sortable: false }));
	if (!mayListLeads(me.role)) return { words: said, columns, list: null };

	const asking = { filters, ranges: { ...comparedRanges(period, filters), horizon: period.horizon } };
	const cursor = readCursor(filters.cursor);
	const answers = await ask(event.locals, {
		list: leadsQuery(asking, LEADS_PAGE + 1, cursor),
		count: {
			measures: ['leads.leads'],
			timeDimensions: [{ dimension: 'leads.captured_date', dateRange: [period.from, period.to] }],
			filters: leadsFilter(filters)
		}
	});
	const found = answers.list[0] ?? [];
	const rows = found.slice(0, LEADS_PAGE);
	const all = count(answers.count[0]?.[0], 'leads.leads');
	const after = found.length > LEADS_PAGE ? cursorAfter(rows, cursor) : null;
	const before = cursor?.before ?? 0;
	const number = (value: number) => formatNumber(value, 'count', locale);
	const { funnel } = messages[locale];
	const stageHref = (change: Record<string, string | null>) =>
		withParameters(event.url, { stage: null, stopped: null, cursor: null, ...change });
	return {
		words: said,
		columns,
		list: {
			answer: words.answer(number(all)),
			rows: rows.map((row) => leadRow(row, locale, shared)),
			range: rows.length > 0 ? words.range(number(before + 1), number(before + rows.length), number(all)) : null,
			nextHref: after && withParameters(event.url, { cursor: writeCursor(after) }),
			firstHref: cursor && withParameters(event.url, { cursor: null }),
			province: filters.province.map((name) => ({
				name: `${words.province} ${regionName(name, locale)}`,
				href: withParameters(event.url, { province: filters.province.filter((each) => each !== name), cursor: null })
			})),
			stopped: filters.stopped ? { name: words.stopped(funnel.stages[filters.stopped]), href: stageHref({}) } : null,
			stages: [
				{ id: '', name: words.all, href: stageHref({}) },
				...LEAD_STAGES.filter((id) => id !== 'lead' && recorded.lead.includes(id)).map((id) => ({
					id,
					name: funnel.stages[id],
					href: stageHref({ stage: id })
				}))
			]
		}
	};
};

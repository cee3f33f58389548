import { listAudit, record } from '../../../../../../../app-state/index.ts';
import { administrator } from '#lib/server/administrator.ts';
import { appState } from '#lib/server/app-state.ts';
import { auditFilter } from '#lib/server/audit-filter.ts';
import { csvResponse } from '#lib/server/files/csv.ts';
import type { RequestHandler } from './$types';

const MOST = 100_000;

/** The entries that the page shows, all pages of them. */
export const GET: RequestHandler = async (event) => {
	const { by } = administrator(event);
	const rows = await listAudit(appState(), { ...auditFilter(event.url.searchParams), before: undefined, limit: MOST });
	await record(appState(), by, { action: 'audit.exported', target: event.url.search, detail: { rows: rows.length } });
	const columns = ['seq', 'at', 'actor', 'actor_name', 'action', 'target', 'detail', 'address'].map((key) => ({ key, title: key }));
	return csvResponse({ name: 'onelane-audit', columns, rows: rows.map((row) => ({ ...row, detail: JSON.stringify(row.detail) })) });
};

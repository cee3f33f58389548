import { AUDIT_ACTIONS, listAudit } from '../../../../../../app-state/index.ts';
import { accountMessages } from '#lib/messages/accounts/all.ts';
import { administrator } from '#lib/server/administrator.ts';
import { appState } from '#lib/server/app-state.ts';
import { auditFilter } from '#lib/server/audit-filter.ts';
import type { PageServerLoad } from './$types';

const PAGE = 50;

export const load: PageServerLoad = async (event) => {
	administrator(event);
	const filter = auditFilter(event.url.searchParams);
	const [found, [latest]] = await Promise.all([listAudit(appState(), { ...filter, limit: PAGE + 1 }), listAudit(appState(), { limit: 1 })]);
	const entries = found.slice(0, PAGE);
	return {
		title: accountMessages[event.locals.locale].audit.title,
		entries,
		older: found.length > PAGE ? (entries.at(-1)?.seq ?? null) : null,
		total: latest?.seq ?? 0,
		actions: AUDIT_ACTIONS
	};
};

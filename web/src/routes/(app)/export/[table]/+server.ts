import { error } from '@sveltejs/kit';
import { record } from '../../../../../../app-state/index.ts';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { messages } from '#lib/messages/all.ts';
import { appState } from '#lib/server/app-state.ts';
import { dataDates, filterOptions, holidays, usualPeriod } from '#lib/server/context.ts';
import { EXPORTS } from '#lib/server/exports/index.ts';
import { csvResponse } from '#lib/server/files/csv.ts';
import { xlsxResponse } from '#lib/server/files/xlsx.ts';
import { recordedFacts } from '#lib/server/recorded.ts';
import { actorOf } from '#lib/server/session.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** A page's table as a file, under the same filters and the same policy: `/export/<table>.csv` or `.xlsx`. */
export const GET: RequestHandler = async (event) => {
	const { params, url, locals } = event;
	const [, name = '', format = 'csv'] = /^([a-z-]+)(?:\.(csv|xlsx))?$/.exec(params.table) ?? [];
	const make = Object.hasOwn(EXPORTS, name) ? EXPORTS[name] : undefined;
	if (!make) error(404, 'There is no such table.');
	if (!locals.claims) error(401, 'Sign in first.');
	const { pointer } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const t = messages[locals.locale];
	const [dates, options, recorded, feasts] = await Promise.all([
		dataDates(locals.claims, pointer.version),
		filterOptions(locals.claims, pointer.version),
		recordedFacts(locals.claims, pointer.version),
		holidays(locals.claims, pointer.version)
	]);
	if (!dates) error(404, 'There is no data.');
	const { filters } = parseFilters(url.searchParams, name === 'leads' ? '/leads' : url.pathname);
	const period = resolvePeriod(filters, dates, usualPeriod(pointer), feasts);
	const table = await make({ locals, filters, period, dates, options, recorded, locale: locals.locale, currency: pointer.currency, t });
	// Noted before the first row leaves.
	const detail = { format, search: url.search.slice(0, 500), version: pointer.version, people: name === 'leads' };
	await record(appState(), actorOf(event), { action: 'data.exported', target: name, detail });
	return format === 'xlsx' ? xlsxResponse(table) : csvResponse(table);
};

import { error } from '@sveltejs/kit';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { readProofId } from '#lib/proof.ts';
import { dataDates, filterOptions, usualPeriod } from '#lib/server/context.ts';
import { scopeNames } from '#lib/server/names.ts';
import { PAGES } from '#lib/server/pages/index.ts';
import { proofOf } from '#lib/server/proof.ts';
import { recordedFacts } from '#lib/server/recorded.ts';
import type { Asker } from '#lib/server/semantic.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** What stands behind a figure of a page: `/proof/<page>.<question>[:<measure>]?<the page's own parameters>`. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const id = readProofId(params.id);
	const page = id && Object.hasOwn(PAGES, id.page) ? PAGES[id.page] : undefined;
	const { claims, locale } = locals;
	if (!id || !page) error(404, 'There is no such figure.');
	if (!claims) error(401, 'Sign in first.');
	const { pointer } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const { version } = pointer;
	const [dates, options, recorded, scope] = await Promise.all([
		dataDates(claims, version),
		filterOptions(claims, version),
		recordedFacts(claims, version),
		scopeNames(claims, version)
	]);
	if (!dates) error(404, 'There is no data.');
	const { filters } = parseFilters(url.searchParams, page.path);
	// The page's own questions, answered from the cache that its figures came from. No row is handed out, so there is nothing to note.
	const asker: Asker & { asked: NonNullable<Asker['asked']> } = { claims, queries: 0, asked: {}, reveal: () => Promise.resolve() };
	await page.ask(asker, {
		filters,
		period: resolvePeriod(filters, dates, usualPeriod(pointer)),
		dates,
		options,
		recorded,
		locale,
		focus: id.focus
	});
	const query = Object.hasOwn(asker.asked, id.question) ? asker.asked[id.question] : null;
	if (!query) error(404, 'There is no such figure on this page.');
	const names = scope.map(({ zh, en }) => (locale === 'en' ? en : zh));
	return Response.json(await proofOf(query, id, claims, names, pointer, locale));
};

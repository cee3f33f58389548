import { error, redirect } from '@sveltejs/kit';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { sourceName } from '#lib/messages/sources.ts';
import { isStale } from '#lib/dates.ts';
import { bannersOf } from '#lib/server/banners.ts';
import { shownOptions } from '#lib/server/chosen.ts';
import { dataDates, filterOptions, holidays, usualPeriod } from '#lib/server/context.ts';
import { scopeNames } from '#lib/server/names.ts';
import { recordedFacts } from '#lib/server/recorded.ts';
import { defaultSearch, maySetDefaults, viewsOf } from '#lib/server/views.ts';
import { readStatus } from '#lib/server/status.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url, isDataRequest }) => {
	const { claims } = locals;
	if (!claims) error(401, 'Sign in first.');
	// A plain address opens with what the reader's role is used to; `view=none` shows the page as it comes.
	const usual = url.search === '' ? await defaultSearch(claims, url.pathname) : null;
	if (usual) redirect(isDataRequest ? 307 : 303, url.pathname + usual);
	const { pointer, refresh } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const { version } = pointer;
	const { filters, notices } = parseFilters(url.searchParams, url.pathname);
	const [dates, options, chosen, recorded, scope, feasts, views] = await Promise.all([
		dataDates(claims, version),
		filterOptions(claims, version),
		shownOptions(claims, version, filters),
		recordedFacts(claims, version),
		scopeNames(claims, version),
		holidays(claims, version),
		viewsOf(claims, url.pathname)
	]);
	const now = new Date().toISOString();
	const usualPreset = usualPeriod(pointer);
	const span = dates ?? { first: pointer.built_at.slice(0, 10), last: pointer.built_at.slice(0, 10), until: pointer.built_at.slice(0, 10) };
	return {
		me: { name: locals.session?.user?.display_name ?? null, role: claims.role, sub: claims.sub, scopes: claims.scopes, scope },
		brand: pointer.brand,
		version: pointer.version,
		currency: pointer.currency,
		timezone: pointer.timezone,
		builtAt: pointer.built_at,
		now,
		freshness: pointer.freshness.map((each) => ({ ...each, source: sourceName(each.source, locals.locale) })),
		/** Nothing newer came when it should have. */
		isStale: refresh?.status === 'failed' || isStale(pointer.built_at, now),
		banners: bannersOf({ pointer, refresh }, notices, locals.locale, now),
		hasData: dates !== null,
		dates: span,
		filters,
		usualPreset,
		period: resolvePeriod(filters, span, usualPreset, feasts),
		options: chosen,
		/** Whether there is more than one store to choose from. */
		hasPlaces: options.region.length + options.store.length > 1,
		recorded,
		views,
		maySetDefaults: maySetDefaults(claims)
	};
};

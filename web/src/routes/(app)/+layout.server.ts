import { error } from '@sveltejs/kit';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { dataDates, filterOptions } from '#lib/server/context.ts';
import { readStatus } from '#lib/server/status.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, url }) => {
	const { claims } = locals;
	if (!claims) error(401, 'Sign in first.');
	const { pointer, refresh } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const [dates, options] = await Promise.all([dataDates(claims, pointer.version), filterOptions(claims, pointer.version)]);
	const { filters, notices } = parseFilters(url.searchParams);
	const span = dates ?? { first: pointer.built_at.slice(0, 10), last: pointer.built_at.slice(0, 10), until: pointer.built_at.slice(0, 10) };
	return {
		me: { role: claims.role, sub: claims.sub, scopes: claims.scopes },
		brand: pointer.brand,
		version: pointer.version,
		currency: pointer.currency,
		timezone: pointer.timezone,
		builtAt: pointer.built_at,
		now: new Date().toISOString(),
		freshness: pointer.freshness,
		refresh,
		hasData: dates !== null,
		dates: span,
		filters,
		notices,
		period: resolvePeriod(filters, span),
		options
	};
};

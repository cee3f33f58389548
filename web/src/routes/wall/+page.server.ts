import { error } from '@sveltejs/kit';
import { formatRange } from '#lib/dates.ts';
import { parseFilters, resolvePeriod } from '#lib/filters.ts';
import { messages } from '#lib/messages/all.ts';
import { isWeekend } from '#lib/periods.ts';
import { bannersOf } from '#lib/server/banners.ts';
import { dataDates, holidays, usualPeriod } from '#lib/server/context.ts';
import { scopeNames } from '#lib/server/names.ts';
import { memberName } from '#lib/server/member-names.ts';
import { loadCockpit } from '#lib/server/pages/cockpit.ts';
import { answerOf } from '#lib/server/pages/cockpit-view.ts';
import { recordedFacts } from '#lib/server/recorded.ts';
import { readStatus } from '#lib/server/status.ts';
import type { PageServerLoad } from './$types';

/** Sources that each tile stands on; a tile is as old as the oldest of them. */
const SOURCES = {
	leads: ['crm', 'ads', 'verticals', 'web', 'callcenter'],
	showroom: ['crm'],
	orders: ['dms'],
	spend: ['ads', 'dms']
} as const;
const LISTED = 7;
const LOOKED = 3;

/** The cockpit's own figures, for a screen that nobody touches. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { claims, locale } = locals;
	if (!claims) error(401, 'Sign in first.');
	const { pointer, refresh } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const { version } = pointer;
	const now = new Date().toISOString();
	const t = messages[locale];
	const [dates, recorded, feasts, scope] = await Promise.all([
		dataDates(claims, version),
		recordedFacts(claims, version),
		holidays(claims, version),
		scopeNames(claims, version)
	]);
	if (!dates) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const { filters } = parseFilters(url.searchParams, '/wall');
	const period = resolvePeriod(filters, dates, usualPeriod(pointer), feasts);
	const [cockpit, other] = await Promise.all([
		loadCockpit(locals, filters, period, recorded, dates, version),
		memberName(locals, filters, version, locale)
	]);
	const age = (sources: readonly string[]) => {
		const loaded = pointer.freshness.filter(({ source }) => sources.includes(source)).map(({ loaded_at }) => loaded_at);
		return loaded.length > 0 ? loaded.reduce((oldest, at) => (at < oldest ? at : oldest)) : pointer.built_at;
	};
	const { hero, kpis, trend, attainments, below, exceptions, hasPrevious, hasYear, isEmpty } = cockpit;
	return {
		locale,
		version,
		currency: pointer.currency,
		timezone: pointer.timezone,
		now,
		/** What is wrong with the data, in a few words. */
		failed: bannersOf({ pointer, refresh }, [], locale, now).find(({ tone }) => tone === 'bad')?.title ?? null,
		brand: locale === 'en' ? pointer.brand.name_en : pointer.brand.name_zh,
		scope: scope.map(({ zh, en }) => (locale === 'en' ? en : zh)).join(t.app.separator),
		range: formatRange(period.from, period.to, locale),
		answer: answerOf(cockpit, period, url.search, t, locale),
		isEmpty,
		hero,
		kpis,
		trend: { ...trend, within: { from: period.from, to: period.to }, weekends: trend.step === 'day' ? trend.dates.map(isWeekend) : [] },
		attainments: attainments.slice(0, LISTED),
		below,
		exceptions: exceptions.slice(0, LOOKED),
		hasPrevious,
		hasYear,
		other,
		ages: {
			leads: age(SOURCES.leads),
			showroom: age(SOURCES.showroom),
			orders: age(SOURCES.orders),
			spend: age(SOURCES.spend)
		}
	};
};

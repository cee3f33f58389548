import { memberName } from '#lib/server/member-names.ts';
import { funnelAnswer } from '#lib/answer/headline.ts';
import { formatRange } from '#lib/dates.ts';
import { formatNumber } from '#lib/format.ts';
import { stageRows, type FunnelFigures } from '#lib/funnel/model.ts';
import { defaultSplit, splitName } from '#lib/funnel/split.ts';
import { messages } from '#lib/messages/all.ts';
import { MEMBER_FILTERS, withParameters } from '#lib/parameters.ts';
import { cachedPage } from '#lib/server/cache.ts';
import { chart } from '#lib/server/charts.ts';
import { loadFunnel } from '#lib/server/pages/funnel.ts';
import type { PageServerLoad } from './$types';

const RANKED = 12;
/** Up to so many stages a funnel leaves room in its column. */
const SHORT = 5;
/** Pixels of a stage of the funnel beside the ranking. */
const STAGE = 32;

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, options, recorded, version } = await event.parent();
	const by = filters.by ?? defaultSplit(options);
	const t = messages[locale];
	const [page, other] = await Promise.all([
		cachedPage(event.locals, 'funnel', { filters, period, version }, by, (asker) => loadFunnel(asker, filters, period, by, recorded)),
		memberName(event.locals, filters, version, locale)
	]);
	const stageName = (id: string) => (t.funnel.stages as Record<string, string>)[id] ?? id;
	const number = (value: number | undefined) => formatNumber(value, 'count', locale);
	const compared =
		filters.compare === 'none' || (filters.compare !== 'member' && !(filters.compare === 'year' ? period.year : period.previous))
			? null
			: (other ?? t.filters.compares[filters.compare]);
	const range = formatRange(period.from, period.to, locale);

	const picture = (id: string, name: string, figures: FunnelFigures, width: number) => {
		const [first, last] = [figures.stages[0], figures.stages.find((stage) => stage.id === 'order')];
		return chart(
			event,
			id,
			{
				kind: 'funnel',
				label: t.funnel.label(
					name,
					`${stageName(first?.id ?? '')} ${number(first?.count)}`,
					`${stageName(last?.id ?? '')} ${number(last?.count)}`
				),
				name: range,
				...(compared ? { comparisonName: compared } : {}),
				immature: figures.immature > 0,
				stages: figures.stages.map((stage) => ({
					id: stage.id,
					name: stageName(stage.id),
					count: stage.count,
					...(stage.comparison === null ? {} : { previous: stage.comparison })
				}))
			},
			{ width, locale }
		);
	};
	const canFilter = (MEMBER_FILTERS as readonly string[]).includes(by);
	const rowHref = (id: string) => (canFilter && id !== '' ? withParameters(event.url, { [by]: id, by: null }) : undefined);
	// Leads that belong to nobody are no peer: they would be the worst of all, and move the median.
	const ranked = page.rows.filter((row) => row.id !== '' && (row.counts.lead ?? 0) > 0).slice(0, RANKED);
	const leads = page.lead.stages[0]?.count ?? 0;
	const isRanked = filters.basis === 'cohort' && ranked.length > 1;
	const showroomPlace = page.lead.stages.length <= SHORT ? 'left' : isRanked ? 'below' : 'right';
	const shift = page.lead.shift;

	return {
		answer: funnelAnswer(
			{
				period: period.preset === 'all' ? t.filters.presets.all : range,
				basis: filters.basis,
				window: filters.window,
				leads,
				orders: page.lead.stages.find(({ id }) => id === 'order')?.count ?? 0,
				orderRate: page.orderRate,
				immature: page.lead.immature,
				shift: shift ? { stage: stageName(shift.stage), change: shift.change } : null,
				claims: page.claims,
				search: event.url.search
			},
			t,
			locale
		),
		isEmpty: leads === 0 && page.showroom.stages.every(({ count }) => count === 0),
		compared,
		by,
		immature: page.lead.immature,
		showroomPlace,
		lead: stageRows(page.lead.stages),
		showroom: stageRows(page.showroom.stages),
		leadPicture: picture('lead', t.funnel.lead, page.lead, 659),
		showroomPicture: picture('showroom', t.funnel.showroom, page.showroom, { left: 659, right: 456, below: 1130 }[showroomPlace]),
		ranking: isRanked
			? chart(
					event,
					'ranking',
					{
						kind: 'ranking',
						dimension: by,
						label: t.cockpit.rankingLabel(t.funnel.rates.order_rate),
						name: t.funnel.rates.order_rate,
						trialsName: t.funnel.stages.lead,
						tall: page.lead.stages.length * STAGE,
						rows: ranked.map((row) => ({
							id: row.id,
							name: splitName(row, by, t, locale),
							hits: row.counts.order ?? null,
							trials: row.counts.lead ?? null,
							href: rowHref(row.id)
						}))
					},
					{ width: 456, locale }
				)
			: null,
		title: t.funnel.title,
		question: t.funnel.question,
		stages: page.stages,
		rates: page.rates,
		truncated: page.truncated,
		total: flat(page.total),
		rows: page.rows.map((row) => ({ ...flat(row), id: row.id, name: splitName(row, by, t, locale), href: rowHref(row.id) ?? '' }))
	};
};

function flat(row: { counts: Record<string, number>; rates: Record<string, number | null> }): Record<string, number | null> {
	return {
		...Object.fromEntries(Object.entries(row.counts).map(([key, value]) => [`count_${key}`, value])),
		...Object.fromEntries(Object.entries(row.rates).map(([key, value]) => [`rate_${key}`, value]))
	};
}

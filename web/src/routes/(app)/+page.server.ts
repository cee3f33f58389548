import { cockpitAnswer } from '#lib/answer/headline.ts';
import { formatRange } from '#lib/dates.ts';
import { formatNumber } from '#lib/format.ts';
import { loadMessages } from '#lib/messages/index.ts';
import { withParameters } from '#lib/parameters.ts';
import { chart } from '#lib/server/charts.ts';
import { loadCockpit } from '#lib/server/pages/cockpit.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, currency, recorded, dates } = await event.parent();
	const [cockpit, t] = await Promise.all([loadCockpit(event.locals, filters, period, recorded, dates), loadMessages(locale)]);
	const { trend, stages, regions, ...rest } = cockpit;
	const range = formatRange(period.from, period.to, locale);
	const number = (value: number | null) => formatNumber(value, 'count', locale);
	const compared = t.filters.compares[filters.compare];
	const label = (name: string, values: (number | null)[]) =>
		t.cockpit.trendLabel(name, number(values.reduce<number>((sum, value) => sum + (value ?? 0), 0)), period.from, period.to);
	const line = (id: 'leads' | 'orders', name: string, width: number, height: number) => {
		const series = trend[id];
		const target = 'target' in series ? series.target : null;
		return chart(
			event,
			`trend-${id}`,
			{
				kind: id === 'orders' && trend.step === 'day' && trend.dates.length <= 45 ? 'daily' : 'trend',
				label: label(name, series.current),
				unit: 'count',
				dates: trend.dates,
				current: { name, values: series.current },
				...(series.comparison ? { comparison: { name: compared, values: series.comparison } } : {}),
				...(target ? { target: { name: t.cockpit.target, values: target } } : {}),
				weekends: trend.step === 'day' && trend.dates.length <= 45,
				height
			},
			{ width, locale, currency }
		);
	};
	const first = stages[0]?.count ?? 0;
	const ordered = stages.find(({ id }) => id === 'order')?.count ?? 0;
	const isFiltered = (name: 'region' | 'store', id: string) => filters[name].length === 1 && filters[name][0] === id;
	const place = (level: 'region' | 'store', id: string) =>
		withParameters({ pathname: '/organisation', search: event.url.search }, { [level]: id });

	return {
		...rest,
		answer: cockpitAnswer({ period: range, hero: rest.hero, exceptions: rest.exceptions }, t, locale),
		step: trend.step,
		ordersTrend: line('orders', t.cockpit.kpi.orders_net, 760, 232),
		leadsTrend: line('leads', t.cockpit.kpi.leads, 760, 150),
		funnel: chart(
			event,
			'funnel',
			{
				kind: 'funnel',
				label: t.funnel.label(t.funnel.lead, `${t.funnel.stages.lead} ${number(first)}`, `${t.funnel.stages.order} ${number(ordered)}`),
				name: range,
				...(filters.compare === 'none' ? {} : { comparisonName: compared }),
				immature: rest.immature > 0,
				stages: stages.map(({ id, count, comparison }) => ({
					id,
					name: t.funnel.stages[id as keyof typeof t.funnel.stages],
					count,
					...(comparison === null ? {} : { previous: comparison })
				}))
			},
			{ width: 360, locale }
		),
		ranking:
			regions.length > 1
				? chart(
						event,
						'ranking',
						{
							kind: 'ranking',
							label: t.cockpit.rankingLabel(t.cockpit.metrics.lead_order_rate),
							name: t.funnel.rates.order_rate,
							trialsName: t.cockpit.kpi.leads,
							rows: regions.map(({ id, zh, en, orders, leads }) => ({
								id,
								name: locale === 'en' ? en : zh,
								hits: orders,
								trials: leads,
								href: place(cockpit.regionLevel, id),
								own: isFiltered(cockpit.regionLevel, id)
							}))
						},
						{ width: 456, locale }
					)
				: null
	};
};

import { loadCockpit } from '../pages/cockpit.ts';
import type { Export } from './context.ts';

/** Net orders by day (or week), with comparison and target. */
export const cockpitDays: Export = async ({ locals, filters, period, recorded, dates, t }) => {
	const { trend } = await loadCockpit(locals, filters, period, recorded, dates);
	const compared = t.filters.compares[filters.compare];
	const orders = t.cockpit.kpi.orders_net;
	return {
		name: `onelane-${t.nav.cockpit}-${period.from}-${period.to}`,
		columns: [
			{ key: 'date', title: t.filters.period },
			{ key: 'orders', title: orders },
			...(trend.comparison ? [{ key: 'ordersBefore', title: `${orders} (${compared})` }] : []),
			...(trend.target ? [{ key: 'target', title: `${orders} (${t.cockpit.target})` }] : [])
		],
		rows: trend.dates.map((date, index) => ({
			date,
			orders: trend.current[index] ?? null,
			ordersBefore: trend.comparison?.[index] ?? null,
			target: trend.target?.[index] ?? null
		}))
	};
};

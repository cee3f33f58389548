import { loadCockpit } from '../pages/cockpit.ts';
import type { Export } from './context.ts';

/** Leads and net orders by day (or week), with comparison and target. */
export const cockpitDays: Export = async ({ locals, filters, period, recorded, dates, t }) => {
	const { trend } = await loadCockpit(locals, filters, period, recorded, dates);
	const compared = t.filters.compares[filters.compare];
	const { leads, orders_net: orders } = t.cockpit.kpi;
	return {
		name: `onelane-${t.nav.cockpit}-${period.from}-${period.to}`,
		columns: [
			{ key: 'date', title: t.filters.period },
			{ key: 'leads', title: leads },
			...(trend.leads.comparison ? [{ key: 'leadsBefore', title: `${leads} (${compared})` }] : []),
			{ key: 'orders', title: orders },
			...(trend.orders.comparison ? [{ key: 'ordersBefore', title: `${orders} (${compared})` }] : []),
			...(trend.orders.target ? [{ key: 'target', title: `${orders} (${t.cockpit.target})` }] : [])
		],
		rows: trend.dates.map((date, index) => ({
			date,
			leads: trend.leads.current[index] ?? null,
			leadsBefore: trend.leads.comparison?.[index] ?? null,
			orders: trend.orders.current[index] ?? null,
			ordersBefore: trend.orders.comparison?.[index] ?? null,
			target: trend.orders.target?.[index] ?? null
		}))
	};
};

import { counted, per, type Oracle } from './oracle.ts';

const placed = 'order_at IS NOT NULL';
const net = `${placed} AND NOT is_cancelled`;
const sum = (column: string, condition: string) => `sum(${column}) FILTER (WHERE ${condition})`;

export const orders: Oracle = {
	view: 'orders',
	table: 'marts.fct_orders',
	time: 'order_date',
	groups: { inFact: ['series_id', 'series_id'] },
	scope: { role: 'advisor', column: 'advisor_id' },
	additive: {},
	others: {
		orders: counted(placed),
		orders_net: counted(net),
		cancelled_orders: counted(`${placed} AND is_cancelled`),
		lead_orders: counted(`${placed} AND with_lead`),
		walk_in_orders: counted(`${placed} AND NOT with_lead`),
		delivered_orders: counted(`${net} AND delivered_at IS NOT NULL`),
		order_bank: counted(`${net} AND delivered_at IS NULL`),
		gross_revenue: sum('amount', placed),
		net_revenue: sum('net_amount', net),
		net_margin: sum('margin', net),
		cancel_rate: per(counted(`${placed} AND is_cancelled`), counted(placed)),
		delivery_rate: per(counted(`${net} AND delivered_at IS NOT NULL`), counted(net)),
		lead_share: per(counted(`${placed} AND with_lead`), counted(placed)),
		average_price: per(sum('net_amount', net), counted(net)),
		margin_rate: per(sum('margin', net), sum('net_amount', net)),
		customers: `count(DISTINCT customer_id) FILTER (WHERE ${placed})`
	}
};

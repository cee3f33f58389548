import { counted, per, total, type Oracle } from './oracle.ts';

export const customers: Oracle = {
	view: 'customers',
	table: 'marts.dim_customers',
	time: 'first_seen_date',
	groups: { inFact: ['lifecycle_stage', 'lifecycle_stage'] },
	scope: { role: 'store_manager', column: 'store_id' },
	additive: {},
	others: {
		customers: 'count(*)',
		identified_customers: counted('is_identified'),
		lead_customers: counted('leads > 0'),
		visitors: counted('visits > 0'),
		buyers: counted('orders_net > 0'),
		repeat_buyers: counted('orders_net >= 2'),
		net_revenue: total('net_revenue'),
		identified_share: per(counted('is_identified'), 'count(*)'),
		buyer_share: per(counted('orders_net > 0'), 'count(*)'),
		repeat_share: per(counted('is_recognisable AND orders_net >= 2'), counted('is_recognisable AND orders_net > 0')),
		revenue_per_buyer: per(total('net_revenue'), counted('orders_net > 0'))
	}
};

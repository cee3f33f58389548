import { per, total, type Oracle } from './oracle.ts';

const sums = [
	...[
		'spend',
		'impressions',
		'clicks',
		'platform_leads',
		'captures',
		'recognisable_captures',
		'duplicates',
		'rejected',
		'leads',
		'valid_leads'
	],
	...['cohort_visits', 'cohort_test_drives', 'cohort_orders', 'cohort_orders_net', 'recognisable_leads', 'known_customer_leads'],
	...['visits', 'test_drives', 'orders', 'orders_net', 'deliveries', 'net_revenue']
];
const credits = ['order_credit', 'revenue_credit', 'valid_lead_credit', 'test_drive_credit'];
const models = ['first_touch', 'last_touch', 'last_non_direct', 'linear'];

const ratios: Record<string, [string, string]> = {
	ctr: ['clicks', 'impressions'],
	cost_per_click: ['spend', 'clicks'],
	cpl: ['spend', 'leads'],
	cost_per_valid_lead: ['spend', 'valid_leads'],
	cost_per_test_drive: ['spend', 'test_drives'],
	cost_per_order: ['spend', 'orders_net'],
	roas: ['net_revenue', 'spend'],
	duplicate_rate: ['duplicates', 'recognisable_captures'],
	rejected_rate: ['rejected', 'captures'],
	valid_rate: ['valid_leads', 'leads'],
	visit_rate: ['cohort_visits', 'leads'],
	order_rate: ['cohort_orders', 'leads'],
	net_order_rate: ['cohort_orders_net', 'leads'],
	known_customer_share: ['known_customer_leads', 'recognisable_leads']
};
for (const model of models) {
	ratios[`cost_per_order_${model}`] = ['spend', `order_credit_${model}`];
	ratios[`roas_${model}`] = [`revenue_credit_${model}`, 'spend'];
}

export const channels: Oracle = {
	view: 'channels',
	table: 'marts.rpt_channel_daily',
	time: 'activity_date',
	groups: { inRollup: ['channel_id', 'channel_id'], inFact: ['campaign_id', 'campaign_id'] },
	scope: { role: 'region_manager', column: 'region_id' },
	additive: {
		...Object.fromEntries(sums.map((column) => [column, total(column)])),
		...Object.fromEntries(models.flatMap((model) => credits.map((credit) => [`${credit}_${model}`, total(`${credit}_${model}`)]))),
		...Object.fromEntries(Object.entries(ratios).map(([name, [part, whole]]) => [name, per(total(part), total(whole))]))
	},
	others: {}
};

import type { ChannelMessages } from './types.ts';

export const en: ChannelMessages = {
	title: 'Channels',
	question: 'What does a valid lead, a test drive, an order cost on each channel and campaign, and where does the next yuan go?',
	everything: 'All channels',
	path: 'Where you are',
	by: { label: 'Compare', channel: 'Channels', campaign: 'Campaigns' },
	columns: {
		name: 'Name',
		spend: 'Spend',
		impressions: 'Impressions',
		leads: 'Leads',
		valid_rate: 'Valid rate',
		cpl: 'Per lead',
		cost_per_valid_lead: 'Per valid lead',
		test_drives: 'Test drives',
		cost_per_test_drive: 'Per test drive',
		orders_net: 'Net orders',
		cost_per_order: 'Per order',
		cost_per_order_change: 'Change',
		roas: 'ROAS',
		known_customer_share: 'Known customers',
		duplicate_rate: 'Duplicates',
		visits: 'Visits',
		order_rate: 'Order rate',
		leads_change: 'Change',
		shift: 'Widest gap'
	},
	hints: {
		spend: 'As the platforms bill it; spend without a region is spread by share of leads and sums to the cent',
		valid_rate: 'Valid leads ÷ leads',
		cpl: 'Spend ÷ leads captured in the period',
		cost_per_valid_lead: 'Spend ÷ the valid ones among them',
		cost_per_test_drive: 'Spend ÷ test drives in the period',
		orders_net: 'Placed in the period and standing, under the channel of their lead; walk-ins have a row of their own',
		cost_per_order: 'Spend ÷ net orders',
		roas: 'Net order value ÷ spend',
		known_customer_share: 'Leads of people who were leads or customers before ÷ leads of people who can be recognised',
		duplicate_rate: 'Repeated captures ÷ captures of people who can be recognised',
		shift: 'Greatest minus least credited orders of the four models'
	},
	groups: { cohort: 'Leads captured in the period', period: 'Happened in the period, under the lead’s channel' },
	none: { channel: '(no channel)', campaign: '(no campaign)' },
	walkIn: 'Walk-ins',
	past: 'before only',
	kpis: 'Key figures',
	table: (of) => `${of} from spend to order`,
	tableWithoutSpend: (of) => `${of}: leads and orders`,
	tableNote: 'What has no spend has no cost: it shows “–”, not 0.',
	noSpend:
		'Spend is known by channel, campaign and region only. These filters, or your role, go finer, so spend and costs are absent here; leads and orders are not.',
	spendNotLanded:
		'No spend has been landed yet, so there are no costs. Land the daily reports of the ad platforms, and costs from lead to order appear here.',
	costTitle: 'Cost per order',
	costNote: (shown, all) => (shown < all ? `The ${shown} with most spend; grey bars: comparison` : 'Grey bars: comparison'),
	costLabel: (best, worst) => `Cost per order: lowest ${best}, highest ${worst}`,
	costEmpty: 'Nothing here has both spend and orders',
	modelsTitle: 'Attribution models side by side',
	modelsNote: (shown, walkIns, hasNobody) =>
		`${shown === 1 ? 'The only one with credit' : `The ${shown} with most credit`}${walkIns ? `; ${walkIns} walk-in orders have no touch, are the same in each model, and get no line` : ''}${hasNobody ? '; orders without a campaign get no line' : ''}`,
	modelsTotal: (total) =>
		total === null
			? 'By day of order; for some channels alone the models’ totals differ'
			: `By day of order; each model adds up to ${total}. “Walk-in” includes orders of leads without a touch in the window, so it may exceed the table above`,
	modelsLabel: (total) => `Net orders under four attribution models${total === null ? '' : `; each adds up to ${total}`}`,
	modelsTable: (of) => `${of}: net orders under four attribution models`,
	modelsEmpty: 'No orders to attribute here',
	models: { first_touch: 'First touch', last_touch: 'Last touch', last_non_direct: 'Last non-direct', linear: 'Linear' },
	modelHints: {
		first_touch: 'All credit to the first touch of the path',
		last_touch: 'All credit to the last touch before the order',
		last_non_direct: 'All credit to the last touch that is not a direct visit',
		linear: 'Every touch of the path gets the same'
	},
	other: (count) => `${count} others`,
	compares: { previous: 'the previous period', year: 'last year', target: 'the target', member: 'the other one', none: '' },
	changeOn: (compared, change) => `${change} on ${compared}`,
	answer: ({ spend, leads, orders, costPerOrder, change }) =>
		spend === null
			? `${leads} leads, ${orders} net orders`
			: `${spend} spent on ${leads} leads and ${orders} net orders${costPerOrder ? `, ${costPerOrder} an order${change ? ` (${change})` : ''}` : ''}`,
	trap: ({ name, cpl, validRate, cost, usual }) =>
		`${name} looks cheap at ${cpl} a lead, but only ${validRate} are valid: ${cost} a valid lead, against ${usual} on paid channels together`
};

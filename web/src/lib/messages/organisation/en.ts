import type { OrganisationMessages } from './types.ts';

export const en: OrganisationMessages = {
	title: 'Regions, stores, advisors',
	question: 'Who does well, who needs help, and is the gap real or just a small sample?',
	everybody: 'Whole country',
	levels: {
		region: 'Regions',
		area: 'Areas',
		store: 'Stores',
		group: 'Dealer groups',
		advisor: 'Advisors',
		inviter: 'Inviters',
		leads: 'Leads'
	},
	level: { region: 'Region', area: 'Area', store: 'Store', group: 'Dealer group', advisor: 'Advisor', inviter: 'Inviter', leads: 'Lead' },
	members: { region: 'regions', area: 'areas', store: 'stores', group: 'groups', advisor: 'advisors', inviter: 'inviters' },
	nobody: {
		region: '(no region)',
		area: '(not dispatched)',
		store: '(not dispatched)',
		group: '(no group)',
		advisor: '(not handed over)',
		inviter: '(not assigned)'
	},
	path: 'Where you are',
	compareBy: 'Compare',
	hierarchy: {
		title: 'Region',
		now: 'As now',
		then: 'As then',
		hint: 'They differ where a store changed its region: as now is the region a lead belongs to today, as then the one it was assigned in.'
	},
	cohort: 'Leads captured in the period, so far',
	period: 'Happened in the period',
	columns: {
		name: 'Name',
		leads: 'Leads',
		leads_change: 'Change',
		valid_rate: 'Valid rate',
		sla_rate: 'On-time follow-up',
		visits: 'Visits',
		test_drives: 'Test drives',
		orders: 'Orders',
		order_rate: 'Order rate',
		order_rate_change: 'Change',
		orders_net: 'Net orders',
		cancel_rate: 'Cancel rate',
		attainment: 'Attainment',
		attainment_to_date: 'Attainment to date',
		phone: 'Phone',
		captured: 'Captured',
		channel: 'Channel',
		series: 'Series',
		grade: 'Grade',
		status: 'Status',
		stage: 'Furthest step',
		sla: 'First attempt',
		owner: 'Owner'
	},
	hints: {
		valid_rate: 'Valid leads ÷ leads',
		sla_rate: 'First attempts in time ÷ first attempts due (leads whose limit has not passed are left out)',
		visits: 'Leads that came to a store so far',
		test_drives: 'Leads that drove so far',
		orders: 'Leads that ordered so far',
		order_rate: 'Leads that ordered ÷ leads',
		orders_net: 'Orders locked in the period that stand, walk-ins included',
		cancel_rate: 'Orders of the period cancelled later ÷ orders of the period',
		attainment: 'Net orders ÷ target of the whole period',
		attainment_to_date: 'Net orders ÷ target of the days up to the last one with data'
	},
	ratios: {
		orderOfLeads: 'Order rate',
		validOfLeads: 'Valid rate',
		visitOfLeads: 'Visit rate',
		orderOfVisits: 'Orders per visit',
		driveOfVisits: 'Test-drive rate',
		sla: 'On-time follow-up'
	},
	trials: { leads: 'Leads', visits: 'Visits', due: 'Due' },
	rankingNote: (shown, all) =>
		shown < all
			? `Estimate and 90% interval, both ends, ${shown} of ${all}`
			: 'Estimate and 90% interval; small samples lean towards their peers',
	rankingLabel: (rate, level, best, worst) => `${rate} of ${level}: highest ${best}, lowest ${worst}`,
	previous: 'Change',
	peers: (value) => `Peers’ median ${value}`,
	of: (count, name) => `${name} ${count}`,
	immature: (share) =>
		`${share} of these leads are younger than the observation window: order rates will still rise. Fair among peers, not against mature cohorts.`,
	rowsShown: (shown, all) => `The first ${shown} of ${all}; the file has all.`,
	table: (level) => `${level}: leads, conversion, orders and targets`,
	kpis: 'Key figures',
	target: 'Target',
	ordersPlaced: 'Orders placed',
	leadsTitle: 'Leads',
	leadsShown: (shown, all) => (shown === all ? `${all} leads, newest first` : `${all} leads, the newest ${shown} shown; the file has all`),
	allLeads: 'Page through all leads',
	leadsDenied: 'Marketing sees totals, not single leads. Ask headquarters or the store’s manager for a list.',
	leadsEmpty: 'No leads for this period and these filters. Widen the period, or go one level up.',
	compares: { previous: 'the previous period', year: 'last year', target: 'the target', member: 'the other one', none: '' },
	changeOn: (compared, change) => `${change} on ${compared}`,
	young: 'Immature, still rising',
	answer: ({ place, leads, change, ordersNet, attainment, toDate }) =>
		`${place}: ${leads} leads${change ? ` (${change})` : ''}, ${ordersNet} net orders${attainment ? `, ${attainment} of target${toDate ? ` (${toDate} to date)` : ''}` : ''}`,
	statuses: { valid: 'Valid', invalid: 'Invalid', pending: 'Pending' },
	sla: { kept: 'In time', breached: 'Late', pending: 'Not due yet' },
	stages: {
		captured: 'Captured',
		lead: 'Captured',
		valid: 'Valid',
		dispatched: 'Dispatched',
		assigned: 'Assigned',
		first_attempt: 'First attempt',
		connected: 'Connected',
		appointment: 'Appointment',
		visit: 'Visit',
		test_drive: 'Test drive',
		order: 'Order',
		delivery: 'Delivery'
	}
};

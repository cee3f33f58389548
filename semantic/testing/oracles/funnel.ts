import { counted, per, type Oracle } from './oracle.ts';

const lead = (stage: string) => counted(`funnel = 'lead' AND stage = '${stage}'`);
const showroom = (stage: string, more = 'true') => counted(`funnel = 'showroom' AND stage = '${stage}' AND ${more}`);

export const funnel: Oracle = {
	view: 'funnel',
	table: 'marts.rpt_funnel_events',
	time: 'occurred_date',
	groups: { inRollup: ['region_id', 'region_id'], inFact: ['channel_id', 'channel_id'] },
	scope: { role: 'region_manager', column: 'region_id' },
	additive: {
		leads: lead('lead'),
		valid_leads: lead('valid'),
		dispatched_leads: lead('dispatched'),
		assigned_leads: lead('assigned'),
		attempted_leads: lead('first_attempt'),
		connected_leads: lead('connected'),
		appointment_leads: lead('appointment'),
		visit_leads: lead('visit'),
		test_drive_leads: lead('test_drive'),
		order_leads: lead('order'),
		delivery_leads: lead('delivery'),
		visits: showroom('visit'),
		first_visits: showroom('visit', 'is_first'),
		walk_in_visits: showroom('visit', 'NOT with_lead'),
		test_drives: showroom('test_drive'),
		quotations: showroom('quotation'),
		orders: showroom('order'),
		orders_net: showroom('order', 'NOT is_cancelled'),
		cancelled_orders: showroom('order', 'is_cancelled'),
		deliveries: showroom('delivery'),
		appointments_due: showroom('appointment_due'),
		appointments_arrived: showroom('appointment_due', 'is_arrived'),
		valid_rate: per(lead('valid'), lead('lead')),
		attempt_rate: per(lead('first_attempt'), lead('assigned')),
		connect_rate: per(lead('connected'), lead('first_attempt')),
		invitation_rate: per(lead('appointment'), lead('connected')),
		visit_rate: per(lead('visit'), lead('lead')),
		lead_order_rate: per(lead('order'), lead('lead')),
		show_up_rate: per(showroom('appointment_due', 'is_arrived'), showroom('appointment_due')),
		test_drive_rate: per(showroom('test_drive'), showroom('visit')),
		quotation_rate: per(showroom('quotation'), showroom('visit')),
		order_rate: per(showroom('order'), showroom('visit')),
		net_order_rate: per(showroom('order', 'NOT is_cancelled'), showroom('visit')),
		cancel_rate: per(showroom('order', 'is_cancelled'), showroom('order')),
		walk_in_share: per(showroom('visit', 'NOT with_lead'), showroom('visit'))
	},
	others: { customers: 'count(DISTINCT customer_id)' }
};

import { counted, per, total, type Oracle } from './oracle.ts';

const stages = {
	valid_leads: 'reached_valid',
	dispatched_leads: 'reached_dispatched',
	assigned_leads: 'reached_assigned',
	attempted_leads: 'reached_first_attempt',
	connected_leads: 'reached_connected',
	appointment_leads: 'reached_appointment',
	visit_leads: 'reached_visit',
	test_drive_leads: 'reached_test_drive',
	order_leads: 'reached_order',
	delivery_leads: 'reached_delivery'
};

const rates: Record<string, [string, string]> = {
	valid_rate: ['reached_valid', 'true'],
	attempt_rate: ['reached_first_attempt', 'reached_assigned'],
	connect_rate: ['reached_connected', 'reached_first_attempt'],
	invitation_rate: ['reached_appointment', 'reached_connected'],
	visit_rate: ['reached_visit', 'true'],
	test_drive_rate: ['reached_test_drive', 'reached_visit'],
	order_rate: ['reached_order', 'true'],
	valid_order_rate: ['reached_order', 'reached_valid']
};

const inWindow = (column: string) => (column === 'true' ? column : `${column}_in_window`);
const mapped = <In, Out>(record: Record<string, In>, key: (name: string) => string, value: (one: In) => Out) =>
	Object.fromEntries(Object.entries(record).map(([name, one]) => [key(name), value(one)]));

const durations = ['first_response_minutes', 'first_response_business_minutes', 'lead_to_order_days', 'order_to_delivery_days'];

export const leads: Oracle = {
	view: 'leads',
	table: 'marts.fct_leads',
	time: 'captured_date',
	groups: { inRollup: ['region_id', 'region_id'], inFact: ['city', 'city'] },
	scope: { role: 'store_manager', column: 'store_id' },
	additive: {
		leads: 'count(*)',
		...mapped(stages, (name) => name, counted),
		...mapped(
			stages,
			(name) => `${name}_in_window`,
			(column) => counted(inWindow(column))
		),
		...mapped(
			rates,
			(name) => name,
			([part, whole]) => per(counted(part), counted(whole))
		),
		...mapped(
			rates,
			(name) => `${name}_in_window`,
			([part, whole]) => per(counted(inWindow(part)), counted(inWindow(whole)))
		),
		order_leads_net: counted('order_is_net'),
		net_order_rate: per(counted('order_is_net'), 'count(*)'),
		invalid_leads: counted("status = 'invalid'"),
		invalid_rate: per(counted("status = 'invalid'"), 'count(*)'),
		pending_leads: counted("status = 'pending'"),
		lost_leads: 'count(lost_at)',
		open_leads: counted('is_open'),
		mature_leads: counted('is_mature'),
		mature_share: per(counted('is_mature'), 'count(*)'),
		recognisable_leads: 'count(is_known_customer)',
		known_customer_leads: 'sum(CAST(is_known_customer AS INTEGER))',
		known_customer_share: per(counted('is_known_customer'), 'count(is_known_customer)'),
		captures: total('captures'),
		sla_kept: counted("sla_status = 'kept'"),
		sla_breached: counted("sla_status = 'breached'"),
		sla_pending: counted("sla_status = 'pending'"),
		sla_due: counted("sla_status = 'kept' OR sla_status = 'breached'"),
		sla_rate: per(counted("sla_status = 'kept'"), counted("sla_status = 'kept' OR sla_status = 'breached'")),
		sla_breach_rate: per(counted("sla_status = 'breached'"), counted("sla_status = 'kept' OR sla_status = 'breached'")),
		overdue_leads: counted("sla_status = 'breached' AND first_attempt_at IS NULL")
	},
	others: {
		customers: 'count(DISTINCT customer_id)',
		order_customers: 'count(DISTINCT CASE WHEN reached_order THEN customer_id END)',
		customer_order_rate: per(
			'count(DISTINCT customer_id) FILTER (reached_order AND is_known_customer IS NOT NULL)',
			'count(DISTINCT customer_id) FILTER (is_known_customer IS NOT NULL)'
		),
		...Object.fromEntries(durations.map((column) => [`median_${column}`, `median(${column})`])),
		...Object.fromEntries(durations.map((column) => [`p90_${column}`, `quantile_cont(${column}, 0.9)`]))
	}
};

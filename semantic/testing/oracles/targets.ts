import { per, total, type Oracle } from './oracle.ts';

export const targets: Oracle = {
	view: 'targets',
	table: 'marts.rpt_target_daily',
	time: 'target_date',
	groups: { inFact: ['member_id', 'member_id'] },
	scope: { role: 'region_manager', column: 'region_id' },
	always: {
		filters: [
			{ member: 'targets.level', operator: 'equals', values: ['region'] },
			{ member: 'targets.metric', operator: 'equals', values: ['orders'] }
		],
		where: "level = 'region' AND metric = 'orders'"
	},
	additive: {},
	others: {
		target: total('target'),
		actual: total('actual'),
		target_elapsed: total('target_elapsed'),
		attainment: per(total('actual'), total('target')),
		attainment_to_date: per(total('actual'), total('target_elapsed')),
		time_elapsed: per(total('target_elapsed'), total('target'))
	}
};

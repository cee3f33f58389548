import { type Oracle } from './oracle.ts';

export const holidays: Oracle = {
	view: 'holidays',
	table: 'marts.dim_holidays',
	time: 'anchor_date',
	groups: { inFact: ['holiday', 'holiday'] },
	additive: {},
	others: { holidays: 'count(*)' }
};

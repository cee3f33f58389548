import { some } from '../some.ts';
import type { AnswerWords } from './zh-CN.ts';

const of = (name: string) => `${name}’${name.endsWith('s') ? '' : 's'}`;

export const en: AnswerWords = {
	answer: {
		orders: (period, orders) => `${some(orders, 'net order')} in ${period}`,
		change: (year, previous) =>
			[year && `${year} on last year`, previous && `${previous} on the previous period`].filter(Boolean).join(', '),
		behind: (attainment, points) => `${attainment} of target, ${points} points behind the calendar`,
		ahead: (attainment, points) => `${attainment} of target, ${points} points ahead of the calendar`,
		level: (attainment) => `${attainment} of target, level with the calendar`,
		exception: (name, metric, value, points) =>
			`${of(name)} ${metric} ${/s /.test(metric) ? 'are' : 'is'} ${value}, ${points} points below the others`,
		strength: (name, metric, value, points) =>
			`${of(name)} ${metric} ${/s /.test(metric) ? 'are' : 'is'} ${value}, ${points} points above the others`,
		rates: {
			orders: { visits: 'orders per visit', leads: 'order rate of leads' },
			valid: { visits: 'valid rate', leads: 'valid rate' }
		},
		bases: { visits: 'visits', leads: 'leads' },
		rate: (name, rate, before, now, falls, effect) =>
			`${of(name)} ${rate} went ${falls ? 'down' : 'up'} from ${before} to ${now}, ${effect}`,
		volume: (name, base, change, effect) => `${base} from ${name} ${change ? `changed by ${change}` : 'are new'}, ${effect}`,
		effect: (less, count, of) => `about ${some(count, of === 'orders' ? 'order' : 'valid lead')} ${less ? 'fewer' : 'more'}`,
		funnelCohort: (period, leads, orders, rate) =>
			`${some(leads, 'lead')} captured in ${period} led to ${some(orders, 'order')} so far, a rate of ${rate}`,
		funnelWindow: (period, leads, orders, rate) =>
			`${some(leads, 'lead')} captured in ${period} led to ${some(orders, 'order')} within the window, a rate of ${rate}`,
		funnelPeriod: (period, leads, orders) => `${period} brought ${some(leads, 'lead')} and ${some(orders, 'order')} from leads`,
		weakest: (stage, change) => `the step to ${stage.toLowerCase()} changed most, ${change} against the comparison`,
		immature: (share) => `${share} of them are still inside their window, so later steps will rise`,
		allImmature: 'all of them are still inside their window, so later steps will rise',
		end: '.',
		clause: ', ',
		join: '; '
	}
};

/** From rows of the semantic layer to members that can be compared: regions, stores and inviters by leads, channels and campaigns by spend rows. */
import { addCounts, NO_COUNTS, type Counts, type Level, type Subject } from '#lib/cockpit/exceptions.ts';
import { count, text, type Query, type Row } from '../semantic.ts';

const PEOPLE = ['region', 'store', 'inviter'] as const;
const PAID = ['channel', 'campaign'] as const;
/** Far more than the inviters of a large brand. */
const ROWS = 20_000;

function dimensions(view: string, levels: readonly Level[]): string[] {
	return levels.flatMap((level) => [`${view}.${level}_id`, `${view}.${level}_name_zh`, `${view}.${level}_name_en`]);
}

export const PEOPLE_QUERY = {
	measures: ['leads', 'valid_leads', 'sla_due', 'sla_kept', 'visit_leads', 'order_leads', 'mature_leads'].map(
		(measure) => `leads.${measure}`
	),
	dimensions: dimensions('leads', PEOPLE),
	limit: ROWS
} satisfies Query;

export const SPEND_QUERY = {
	measures: ['spend', 'visits', 'orders_net', 'leads', 'valid_leads', 'recognisable_leads', 'known_customer_leads', 'cohort_orders'].map(
		(measure) => `channels.${measure}`
	),
	dimensions: dimensions('channels', PAID),
	limit: ROWS
} satisfies Query;

export function peopleSubjects(now: Row[], before: Row[]): Subject[] {
	return subjects('leads', PEOPLE, now, before, (row) => ({
		...NO_COUNTS,
		leads: count(row, 'leads.leads'),
		valid: count(row, 'leads.valid_leads'),
		slaDue: count(row, 'leads.sla_due'),
		slaKept: count(row, 'leads.sla_kept'),
		visits: count(row, 'leads.visit_leads'),
		orders: count(row, 'leads.order_leads')
	}));
}

export function paidSubjects(now: Row[], before: Row[]): Subject[] {
	return subjects('channels', PAID, now, before, (row) => ({
		...NO_COUNTS,
		leads: count(row, 'channels.leads'),
		valid: count(row, 'channels.valid_leads'),
		recognisable: count(row, 'channels.recognisable_leads'),
		known: count(row, 'channels.known_customer_leads'),
		orders: count(row, 'channels.cohort_orders')
	}));
}

interface Gathered {
	level: Level;
	id: string;
	zh: string;
	en: string;
	within: string[];
	now: Counts[];
	before: Counts[];
}

function subjects(view: string, levels: readonly Level[], now: Row[], before: Row[], counts: (row: Row) => Counts): Subject[] {
	const gathered = new Map<string, Gathered>();
	const add = (rows: Row[], side: 'now' | 'before') => {
		for (const row of rows) {
			const within: string[] = [];
			for (const level of levels) {
				const id = text(row, `${view}.${level}_id`);
				if (id === null) continue;
				const key = `${level} ${id}`;
				const zh = text(row, `${view}.${level}_name_zh`) ?? id;
				const one = gathered.get(key) ?? {
					level,
					id,
					zh,
					en: text(row, `${view}.${level}_name_en`) ?? zh,
					within: [...within],
					now: [],
					before: []
				};
				one[side].push(counts(row));
				gathered.set(key, one);
				within.push(key);
			}
		}
	};
	add(now, 'now');
	add(before, 'before');
	return [...gathered.values()]
		.filter((one) => one.now.length > 0)
		.map((one) => ({ ...one, now: addCounts(one.now), before: one.before.length > 0 ? addCounts(one.before) : null }));
}

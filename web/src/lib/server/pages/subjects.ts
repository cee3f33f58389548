/** From rows of the semantic layer to members that can be compared: regions, stores and inviters by leads, channels and campaigns by spend rows. */
import { addCounts, NO_COUNTS, type Counts, type Level, type Subject } from '#lib/cockpit/exceptions.ts';
import type { NameOf } from '../names.ts';
import { count, text, type Query, type Row } from '../semantic.ts';

const PEOPLE = ['region', 'store', 'inviter'] as const;
const PAID = ['channel', 'campaign'] as const;
/** Far more than the inviters of a large brand. */
const ROWS = 20_000;

const ids = (view: string, levels: readonly Level[]) => levels.map((level) => `${view}.${level}_id`);

export const PEOPLE_QUERY = {
	measures: ['leads', 'valid_leads', 'sla_due', 'sla_kept', 'visit_leads', 'order_leads', 'mature_leads'].map(
		(measure) => `leads.${measure}`
	),
	dimensions: ids('leads', PEOPLE),
	limit: ROWS
} satisfies Query;

export const SPEND_QUERY = {
	measures: ['spend', 'visits', 'orders_net', 'leads', 'valid_leads', 'recognisable_leads', 'known_customer_leads', 'cohort_orders'].map(
		(measure) => `channels.${measure}`
	),
	dimensions: ids('channels', PAID),
	limit: ROWS
} satisfies Query;

export function peopleSubjects(nameOf: NameOf, now: Row[], before: Row[]): Subject[] {
	return subjects('leads', PEOPLE, nameOf, now, before, (row) => ({
		...NO_COUNTS,
		leads: count(row, 'leads.leads'),
		valid: count(row, 'leads.valid_leads'),
		slaDue: count(row, 'leads.sla_due'),
		slaKept: count(row, 'leads.sla_kept'),
		visits: count(row, 'leads.visit_leads'),
		orders: count(row, 'leads.order_leads')
	}));
}

export function paidSubjects(nameOf: NameOf, now: Row[], before: Row[]): Subject[] {
	return subjects('channels', PAID, nameOf, now, before, (row) => ({
		...NO_COUNTS,
		leads: count(row, 'channels.leads'),
		valid: count(row, 'channels.valid_leads'),
		recognisable: count(row, 'channels.recognisable_leads'),
		known: count(row, 'channels.known_customer_leads'),
		orders: count(row, 'channels.cohort_orders')
	}));
}

/** Rows, each of the finest level, added up to the members of every level. */
function subjects(
	view: string,
	levels: readonly Level[],
	nameOf: NameOf,
	now: Row[],
	before: Row[],
	counts: (row: Row) => Counts
): Subject[] {
	const gathered = new Map<string, Omit<Subject, 'zh' | 'en' | 'now'> & { now: Counts | null }>();
	const members = levels.map((level) => ({ level, id: `${view}.${level}_id` }));
	const add = (rows: Row[], side: 'now' | 'before') => {
		for (const row of rows) {
			const own = counts(row);
			const within: string[] = [];
			for (const { level, id: member } of members) {
				const id = text(row, member);
				if (id === null) continue;
				const key = `${level} ${id}`;
				let one = gathered.get(key);
				if (!one) gathered.set(key, (one = { level, id, within: [...within], now: null, before: null }));
				addCounts((one[side] ??= { ...NO_COUNTS }), own);
				within.push(key);
			}
		}
	};
	add(now, 'now');
	add(before, 'before');
	return [...gathered.values()].flatMap((one) => (one.now ? [{ ...one, ...nameOf(one.level, one.id), now: one.now }] : []));
}

/** Rows of the organisation page, joined by member from the answers of three views. */
import { changeOf, type Locale } from '#lib/format.ts';
import type { MemberLevel } from '#lib/organisation/levels.ts';
import { share } from '#lib/funnel/model.ts';
import { number, text, type Answer, type Row } from '../semantic.ts';
import {
	COHORT,
	ORDERS,
	TARGET_LEVELS,
	cohortMember,
	orderMember,
	targetRanges,
	type Asking,
	type Cohort,
	type Orders
} from './organisation-queries.ts';

export interface Attained {
	/** Of the whole period that a to-date period is on the way through. */
	target: number | null;
	/** Of the chosen days. */
	target_to_date: number | null;
	actual: number | null;
	/** Actual per target, and per target to date. */
	attainment: number | null;
	attainment_to_date: number | null;
}

export interface Figures extends Cohort, Orders, Attained {}

export interface MemberFigures extends Figures {
	/** Null: what belongs to no member of this level. */
	id: string | null;
	name: string | null;
	before: Partial<Cohort> | null;
}

export function pick<Name extends string>(row: Row | undefined, view: string, names: readonly Name[]): Record<Name, number | null> {
	return Object.fromEntries(names.map((name) => [name, number(row, `${view}.${name}`)])) as Record<Name, number | null>;
}

export function nameOf(row: Row | undefined, view: string, prefix: string, locale: Locale): string | null {
	const zh = text(row, `${view}.${prefix}_name_zh`);
	return locale === 'en' ? (text(row, `${view}.${prefix}_name_en`) ?? zh) : zh;
}

/** Counts that a view has no row for are zero; rates of nothing stay absent. */
const NO_ORDERS: Orders = { orders: 0, orders_net: 0, cancelled_orders: 0, cancel_rate: null };
const NO_LEADS = {
	...pick(undefined, 'leads', COHORT),
	leads: 0,
	valid_leads: 0,
	sla_due: 0,
	sla_kept: 0,
	visit_leads: 0,
	test_drive_leads: 0,
	order_leads: 0,
	mature_leads: 0
};

export interface MemberAnswers {
	cohort: Answer;
	orders: Answer;
	targets: Answer;
}

/** One row a member that has leads, orders or a target; `names` helps where the cohort has none. */
export function memberRows(
	answers: MemberAnswers,
	level: MemberLevel,
	{ filters, locale, ranges }: Asking,
	names: ReadonlyMap<string, string>
): MemberFigures[] {
	const member = cohortMember(level, filters.hierarchy);
	const byId = (rows: Row[] | undefined, key: string) => new Map((rows ?? []).map((row) => [text(row, key), row]));
	const [current, before] = answers.cohort.map((rows) => byId(rows, `leads.${member.id}`));
	const orders = byId(answers.orders[0], `orders.${orderMember(level, filters.hierarchy)}`);
	const targetMember = `targets.${TARGET_LEVELS[level]?.member}`;
	const [due, full] = [ranges.current, ranges.horizon].map((range) => byId(targetRanges(ranges).of(answers.targets, range), targetMember));
	const ids = new Set([...(current?.keys() ?? []), ...orders.keys(), ...(full?.keys() ?? [])]);
	return [...ids].map((id) => {
		const lead = current?.get(id);
		const order = orders.get(id);
		const earlier = before?.get(id);
		return {
			id,
			name: nameOf(lead, 'leads', member.prefix, locale) ?? (id === null ? null : (names.get(id) ?? id)),
			...(lead ? pick(lead, 'leads', COHORT) : NO_LEADS),
			...(order ? pick(order, 'orders', ORDERS) : NO_ORDERS),
			...attained(due?.get(id), full?.get(id)),
			before: earlier ? pick(earlier, 'leads', COHORT) : null
		};
	});
}

function attained(due: Row | undefined, full: Row | undefined): Attained {
	return {
		target: number(full, 'targets.target'),
		target_to_date: number(due, 'targets.target'),
		// Whose target begins later in the period has reached nothing yet.
		actual: full && !due ? 0 : number(due, 'targets.actual'),
		attainment: number(full, 'targets.attainment'),
		attainment_to_date: number(due, 'targets.attainment')
	};
}

function attainedTogether(rows: readonly MemberFigures[]): Attained {
	const known = rows.filter((row) => row.target !== null);
	// What one member reached may be held back, and the sum with it.
	const sum = (key: 'target' | 'target_to_date' | 'actual') =>
		known.length ? known.reduce<number | null>((total, row) => (total === null || row[key] === null ? null : total + row[key]), 0) : null;
	const [target, toDate, actual] = [sum('target'), sum('target_to_date'), sum('actual')];
	const per = (of: number | null) => share(actual, of);
	return { target, target_to_date: toDate, actual, attainment: per(target), attainment_to_date: per(toDate) };
}

/** Figures of everything together, recomputed by the semantic layer; targets add up by themselves. */
export function totalFigures(
	answers: { cohort: Answer; orders: Answer },
	rows: readonly MemberFigures[]
): { now: Figures; before: (Cohort & Orders) | null } {
	const figures = (index: number) => ({
		...pick(answers.cohort[index]?.[0], 'leads', COHORT),
		...pick(answers.orders[index]?.[0], 'orders', ORDERS)
	});
	return {
		now: { ...figures(0), ...attainedTogether(rows) },
		before: answers.cohort.length > 1 ? figures(1) : null
	};
}

/** A row of the table, which the page shows and a file holds. */
export function tableRow(row: MemberFigures, nobody: string) {
	return {
		id: row.id,
		name: row.name ?? nobody,
		leads: row.leads,
		leads_change: changeOf(row.leads, row.before?.leads, 'count'),
		valid_rate: row.valid_rate,
		sla_rate: row.sla_rate,
		visits: row.visit_leads,
		test_drives: row.test_drive_leads,
		orders: row.order_leads,
		order_rate: row.order_rate,
		order_rate_change: changeOf(row.order_rate, row.before?.order_rate, 'percent'),
		orders_net: row.orders_net,
		cancel_rate: row.cancel_rate,
		attainment: row.attainment,
		attainment_to_date: row.attainment_to_date
	};
}

/** Questions of the organisation page, and its rows: cohort figures from `leads`, orders from `orders`, attainment from `targets`. */
import type { Role } from '../../../../../contracts/claims.ts';
import type { Filters } from '#lib/filters.ts';
import { changeOf, type Locale } from '#lib/format.ts';
import { focusOf, levelOf, type Level, type MemberLevel } from '#lib/organisation/levels.ts';
import type { DateRange } from '#lib/periods.ts';
import { DIMENSION, NAME_PREFIX, semanticFilters } from '../members.ts';
import type { Options } from '../context.ts';
import { ask, number, text, type Answer, type Filter, type Query, type Row } from '../semantic.ts';
import { LEADS_SHOWN, leadsQuery, mayListLeads } from './lead-list.ts';

const MEMBERS = 2000;

const COHORT = [
	'leads',
	'valid_leads',
	'valid_rate',
	'sla_due',
	'sla_kept',
	'sla_rate',
	'visit_leads',
	'visit_rate',
	'test_drive_leads',
	'order_leads',
	'order_rate',
	'mature_leads'
] as const;
const ORDERS = ['orders', 'orders_net', 'cancelled_orders', 'cancel_rate'] as const;
type Cohort = Record<(typeof COHORT)[number], number | null>;
type Orders = Record<(typeof ORDERS)[number], number | null>;

export interface Figures extends Cohort, Orders {
	target: number | null;
	actual: number | null;
	attainment: number | null;
}

export interface MemberFigures extends Figures {
	/** Null: what belongs to no member of this level. */
	id: string | null;
	name: string | null;
	before: Partial<Cohort> | null;
}

export interface Asking {
	filters: Filters;
	ranges: { current: DateRange; comparison: DateRange | null };
	locale: Locale;
	role: Role;
}

export type Hierarchy = Filters['hierarchy'];

/** Persons have no targets, and may not ask for others'. */
const WITHOUT_TARGETS: ReadonlySet<Role> = new Set(['inviter', 'advisor']);
const TARGET_LEVELS: Partial<Record<MemberLevel, { level: string; member: string }>> = {
	region: { level: 'region', member: 'region_id' },
	area: { level: 'area', member: 'area_id' },
	store: { level: 'store', member: 'store_id' },
	group: { level: 'store', member: 'dealer_group_id' }
};

/** Dimension of a level in the cohort view, and prefix of its names. */
function cohortMember(level: MemberLevel, hierarchy: Hierarchy): { id: string; prefix: string } {
	if (level === 'region' && hierarchy === 'then') return { id: 'region_then_id', prefix: 'region_then' };
	return { id: DIMENSION[level], prefix: NAME_PREFIX[level] ?? level };
}

/** Orders keep the owner of their own day; only of regions it is also known whose they are now. */
function orderMember(level: MemberLevel, hierarchy: Hierarchy): string {
	return level === 'region' && hierarchy === 'now' ? 'region_now_id' : DIMENSION[level];
}

function time(dimension: string, { current, comparison }: Asking['ranges'], compared: boolean): NonNullable<Query['timeDimensions']> {
	return [compared && comparison ? { dimension, compareDateRange: [current, comparison] } : { dimension, dateRange: current }];
}

/** Conditions in the hierarchy that the page reads. */
function conditions(view: string, filters: Filters): Filter[] {
	const renamed: Record<string, string> = {
		...(filters.hierarchy === 'then' ? { 'leads.region_id': 'leads.region_then_id' } : { 'orders.region_id': 'orders.region_now_id' })
	};
	return (semanticFilters(view, filters) ?? []).map((condition) =>
		'member' in condition ? { ...condition, member: renamed[condition.member] ?? condition.member } : condition
	);
}

export function cohortQuery({ filters, ranges }: Asking, level: MemberLevel | null): Query {
	const member = level && cohortMember(level, filters.hierarchy);
	return {
		measures: COHORT.map((measure) => `leads.${measure}`),
		dimensions: member ? [`leads.${member.id}`, `leads.${member.prefix}_name_zh`, `leads.${member.prefix}_name_en`] : [],
		timeDimensions: time('leads.captured_date', ranges, true),
		filters: conditions('leads', filters),
		limit: MEMBERS
	};
}

export function ordersQuery({ filters, ranges }: Asking, level: MemberLevel | null): Query {
	return {
		measures: ORDERS.map((measure) => `orders.${measure}`),
		dimensions: level ? [`orders.${orderMember(level, filters.hierarchy)}`] : [],
		timeDimensions: time('orders.order_date', ranges, level === null),
		filters: conditions('orders', filters),
		limit: MEMBERS
	};
}

/** Null where no target can be meant: below the store, for other splits, or for roles that have none. */
export function targetsQuery({ filters, ranges, role }: Asking, level: MemberLevel): Query | null {
	const of = TARGET_LEVELS[level];
	const limits = semanticFilters('targets', filters);
	if (!of || limits === null || WITHOUT_TARGETS.has(role)) return null;
	return {
		measures: ['targets.target', 'targets.actual', 'targets.attainment'],
		dimensions: [`targets.${of.member}`],
		timeDimensions: [{ dimension: 'targets.target_date', dateRange: ranges.current }],
		filters: [
			...limits,
			{ member: 'targets.level', operator: 'equals', values: [of.level] },
			{ member: 'targets.metric', operator: 'equals', values: ['orders'] }
		],
		limit: MEMBERS
	};
}

/** Peers of the one member that the page is about, itself among them: the same question without that member's own condition. */
export function peersQuery(asking: Asking, focus: { level: MemberLevel }): Query {
	const filters = { ...asking.filters, [focus.level]: [] };
	return cohortQuery({ ...asking, filters, ranges: { ...asking.ranges, comparison: null } }, focus.level);
}

function pick<Name extends string>(row: Row | undefined, view: string, names: readonly Name[]): Record<Name, number | null> {
	return Object.fromEntries(names.map((name) => [name, number(row, `${view}.${name}`)])) as Record<Name, number | null>;
}

function nameOf(row: Row | undefined, view: string, prefix: string, locale: Locale): string | null {
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
	{ filters, locale }: Asking,
	names: ReadonlyMap<string, string>
): MemberFigures[] {
	const member = cohortMember(level, filters.hierarchy);
	const byId = (rows: Row[] | undefined, key: string) => new Map((rows ?? []).map((row) => [text(row, key), row]));
	const [current, before] = answers.cohort.map((rows) => byId(rows, `leads.${member.id}`));
	const orders = byId(answers.orders[0], `orders.${orderMember(level, filters.hierarchy)}`);
	const targets = byId(answers.targets[0], `targets.${TARGET_LEVELS[level]?.member}`);
	const ids = new Set([...(current?.keys() ?? []), ...orders.keys(), ...targets.keys()]);
	return [...ids].map((id) => {
		const lead = current?.get(id);
		const order = orders.get(id);
		const earlier = before?.get(id);
		return {
			id,
			name: nameOf(lead, 'leads', member.prefix, locale) ?? (id === null ? null : (names.get(id) ?? id)),
			...(lead ? pick(lead, 'leads', COHORT) : NO_LEADS),
			...(order ? pick(order, 'orders', ORDERS) : NO_ORDERS),
			...pick(targets.get(id), 'targets', ['target', 'actual', 'attainment']),
			before: earlier ? pick(earlier, 'leads', COHORT) : null
		};
	});
}

/** Figures of everything together, recomputed by the semantic layer; targets add up by themselves. */
export function totalFigures(
	answers: { cohort: Answer; orders: Answer },
	rows: readonly MemberFigures[]
): { now: Figures; before: (Cohort & Orders) | null } {
	const known = rows.filter((row) => row.target !== null);
	const sum = (key: 'target' | 'actual') => (known.length ? known.reduce((total, row) => total + (row[key] ?? 0), 0) : null);
	const [target, actual] = [sum('target'), sum('actual')];
	const figures = (index: number) => ({
		...pick(answers.cohort[index]?.[0], 'leads', COHORT),
		...pick(answers.orders[index]?.[0], 'orders', ORDERS)
	});
	return {
		now: { ...figures(0), target, actual, attainment: target && actual !== null ? actual / target : null },
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
		attainment: row.attainment
	};
}

export interface OrganisationPage {
	level: Level;
	/** Empty on the level of single leads. */
	rows: MemberFigures[];
	total: ReturnType<typeof totalFigures>;
	/** Peers of the member in focus, itself among them; empty without a focus. */
	peers: Cohort[];
	/** Name of the member in focus; null without one, or when it had no lead in the period. */
	focusName: string | null;
	/** Null where the reader's role sees no single person. */
	leads: Row[] | null;
}

function focusName(peers: Row[] | undefined, focus: { level: MemberLevel; id: string }, { filters, locale }: Asking): string | null {
	const { id, prefix } = cohortMember(focus.level, filters.hierarchy);
	return nameOf(
		peers?.find((row) => text(row, `leads.${id}`) === focus.id),
		'leads',
		prefix,
		locale
	);
}

interface Asker {
	claims: Parameters<typeof ask>[0]['claims'];
	queries: number;
}

/** Groups stand on stores; people may be there without either. */
export function levelExists(level: MemberLevel, options: Options): boolean {
	if (level === 'advisor' || level === 'inviter') return true;
	return options[level === 'group' ? 'store' : level].length > 0;
}

/** At most six questions, and one more for the list of leads, which replaces two of them. */
export async function loadOrganisation(locals: Asker, asking: Asking, options: Options): Promise<OrganisationPage> {
	const { filters, role, locale } = asking;
	const level = levelOf(filters, role, (each) => levelExists(each, options));
	const focus = focusOf(filters);
	const single = level === 'leads';
	const answers = await ask(locals, {
		cohort: single ? null : cohortQuery(asking, level),
		cohortTotal: cohortQuery(asking, null),
		orders: single ? null : ordersQuery(asking, level),
		ordersTotal: ordersQuery(asking, null),
		targets: single ? null : targetsQuery(asking, level),
		peers: focus ? peersQuery(asking, focus) : null,
		leads: single && mayListLeads(role) ? leadsQuery(asking, LEADS_SHOWN) : null
	});
	const names = new Map(
		level === 'region' || level === 'area' || level === 'store'
			? options[level].map((option) => [option.id, locale === 'en' ? option.en : option.zh])
			: []
	);
	const rows = single ? [] : memberRows(answers, level, asking, names);
	return {
		level,
		rows,
		total: totalFigures({ cohort: answers.cohortTotal, orders: answers.ordersTotal }, rows),
		peers: (answers.peers[0] ?? []).map((row) => pick(row, 'leads', COHORT)),
		focusName: focus && focusName(answers.peers[0], focus, asking),
		leads: single && mayListLeads(role) ? (answers.leads[0] ?? []) : null
	};
}

/** What the organisation page shows, and its downloads hold. */
import { focusOf, levelOf, type Level, type MemberLevel } from '#lib/organisation/levels.ts';
import type { Options } from '../context.ts';
import { ask, text, type Asker, type Row } from '../semantic.ts';
import { LEADS_SHOWN, leadsQuery, mayListLeads } from './lead-list.ts';
import {
	COHORT,
	cohortMember,
	cohortQuery,
	ordersQuery,
	peersQuery,
	targetsQuery,
	type Asking,
	type Cohort
} from './organisation-queries.ts';
import { memberRows, nameOf, pick, totalFigures, type MemberFigures } from './organisation-rows.ts';

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

import { error } from '@sveltejs/kit';
import { claimPart, sentence } from '#lib/answer/sentence.ts';
import { messages } from '#lib/messages/all.ts';
import { peopleClaims } from '#lib/server/pages/page-claims.ts';
import { filterOptions } from '#lib/server/context.ts';
import type { Compare } from '#lib/comparison.ts';
import { changeOf, formatChange, formatNumber, type Locale } from '#lib/format.ts';
import { rankRows, type RankedRow } from '#lib/charts/options/ranking.ts';
import type { RankingSpec } from '#lib/charts/spec.ts';
import { median } from '#lib/charts/statistics.ts';
import { sortRows } from '#lib/components/table/table.ts';
import { organisationMessages } from '#lib/messages/organisation/all.ts';
import { MEMBER_LEVELS, crumbs, drillHref, focusOf, levelOf, type MemberLevel } from '#lib/organisation/levels.ts';
import { withParameters } from '#lib/parameters.ts';
import { cachedPage } from '#lib/server/cache.ts';
import { chart } from '#lib/server/charts.ts';
import { comparedRanges } from '#lib/server/members.ts';
import { leadRow, mayListLeads } from '#lib/server/pages/lead-list.ts';
import { levelExists, loadOrganisation, type OrganisationPage } from '#lib/server/pages/organisation.ts';
import { tableRow, type MemberFigures } from '#lib/server/pages/organisation-rows.ts';
import type { Asker } from '#lib/server/semantic.ts';
import type { PageServerLoad } from './$types';

const RANKED = 16;
/** Past this a table is for a file, not for a screen. */
const ROWS_SHOWN = 2000;
/** A peer with fewer leads says little of what is usual. */
const LEADS_OF_A_PEER = 20;

export const load: PageServerLoad = async (event) => {
	const { filters, period, locale, me, recorded, version } = await event.parent();
	// All stores by name; the page itself carries none of them.
	const options = await filterOptions(event.locals.claims ?? error(401, 'Sign in first.'), version);
	const words = organisationMessages[locale];
	const asking = { filters, ranges: { ...comparedRanges(period, filters), horizon: period.horizon }, locale, role: me.role };
	const focus = focusOf(filters);
	// With a member in focus the sixth question asks for its peers.
	const t = messages[locale];
	const level = levelOf(filters, me.role, (each) => levelExists(each, options));
	const shown = { filters, period, version };
	const organisation = (asker: Asker) => loadOrganisation(asker, asking, options);
	const [page, claims] = await Promise.all([
		level === 'leads' ? organisation(event.locals) : cachedPage(event.locals, 'organisation', shown, locale, organisation),
		focus ? [] : cachedPage(event.locals, 'people claims', shown, null, (asker) => peopleClaims(asker, filters, period))
	]);
	const { total } = page;
	const nameOf = (of: MemberLevel, id: string) => {
		if (page.focusName !== null && of === focus?.level && id === focus.id) return page.focusName;
		const option = of === 'region' || of === 'area' || of === 'store' ? options[of].find((each) => each.id === id) : undefined;
		return (locale === 'en' ? option?.en : option?.zh) ?? id;
	};
	/** Whom all of the reader's rows belong to: a region manager's whole is the region. */
	const whole = me.scope.map(({ zh, en }) => (locale === 'en' ? en : zh)).join(' · ') || words.everybody;
	const place = focus ? nameOf(focus.level, focus.id) : whole;
	const specs =
		level === 'leads'
			? []
			: rankings(page.rows, level, recorded.lead, locale).map((spec) => withLinks(spec, (id) => drillHref(event.url, level, id)));
	/** The chosen days are only a part of the period that the target is set for. */
	const onTheWay = period.horizonDays > period.days;
	const shownSpecs = specs.filter((spec) => spec.rows.length > 0);
	const members = level === 'leads' ? [] : page.rows.map((row) => tableRow(row, words.nobody[level]));
	const sort = filters.sort ?? '-leads';
	const rows = sortRows(members, { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') }, locale).slice(0, ROWS_SHOWN);

	return {
		level,
		title: words.title,
		question: words.question,
		answer: sentence(
			[
				words.answer({
					place,
					leads: formatNumber(total.now.leads, 'count', locale),
					change: changeText(total, filters.compare, locale),
					ordersNet: formatNumber(total.now.orders_net, 'count', locale),
					attainment: total.now.attainment === null ? null : formatNumber(total.now.attainment, 'percent', locale),
					toDate: total.now.attainment_to_date === null || !onTheWay ? null : formatNumber(total.now.attainment_to_date, 'percent', locale)
				}),
				...claims.map((claim) => claimPart(claim, t, locale, event.url.search))
			],
			t
		),
		crumbs: crumbs(event.url, filters).map((crumb) => ({
			href: crumb.href,
			name: crumb.level && crumb.id !== null ? nameOf(crumb.level, crumb.id) : whole
		})),
		splits: MEMBER_LEVELS.filter((id) => levelExists(id, options)).map((id) => ({
			id,
			name: words.levels[id],
			href: withParameters(event.url, { by: id, sort: null })
		})),
		canSplit: me.role !== 'advisor' && me.role !== 'inviter',
		rows,
		members: members.length,
		sort,
		total: { ...tableRow({ ...total.now, id: null, name: null, before: total.before }, ''), name: null },
		totals: total,
		onTheWay,
		peers: peersOf(page),
		immature: total.now.leads ? 1 - (total.now.mature_leads ?? 0) / total.now.leads : 0,
		pictures: shownSpecs.map((spec, index) => ({
			title: spec.name,
			shown: Math.min(RANKED, spec.rows.length),
			all: spec.rows.length,
			picture: chart(event, `ranking-${index}`, spec, { width: shownSpecs.length > 1 ? 560 : 1150, locale })
		})),
		leads: page.leads?.map((row) => leadRow(row, locale, words)) ?? null,
		leadsDenied: level === 'leads' && !mayListLeads(me.role)
	};
};

/** Two rates that a level is compared by: its result, and what it can do about it. Of stages that the sources record. */
function rankings(rows: readonly MemberFigures[], level: MemberLevel, recorded: readonly string[], locale: Locale): RankingSpec[] {
	const { ratios, trials, levels } = organisationMessages[locale];
	const order = { name: ratios.orderOfLeads, hits: 'order_leads', tries: 'leads', trialsName: trials.leads, needs: ['order'] } as const;
	const valid = { name: ratios.validOfLeads, hits: 'valid_leads', tries: 'leads', trialsName: trials.leads, needs: ['valid'] } as const;
	const visit = { name: ratios.visitOfLeads, hits: 'visit_leads', tries: 'leads', trialsName: trials.leads, needs: ['visit'] } as const;
	const orderOfVisits = {
		name: ratios.orderOfVisits,
		hits: 'order_leads',
		tries: 'visit_leads',
		trialsName: trials.visits,
		needs: ['visit', 'order']
	} as const;
	const drive = {
		name: ratios.driveOfVisits,
		hits: 'test_drive_leads',
		tries: 'visit_leads',
		trialsName: trials.visits,
		needs: ['visit', 'test_drive']
	} as const;
	const sla = {
		name: ratios.sla,
		hits: 'sla_kept',
		tries: 'sla_due',
		trialsName: trials.due,
		needs: ['dispatched', 'first_attempt']
	} as const;
	// Inviters answer for leads until the visit, advisors from then on.
	const wanted = level === 'advisor' ? [orderOfVisits, drive, order] : level === 'inviter' ? [visit, sla, order] : [order, sla, valid];
	const chosen = wanted.filter(({ needs }) => needs.every((stage) => recorded.includes(stage))).slice(0, 2);
	return chosen.map(({ name, hits, tries, trialsName }) => {
		const spec: RankingSpec = {
			kind: 'ranking',
			dimension: level,
			label: '',
			name,
			trialsName,
			most: RANKED,
			rows: rows
				.filter((row) => row.id !== null && (row[tries] ?? 0) > 0)
				.map((row) => ({ id: row.id as string, name: row.name ?? (row.id as string), hits: row[hits], trials: row[tries] }))
		};
		const ranked = rankRows(spec).rows.filter((row) => !row.tooFew);
		const said = (row: RankedRow | undefined) => (row ? `${row.name} ${formatNumber(row.estimate?.rate, 'percent', locale)}` : '–');
		return { ...spec, label: organisationMessages[locale].rankingLabel(name, levels[level], said(ranked[0]), said(ranked.at(-1))) };
	});
}

function withLinks(spec: RankingSpec, hrefOf: (id: string) => string): RankingSpec {
	return { ...spec, rows: spec.rows.map((row) => ({ ...row, href: hrefOf(row.id) })) };
}

function changeText(total: OrganisationPage['total'], compare: Compare, locale: Locale): string | null {
	const change = changeOf(total.now.leads, total.before?.leads, 'count');
	const { changeOn, compares } = organisationMessages[locale];
	return change === null ? null : changeOn(compares[compare], formatChange(change, 'count', locale));
}

/** Medians of the peers' rates; null where there are too few to speak of. */
function peersOf({ peers }: OrganisationPage) {
	const usable = peers.filter((peer) => (peer.leads ?? 0) >= LEADS_OF_A_PEER);
	if (usable.length < 3) return null;
	const middle = (key: 'valid_rate' | 'sla_rate' | 'visit_rate' | 'order_rate') => median(usable.flatMap((peer) => peer[key] ?? []));
	return {
		valid_rate: middle('valid_rate'),
		sla_rate: middle('sla_rate'),
		visit_rate: middle('visit_rate'),
		order_rate: middle('order_rate')
	};
}

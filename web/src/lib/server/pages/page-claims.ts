/** What the organisation and the channels page say about single members: one question each. */
import { mayRead } from '../../../../../contracts/sight.ts';
import { chooseClaims, peerClaims, type Claim } from '#lib/answer/claims.ts';
import type { Level, Subject } from '#lib/cockpit/exceptions.ts';
import type { Filters } from '#lib/filters.ts';
import type { Period } from '#lib/periods.ts';
import { comparedRanges, semanticFilters } from '../members.ts';
import { askRanges } from '../ranges.ts';
import { memberNames } from '../names.ts';
import { ask, type Asker } from '../semantic.ts';
import { PEOPLE_QUERY, SPEND_QUERY, paidSubjects, peopleSubjects } from './subjects.ts';

/** A page about people may name one more than the others do: a region, a store and a person. */
const PEOPLE_SAID = 3;

export async function peopleClaims(locals: Asker, filters: Filters, period: Period): Promise<Claim[]> {
	const { current, comparison } = comparedRanges(period, filters);
	const ranges = askRanges(current, comparison);
	const [nameOf, { people }] = await Promise.all([
		memberNames(locals.claims, ranges.from),
		ask(locals, {
			people: { ...PEOPLE_QUERY, timeDimensions: ranges.time('leads.captured_date'), filters: semanticFilters('leads', filters) ?? [] }
		})
	]);
	return chosen(
		peopleSubjects(nameOf, ranges.of(people, current), ranges.of(people, comparison)),
		['region', 'store', 'inviter'],
		PEOPLE_SAID
	);
}

export async function paidClaims(locals: Asker, filters: Filters, period: Period): Promise<Claim[]> {
	const limits = locals.claims && mayRead('channels', locals.claims) ? semanticFilters('channels', filters) : null;
	if (!limits) return [];
	const { current, comparison } = comparedRanges(period, filters);
	const ranges = askRanges(current, comparison);
	const [nameOf, { paid }] = await Promise.all([
		memberNames(locals.claims, ranges.from),
		ask(locals, { paid: { ...SPEND_QUERY, timeDimensions: ranges.time('channels.activity_date'), filters: limits } })
	]);
	return chosen(paidSubjects(nameOf, ranges.of(paid, current), ranges.of(paid, comparison)), ['channel', 'campaign']);
}

function chosen(subjects: Subject[], levels: readonly Level[], most?: number): Claim[] {
	return chooseClaims(
		peerClaims(subjects, levels),
		new Map(subjects.map((subject) => [`${subject.level} ${subject.id}`, subject.within])),
		most
	);
}

/** What can be done with a mark or a cell: addresses, so that each can be opened in a tab, shared and gone back from. */
import type { Mark } from '../charts/drawing.ts';
import { formatRange } from '../dates.ts';
import { formatDate, type Locale } from '../format.ts';
import { MEMBER_FILTERS, SPLITS, sharedParameters, withParameters, type MemberFilter } from '../parameters.ts';
import { addDays, monthEnd, monthStart, weekStart } from '../periods.ts';
import { laterWords } from './words.ts';

export interface Action {
	id: string;
	text: string;
	href: string;
}

export interface Actions {
	title: string;
	actions: Action[];
	/** Splits of the same place; empty where none applies. */
	splits: Action[];
}

type Target = Pick<Mark, 'member' | 'day' | 'until' | 'stage' | 'href'>;

interface Here {
	pathname: string;
	search: string;
}

/** Whether a dimension can be a filter of every page. */
export function isFilter(dimension: string): dimension is MemberFilter {
	return (MEMBER_FILTERS as readonly string[]).includes(dimension);
}

/** `splitName` names a split in the reader's language. */
export function actionsOf(target: Target, here: Here, locale: Locale, splitName: (split: string) => string): Actions {
	const words = laterWords[locale].menu;
	if (target.member) return memberActions(target.member, target.href, here, locale, splitName);
	if (target.day && target.until) return weekActions(target.day, target.until, here, locale);
	if (target.day) return dayActions(target.day, here, locale);
	const stage = target.stage ?? { id: '', name: '' };
	const search = sharedParameters(here.search);
	return {
		title: stage.name,
		actions: [
			{ id: 'leads', text: words.stageLeads(stage.name), href: withParameters({ pathname: '/leads', search }, { stage: stage.id }) },
			{ id: 'stopped', text: words.stopped(stage.name), href: withParameters({ pathname: '/leads', search }, { stopped: stage.id }) }
		],
		splits: SPLITS.map((split) => ({
			id: split,
			text: words.splitBy(splitName(split)),
			href: withParameters({ pathname: '/funnel', search }, { by: split })
		}))
	};
}

function memberActions(
	{ dimension, id, name }: NonNullable<Mark['member']>,
	href: string | undefined,
	here: Here,
	locale: Locale,
	splitName: (split: string) => string
): Actions {
	const words = laterWords[locale].menu;
	const shared = sharedParameters(here.search);
	const only = { [dimension]: id };
	const without = new URLSearchParams(here.search).getAll('without');
	const filters = isFilter(dimension);
	const actions: Action[] = [];
	if (href && href !== withParameters(here, only)) actions.push({ id: 'open', text: `${words.open} ${name}`, href });
	if (filters) {
		actions.push(
			{ id: 'filter', text: words.filter(name), href: withParameters(here, { ...only, sort: null, by: null }) },
			{
				id: 'exclude',
				text: words.exclude(name),
				href: withParameters(here, {
					without: [...without.filter((each) => each !== `${dimension}:${id}`), `${dimension}:${id}`],
					[dimension]: null
				})
			}
		);
	}
	if ((SPLITS as readonly string[]).includes(dimension))
		actions.push({
			id: 'compare',
			text: words.compare,
			href: withParameters({ pathname: '/funnel', search: shared }, { by: dimension, [dimension]: null })
		});
	actions.push({ id: 'leads', text: words.leads, href: withParameters({ pathname: '/leads', search: shared }, only) });
	return {
		title: name,
		actions,
		splits: filters
			? SPLITS.filter((split) => split !== dimension).map((split) => ({
					id: split,
					text: words.splitBy(splitName(split)),
					href: withParameters({ pathname: '/funnel', search: shared }, { ...only, by: split })
				}))
			: []
	};
}

function dayActions(day: string, here: Here, locale: Locale): Actions {
	const words = laterWords[locale].menu;
	const name = formatDate(day, locale, 'weekday');
	const to = (from: string, until: string, pathname = here.pathname) =>
		withParameters({ ...here, pathname }, { period: null, from, to: until });
	const week = weekStart(day);
	return {
		title: name,
		actions: [
			{ id: 'day', text: words.day(name), href: to(day, day) },
			{ id: 'week', text: words.week, href: to(week, addDays(week, 6)) },
			{ id: 'month', text: words.month, href: to(monthStart(day), monthEnd(day)) },
			{
				id: 'leads',
				text: words.dayLeads,
				href: withParameters({ pathname: '/leads', search: sharedParameters(here.search) }, { period: null, from: day, to: day })
			}
		],
		splits: []
	};
}

function weekActions(from: string, to: string, here: Here, locale: Locale): Actions {
	const words = laterWords[locale].menu;
	const name = formatRange(from, to, locale);
	const days = { period: null, from, to };
	return {
		title: name,
		actions: [
			{ id: 'week', text: words.day(name), href: withParameters(here, days) },
			{ id: 'leads', text: words.weekLeads, href: withParameters({ pathname: '/leads', search: sharedParameters(here.search) }, days) }
		],
		splits: []
	};
}

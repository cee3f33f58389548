/** What a period is compared with: the days before, the days a year before, the target, or another member in the same days. */
import { addDays, daysIn, shiftDays, shiftMonths, type DateRange } from './periods.ts';
import type { MemberFilter } from './parameters.ts';

export const COMPARES = ['previous', 'year', 'target', 'member', 'none'] as const;
export type Compare = (typeof COMPARES)[number];

/** Targets are set for what the cockpit shows; two members stand side by side where a page is about one. */
const COMPARES_OF: Record<string, readonly Compare[]> = {
	'/': COMPARES,
	'/wall': COMPARES,
	'/funnel': ['previous', 'year', 'member', 'none']
};

export function comparesOf(page: string): readonly Compare[] {
	return COMPARES_OF[page] ?? ['previous', 'year', 'none'];
}

/** How a year is laid on the last one. */
export const ALIGNMENTS = ['date', 'weekday', 'holiday'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** A holiday of one year: its day, and the days on which it is felt. */
export interface Holiday {
	holiday: string;
	zh: string;
	en: string;
	anchor: string;
	first: string;
	last: string;
}

export interface YearBefore {
	range: DateRange;
	/** What was aligned in the end: by holiday only where one falls into the days. */
	by: Alignment;
	holiday: Holiday | null;
}

/** 52 weeks: the same weekdays. */
const WEEKS = 364;
/** A longer span has its holidays in both years, wherever they fall. */
const LONGEST_BY_HOLIDAY = 62;

export function yearBefore(range: DateRange, align: Alignment, holidays: readonly Holiday[]): YearBefore {
	if (align === 'date') return { range: shiftMonths(range, -12), by: 'date', holiday: null };
	const match = align === 'holiday' ? mainHoliday(range, holidays) : null;
	if (!match) return { range: shiftDays(range, -WEEKS), by: 'weekday', holiday: null };
	return { range: shiftDays(range, -match.shift), by: 'holiday', holiday: match.holiday };
}

/** The holiday that takes most of the days, and how far it was from its like of the year before. */
function mainHoliday(range: DateRange, holidays: readonly Holiday[]): { holiday: Holiday; shift: number } | null {
	if (daysIn(range) > LONGEST_BY_HOLIDAY) return null;
	const felt = holidays
		.flatMap((holiday) => {
			const days = daysIn([holiday.first > range[0] ? holiday.first : range[0], holiday.last < range[1] ? holiday.last : range[1]]);
			const before = holidays.find((other) => other.holiday === holiday.holiday && isYearBefore(other.anchor, holiday.anchor));
			return days > 0 && before ? [{ holiday, days, shift: daysIn([before.anchor, holiday.anchor]) - 1 }] : [];
		})
		.sort((a, b) => b.days - a.days || a.holiday.anchor.localeCompare(b.holiday.anchor));
	return felt[0] ?? null;
}

/** Lunar days wander by a month, so a year before is 330 to 400 days before. */
function isYearBefore(earlier: string, later: string): boolean {
	return earlier <= addDays(later, -330) && earlier >= addDays(later, -400);
}

/** Members that can stand against one another, finest first. */
export const COMPARABLE = ['store', 'area', 'region', 'campaign', 'channel', 'series', 'grade'] as const satisfies readonly MemberFilter[];
export type ComparableMember = (typeof COMPARABLE)[number];

/** The one member that a page is filtered to and that another can be laid beside; null where there is none, or several. */
export function comparedMember(filters: Partial<Record<MemberFilter, readonly string[]>>): { key: ComparableMember; id: string } | null {
	const key = COMPARABLE.find((each) => (filters[each]?.length ?? 0) > 0);
	const ids = key ? (filters[key] ?? []) : [];
	return key && ids.length === 1 ? { key, id: ids[0] as string } : null;
}

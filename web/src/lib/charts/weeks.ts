/** Charts by day may be drawn by week: each mark is then a week, which its first day stands for. */
import { formatRange } from '../dates.ts';
import { formatDate, type Locale } from '../format.ts';
import { addDays } from '../periods.ts';

export interface Days {
	/** Days, or the first days of weeks. */
	dates: readonly string[];
	/** Days that are counted at all: the first and the last week may reach beyond them. */
	within?: { from: string; to: string } | undefined;
}

export function stepOf([first, second]: readonly string[]): 'day' | 'week' {
	return first !== undefined && second === addDays(first, 7) ? 'week' : 'day';
}

/** The days from one mark to another, both included. */
export function daysOf({ dates, within }: Days, a: number, b = a): [from: string, to: string] {
	const [first = '', last = ''] = [dates[a], dates[b]];
	const end = stepOf(dates) === 'week' ? addDays(last, 6) : last;
	return [within && first < within.from ? within.from : first, within && end > within.to ? within.to : end];
}

/** A mark as a tooltip and a table call it: a day with its weekday, a week from its first day to its last. */
export function markName(days: Days, index: number, locale: Locale): string {
	const [from, to] = daysOf(days, index);
	return stepOf(days.dates) === 'week' ? formatRange(from, to, locale) : formatDate(from, locale, 'weekday');
}

/** Spans of days, and how long ago an instant was, in words. */
import { dateLocale, formatDate, known, type Locale } from './format.ts';
import { monthEnd, monthStart } from './periods.ts';

/** "2026年11月1日–22日", "1–22 Nov 2026"; a whole month by its name. */
export function formatRange(from: string, to: string, locale: Locale): string {
	if (from === to) return formatDate(from, locale);
	if (from === monthStart(from) && to === monthEnd(from)) return formatDate(from, locale, 'month');
	const [start, end] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
	if (locale === 'zh-CN') {
		const [fromYear, fromMonth, fromDay] = [start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate()];
		const [toYear, toMonth, toDay] = [end.getUTCFullYear(), end.getUTCMonth() + 1, end.getUTCDate()];
		const last =
			fromYear !== toYear ? `${toYear}年${toMonth}月${toDay}日` : fromMonth !== toMonth ? `${toMonth}月${toDay}日` : `${toDay}日`;
		return `${fromYear}年${fromMonth}月${fromDay}日–${last}`;
	}
	const formatter = new Intl.DateTimeFormat(dateLocale(locale), { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });
	// Servers and browsers put different spaces around the dash.
	const dash = monthStart(from) === monthStart(to) ? '–' : ' – ';
	return formatter.formatRange(start, end).replace(/\s*–\s*/u, dash);
}

export interface Ago {
	value: number;
	unit: 'minute' | 'hour' | 'day';
}

/** Null: less than a minute. */
export function ago(instant: string, now: string): Ago | null {
	const minutes = Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000);
	if (minutes < 1) return null;
	if (minutes < 90) return { value: minutes, unit: 'minute' };
	const hours = Math.round(minutes / 60);
	return hours < 48 ? { value: hours, unit: 'hour' } : { value: Math.round(hours / 24), unit: 'day' };
}

const instants = new Map<string, Intl.DateTimeFormat>();

/** A day and a night in which nothing newer came: a daily refresh has been left out. */
const STALE_MS = 30 * 3_600_000;

export function isStale(instant: string, now: string): boolean {
	return Date.parse(now) - Date.parse(instant) > STALE_MS;
}

/** An instant on the clock of the business time zone. */
export function formatInstant(instant: string, locale: Locale, timezone: string): string {
	const make = () => new Intl.DateTimeFormat(dateLocale(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone });
	return known(instants, `${locale} ${timezone}`, make).format(new Date(instant));
}

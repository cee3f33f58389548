/**
 * Time of the simulation. An instant is seconds since 1970 in UTC; a day is a whole number of days since 1970 in
 * China's time, which has had no daylight saving since 1991, so that plain arithmetic is exact.
 */

export type Instant = number;
export type Day = number;

const OFFSET = 8 * 3600;
export const HOUR = 3600;
export const DAY = 86_400;

const TWO = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const texts = new Map<Day, string>();

export function dayOf(instant: Instant): Day {
	return Math.floor((instant + OFFSET) / DAY);
}

/** The instant at so many hours (fractions allowed) into the day. */
export function at(day: Day, hours = 0): Instant {
	return day * DAY - OFFSET + Math.round(hours * HOUR);
}

export function hourOf(instant: Instant): number {
	return ((((instant + OFFSET) % DAY) + DAY) % DAY) / HOUR;
}

/** 0 Monday … 6 Sunday. */
export function weekday(day: Day): number {
	return (day + 3) % 7;
}

/** `YYYY-MM-DD` of the day. */
export function dayText(day: Day): string {
	let text = texts.get(day);
	if (text === undefined) {
		text = new Date(day * DAY * 1000).toISOString().slice(0, 10);
		texts.set(day, text);
	}
	return text;
}

export function parseDay(text: string): Day {
	const time = Date.parse(`${text}T00:00:00Z`);
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
		throw new ClockError(`"${text}" is no date: write it as YYYY-MM-DD, such as 2026-11-22.`);
	}
	return time / 1000 / DAY;
}

export class ClockError extends Error {}

/** First day of the month that lies so many months after the month of the day. */
export function monthStart(day: Day, months = 0): Day {
	const [year, month] = dayText(day).split('-').map(Number) as [number, number, number];
	return Date.UTC(year, month - 1 + months, 1) / 1000 / DAY;
}

/** `YYYYMM` of the day. */
export function monthText(day: Day): string {
	const text = dayText(day);
	return text.slice(0, 4) + text.slice(5, 7);
}

function clockText(seconds: number): string {
	return `${TWO[Math.floor(seconds / HOUR)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}`;
}

/** `YYYY-MM-DD HH:MM:SS` in China's time, as most of the brand's systems write it. */
export function localText(instant: Instant): string {
	const day = dayOf(instant);
	return `${dayText(day)} ${clockText(instant + OFFSET - day * DAY)}`;
}

/** ISO instant in UTC, as the web site writes it. */
export function utcText(instant: Instant): string {
	const day = Math.floor(instant / DAY);
	return `${dayText(day)}T${clockText(instant - day * DAY)}Z`;
}

/** ISO instant with China's offset, as the call centre writes it. */
export function offsetText(instant: Instant): string {
	return `${localText(instant).replace(' ', 'T')}+08:00`;
}

/** The instant itself when it is within the hours of a day, else the next opening plus a random part of the first hours. */
export function within(instant: Instant, open: number, close: number, spread: () => number): Instant {
	const hour = hourOf(instant);
	if (hour >= open && hour < close) return instant;
	const day = dayOf(instant) + (hour >= close ? 1 : 0);
	return at(day, open) + Math.round(spread() * 1.5 * HOUR);
}

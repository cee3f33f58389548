/** Periods in business dates (`YYYY-MM-DD`, no time, no zone), and what they are compared with. */

export type DateRange = [from: string, to: string];

export const PRESETS = ['today', 'yesterday', 'wtd', 'mtd', 'qtd', 'ytd', 'last_month', 'last_7', 'last_30', 'last_90', 'all'] as const;
export type NamedPreset = (typeof PRESETS)[number];
/** Besides the named ones, any number of last days: `last_45`. */
export type Preset = NamedPreset | `last_${number}`;
/** Two years of days. */
const MOST_DAYS = 731;

export function isPreset(value: string): value is Preset {
	return (PRESETS as readonly string[]).includes(value) || lastDays(value) !== null;
}

/** 45 of `last_45`; null for anything else. */
export function lastDays(preset: string): number | null {
	const days = Number(/^last_([1-9]\d{0,2})$/.exec(preset)?.[1]);
	return days >= 1 && days <= MOST_DAYS ? days : null;
}

export interface DataDates {
	/** First and last day with data. */
	first: string;
	last: string;
	/** Last day on which anything happened; later than `last` where leads stopped before their orders. */
	until?: string;
}

export interface Period {
	from: string;
	to: string;
	/** Null: the reader chose the days. */
	preset: Preset | null;
	/** The whole period that a to-date preset is on the way through; equals from–to otherwise. */
	horizon: DateRange;
	days: number;
	horizonDays: number;
	/** The span before of the same kind: 1–22 November → 1–22 October. Null for "all". */
	previous: DateRange | null;
	/** The same days a year before. Null for "all". */
	year: DateRange | null;
}

const DAY = 86_400_000;

export function isDate(value: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(value) && toDate(value) === value;
}

function toDate(value: string): string {
	const time = Date.parse(`${value}T00:00:00Z`);
	return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Days from one date to another, both counted. */
export function daysIn([from, to]: DateRange): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
}

export function eachDay(range: DateRange): string[] {
	return Array.from({ length: Math.max(0, daysIn(range)) }, (_, index) => addDays(range[0], index));
}

/** The same day in another month, or that month's last when it has no such day. */
export function addMonths(date: string, months: number): string {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	const first = new Date(Date.UTC(year, month - 1 + months, 1));
	const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
	first.setUTCDate(Math.min(day, last));
	return first.toISOString().slice(0, 10);
}

export function monthStart(date: string): string {
	return `${date.slice(0, 7)}-01`;
}

export function monthEnd(date: string): string {
	return addDays(addMonths(monthStart(date), 1), -1);
}

/** Weeks start on Monday. */
export function weekStart(date: string): string {
	const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
	return addDays(date, -weekday);
}

export function isWeekend(date: string): boolean {
	return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}

function quarterStart(date: string): string {
	const month = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
	return `${date.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** Presets are counted from the last day that has data, so that a page is never empty because a load is late. */
export function presetPeriod(preset: Preset, dates: DataDates): Period {
	const to = dates.last;
	switch (preset) {
		case 'today':
			return period(preset, [to, to], [to, to], shiftDays([to, to], -1));
		case 'yesterday': {
			const day = addDays(to, -1);
			return period(preset, [day, day], [day, day], shiftDays([day, day], -1));
		}
		case 'wtd': {
			const from = weekStart(to);
			return period(preset, [from, to], [from, addDays(from, 6)], shiftDays([from, to], -7));
		}
		case 'mtd':
			return toDatePeriod(preset, monthStart(to), to, 1);
		case 'qtd':
			return toDatePeriod(preset, quarterStart(to), to, 3);
		case 'ytd':
			return toDatePeriod(preset, `${to.slice(0, 4)}-01-01`, to, 12);
		case 'last_month': {
			const from = addMonths(monthStart(to), -1);
			return customPeriod([from, monthEnd(from)], preset);
		}
		case 'all': {
			const range: DateRange = [dates.first, dates.until ?? to];
			return { ...period(preset, range, range, range), previous: null, year: null };
		}
		default: {
			const days = lastDays(preset) ?? 30;
			const range: DateRange = [addDays(to, 1 - days), to];
			return period(preset, range, range, shiftDays(range, -days));
		}
	}
}

/** Whole months are compared with as many whole months before, other spans with as many days before. */
export function customPeriod(range: DateRange, preset: Preset | null = null): Period {
	const [from, to] = range;
	const whole = from === monthStart(from) && to === monthEnd(to);
	return period(preset, range, range, whole ? shiftMonths(range, -monthsIn(range)) : shiftDays(range, -daysIn(range)));
}

function toDatePeriod(preset: Preset, from: string, to: string, months: number): Period {
	const horizon: DateRange = [from, addDays(addMonths(from, months), -1)];
	return period(preset, [from, to], horizon, shiftMonths([from, to], -months));
}

function period(preset: Preset | null, range: DateRange, horizon: DateRange, previous: DateRange): Period {
	const [from, to] = range;
	return { from, to, preset, horizon, days: daysIn(range), horizonDays: daysIn(horizon), previous, year: shiftMonths(range, -12) };
}

function monthsIn([from, to]: DateRange): number {
	return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1;
}

export function shiftDays([from, to]: DateRange, days: number): DateRange {
	return [addDays(from, days), addDays(to, days)];
}

/** A month's end stays a month's end: all of April → all of March, to the 31st. */
export function shiftMonths([from, to]: DateRange, months: number): DateRange {
	const shifted = addMonths(to, months);
	return [addMonths(from, months), from === monthStart(from) && to === monthEnd(to) ? monthEnd(shifted) : shifted];
}

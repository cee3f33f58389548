/**
 * Numbers and dates as people read them, by locale. Null is a dash: nothing here turns what is missing into a zero. NaN is a figure that
 * is held back, or was worked out with one: a dash with a star, which a note explains.
 */

export type Locale = 'zh-CN' | 'en';
export type Unit = 'count' | 'percent' | 'money' | 'ratio' | 'minutes' | 'hours' | 'days';
export type Value = number | null | undefined;

export type Digits = 'whole' | 'tenths';

export interface NumberStyle {
	/** ISO code of the money; CNY by default. */
	currency?: string;
	/** `short` abbreviates from 10,000 (万, 亿, K, M); `exact` never does. */
	style?: 'short' | 'exact';
	/** Leaves the money's symbol out, where a table's head says it. */
	bare?: boolean;
	/** As the neighbours are written: money without cents (under one they are all there is), counts with a tenth. */
	digits?: Digits;
}

export const MISSING = '–';
export const HELD_BACK = '–*';

/** Of any value, since what is held back may stand where a number is expected. */
export function isHeldBack(value: unknown): boolean {
	return Number.isNaN(value);
}

const SYMBOLS: Record<string, string> = { CNY: '¥', BRL: 'R$', USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

/** The formatter of that key, made once. */
export function known<Formatter>(made: Map<string, Formatter>, key: string, make: () => Formatter): Formatter {
	let formatter = made.get(key);
	if (!formatter) made.set(key, (formatter = make()));
	return formatter;
}

/** Making one takes a hundred times as long as using it, and a page writes thousands of numbers. */
const numbers = new Map<string, Intl.NumberFormat>();

function decimals(value: number, digits: number, least = digits): string {
	const fixed = known(
		numbers,
		`${digits} ${least}`,
		() => new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: digits })
	).format(value);
	return /^-[0.,]*$/.test(fixed) ? fixed.slice(1) : fixed.replace('-', '−');
}

function abbreviated(value: number, locale: Locale, exact: (value: number) => string): string {
	const scale: readonly (readonly [number, string])[] =
		locale === 'zh-CN'
			? [
					[1e8, '亿'],
					[1e4, '万']
				]
			: [
					[1e9, 'B'],
					[1e6, 'M'],
					[1e3, 'K']
				];
	if (Math.abs(value) < 1e4) return exact(value);
	for (const [size, mark] of scale) {
		if (Math.abs(value) >= size)
			return decimals(value / size, Math.abs(value) < size * 10 ? 2 : Math.abs(value) < size * 100 ? 1 : 0, 0) + mark;
	}
	return exact(value);
}

function money(value: number, locale: Locale, { currency = 'CNY', style, bare, digits }: NumberStyle): string {
	const symbol = bare ? '' : (SYMBOLS[currency] ?? `${currency} `);
	const exact = (number: number) =>
		decimals(number, Math.abs(number) < (digits === 'whole' ? 1 : 100) && !Number.isInteger(number) ? 2 : 0);
	const text = style === 'short' ? abbreviated(value, locale, exact) : exact(value);
	return text.startsWith('−') ? `−${symbol}${text.slice(1)}` : symbol + text;
}

/** A span of time in its most readable unit. */
function duration(minutes: number, locale: Locale): string {
	const zh = locale === 'zh-CN';
	const size = Math.abs(minutes);
	if (size < 90) return decimals(minutes, 0) + (zh ? ' 分钟' : ' min');
	if (size < 48 * 60) return decimals(minutes / 60, 1) + (zh ? ' 小时' : ' h');
	return decimals(minutes / 1440, 1) + (zh ? ' 天' : ' d');
}

/** `value` of `unit` as text; percent values are shares (0.634 → 63.4%). */
export function formatNumber(value: Value, unit: Unit, locale: Locale, options: NumberStyle = {}): string {
	if (Number.isNaN(value)) return HELD_BACK;
	if (value == null || !Number.isFinite(value)) return MISSING;
	switch (unit) {
		case 'count': {
			const exact = (number: number) =>
				decimals(number, options.digits === 'tenths' ? 1 : Number.isInteger(number) ? 0 : Math.abs(number) < 0.1 ? 2 : 1);
			return options.style === 'short' ? abbreviated(value, locale, exact) : exact(value);
		}
		case 'percent':
			return `${decimals(value * 100, 1)}%`;
		case 'money':
			return money(value, locale, options);
		case 'ratio':
			return decimals(value, 2);
		case 'minutes':
			return duration(value, locale);
		case 'hours':
			return duration(value * 60, locale);
		case 'days':
			return decimals(value, 1) + (locale === 'zh-CN' ? ' 天' : ' d');
	}
}

function signed(value: number, text: string): string {
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Relative change, or points for a percentage; null where there is nothing to compare with. */
export function changeOf(value: Value, before: Value, unit: Unit): number | null {
	if (value == null || before == null) return null;
	if (unit === 'percent') return value - before;
	return before === 0 ? null : (value - before) / Math.abs(before);
}

/** A change from {@link changeOf} with its sign: "+6.1%", or "−1.2 点" for a rate. */
export function formatChange(change: number | null, unit: Unit, locale: Locale): string {
	if (Number.isNaN(change)) return HELD_BACK;
	if (change === null) return MISSING;
	const text = decimals(change * 100, 1);
	return signed(change, text) + (unit === 'percent' ? (locale === 'zh-CN' ? ' 点' : ' pts') : '%');
}

/** A difference in the unit itself, with its sign: "+12", "−¥30". */
export function formatDifference(difference: Value, unit: Unit, locale: Locale, options: NumberStyle = {}): string {
	if (Number.isNaN(difference)) return HELD_BACK;
	if (difference == null) return MISSING;
	if (unit === 'percent') return formatChange(difference, unit, locale);
	return signed(difference, formatNumber(difference, unit, locale, options));
}

const DAY_STYLES = {
	day: { year: 'numeric', month: 'short', day: 'numeric' },
	short: { month: 'short', day: 'numeric' },
	month: { year: 'numeric', month: 'short' },
	weekday: { month: 'short', day: 'numeric', weekday: 'short' }
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const dates = new Map<string, Intl.DateTimeFormat>();

/** Dates in English are written one way everywhere, day first, and the clock has 24 hours. */
export function dateLocale(locale: Locale): string {
	return locale === 'en' ? 'en-GB' : locale;
}

/** A business date (`2026-11-22`, or an instant that starts with one) as text; it is never shifted by a time zone. */
export function formatDate(date: string | null | undefined, locale: Locale, style: keyof typeof DAY_STYLES = 'day'): string {
	if (!date) return MISSING;
	return known(
		dates,
		`${locale} ${style}`,
		() => new Intl.DateTimeFormat(dateLocale(locale), { ...DAY_STYLES[style], timeZone: 'UTC' })
	).format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** The unit as a table head says it; empty where the values carry it themselves. */
export function unitTitle(unit: Unit, currency = 'CNY'): string {
	return unit === 'money' ? (SYMBOLS[currency] ?? currency) : '';
}

/** From the cockpit's figures to what its page and the wall draw. */
import { cockpitAnswer } from '#lib/answer/headline.ts';
import type { ComparedPeriod, Filters } from '#lib/filters.ts';
import { formatRange } from '#lib/dates.ts';
import { formatNumber, type Locale } from '#lib/format.ts';
import type { AllMessages } from '#lib/messages/all.ts';
import type { DaysSpec } from '#lib/charts/spec.ts';
import type { Cockpit } from './cockpit.ts';

const BARS_UP_TO = 45;

/** Bars by day up to six weeks, a line past that; with target, comparison and what happened on the days. */
export function ordersSpec(
	cockpit: Cockpit,
	period: ComparedPeriod,
	{ name, compared, marks, height }: { name: string; compared: string; marks: { date: string; name: string }[]; height: number },
	t: AllMessages,
	locale: Locale
): DaysSpec {
	const { trend } = cockpit;
	const byDay = trend.step === 'day' && trend.dates.length <= BARS_UP_TO;
	const total = trend.current.reduce<number>((sum, value) => sum + (value ?? 0), 0);
	return {
		kind: byDay ? 'daily' : 'trend',
		label: t.cockpit.trendLabel(name, formatNumber(total, 'count', locale), period.from, period.to),
		unit: 'count',
		dates: trend.dates,
		within: { from: period.from, to: period.to },
		current: { name, values: drawn(trend.current) },
		...(trend.comparison ? { comparison: { name: compared, values: drawn(trend.comparison) } } : {}),
		...(trend.target ? { target: { name: t.cockpit.target, values: trend.target } } : {}),
		weekends: byDay,
		brush: trend.step === 'day',
		...(marks.length > 0 ? { marks } : {}),
		height
	};
}

/** A day that is held back has no mark. */
const drawn = (values: readonly (number | null)[]) => values.map((value) => (Number.isNaN(value) ? null : value));

/** Name of what the page is compared with, with the days where they were moved. */
export function comparedName(filters: Filters, period: ComparedPeriod, other: string | null, t: AllMessages, locale: Locale): string {
	if (filters.compare === 'member') return other ?? t.filters.compares.member;
	if (filters.compare !== 'year' || !period.aligned || period.aligned.by === 'date') return t.filters.compares[filters.compare];
	const { by, holiday, range } = period.aligned;
	const what = by === 'holiday' && holiday ? t.filters.alignedHoliday(locale === 'en' ? holiday.en : holiday.zh) : t.filters.alignedWeekday;
	const days = formatRange(range[0], range[1], locale);
	return t.filters.compares.year + (locale === 'en' ? ` (${what}, ${days})` : `（${what}，${days}）`);
}

export function answerOf(cockpit: Cockpit, period: ComparedPeriod, search: string, t: AllMessages, locale: Locale) {
	return cockpitAnswer(
		{ period: formatRange(period.from, period.to, locale), hero: cockpit.hero, claims: cockpit.claims, search },
		t,
		locale
	);
}

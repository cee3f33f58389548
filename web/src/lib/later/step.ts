/** The period before and after the one on the screen. */
import { addDays, addMonths, daysIn, monthEnd, monthStart, type DateRange, type Period } from '../periods.ts';

/**
 * A whole month, quarter or year steps by itself, and so does one that is still on its way; other spans step by their own length.
 * Null: there is no data there.
 */
export function steppedPeriod(
	{ from, to, horizon }: Pick<Period, 'from' | 'to' | 'horizon'>,
	direction: -1 | 1,
	dates: { first: string; until: string }
): DateRange | null {
	const [start, end] = horizon;
	const whole = start === monthStart(start) && end === monthEnd(end);
	const months = whole
		? (Number(end.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + Number(end.slice(5, 7)) - Number(start.slice(5, 7)) + 1
		: 0;
	const days = daysIn([from, to]);
	const next: DateRange = whole
		? [addMonths(start, direction * months), monthEnd(addMonths(monthStart(end), direction * months))]
		: [addDays(from, direction * days), addDays(to, direction * days)];
	return next[1] < dates.first || next[0] > dates.until ? null : next;
}

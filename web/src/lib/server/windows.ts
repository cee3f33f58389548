/**
 * Looks for something in the span of the data without reading all of it: window by window from one end, each four times as long as the one
 * before. What is asked is nearly always in the first, so a warehouse reads the partitions of a quarter instead of those of ten years.
 */
import { addDays, type DateRange } from '#lib/periods.ts';

const FIRST_DAYS = 92;
const LONGER = 4;

/** The whole span in windows, none of which meets another. */
export function windowsFrom(end: 'first' | 'last', [first, last]: DateRange): DateRange[] {
	const windows: DateRange[] = [];
	let [from, to] = [first, last];
	for (let days = FIRST_DAYS; from <= to; days *= LONGER) {
		if (end === 'last') {
			const start = addDays(to, 1 - days);
			windows.push([start > from ? start : from, to]);
			to = addDays(start, -1);
		} else {
			const stop = addDays(from, days - 1);
			windows.push([from, stop < to ? stop : to]);
			from = addDays(stop, 1);
		}
	}
	return windows;
}

/** What the first window that has something says; null when none has. */
export async function search<T>(
	end: 'first' | 'last',
	span: DateRange,
	lookIn: (window: DateRange) => Promise<T | null>
): Promise<T | null> {
	for (const window of windowsFrom(end, span)) {
		const found = await lookIn(window);
		if (found !== null) return found;
	}
	return null;
}

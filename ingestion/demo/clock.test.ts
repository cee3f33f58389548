import { describe, expect, test } from 'vitest';
import {
	at,
	ClockError,
	dayOf,
	dayText,
	hourOf,
	localText,
	monthStart,
	monthText,
	offsetText,
	parseDay,
	utcText,
	weekday,
	within
} from './clock.ts';

describe('days and instants', () => {
	test('a day begins at midnight in China', () => {
		const day = parseDay('2026-11-22');
		expect(utcText(at(day))).toBe('2026-11-21T16:00:00Z');
		expect(localText(at(day, 9.5))).toBe('2026-11-22 09:30:00');
		expect(offsetText(at(day, 23.75))).toBe('2026-11-22T23:45:00+08:00');
		expect(dayOf(at(day) - 1)).toBe(day - 1);
		expect(hourOf(at(day, 13.5))).toBe(13.5);
	});

	test('weeks begin on Monday, months on the first', () => {
		expect(weekday(parseDay('2026-11-23'))).toBe(0);
		expect(weekday(parseDay('2026-11-22'))).toBe(6);
		expect(dayText(monthStart(parseDay('2026-11-22'), -24))).toBe('2024-11-01');
		expect(dayText(monthStart(parseDay('2026-12-31'), 1))).toBe('2027-01-01');
		expect(monthText(parseDay('2026-02-28'))).toBe('202602');
	});

	test('what no calendar has is refused', () => {
		for (const text of ['2026-02-30', '22.11.2026', '2026-1-1', '']) expect(() => parseDay(text)).toThrow(ClockError);
	});

	test('work waits for opening hours', () => {
		const day = parseDay('2026-11-22');
		expect(within(at(day, 10), 9, 20, () => 0)).toBe(at(day, 10));
		expect(within(at(day, 7), 9, 20, () => 0)).toBe(at(day, 9));
		expect(within(at(day, 21), 9, 20, () => 1)).toBe(at(day + 1, 10.5));
	});
});

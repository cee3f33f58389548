import { describe, expect, test } from 'vitest';
import { comparedMember, yearBefore, type Holiday } from './comparison.ts';

const holiday = (name: string, anchor: string, first: string, last: string): Holiday => ({
	holiday: name,
	zh: name,
	en: name,
	anchor,
	first,
	last
});
const holidays = [
	holiday('spring_festival', '2025-01-29', '2025-01-23', '2025-02-07'),
	holiday('spring_festival', '2026-02-17', '2026-02-11', '2026-02-26'),
	holiday('mid_autumn', '2025-10-06', '2025-10-06', '2025-10-08'),
	holiday('mid_autumn', '2026-09-25', '2026-09-25', '2026-09-27'),
	holiday('national_day', '2025-10-01', '2025-10-01', '2025-10-07'),
	holiday('national_day', '2026-10-01', '2026-10-01', '2026-10-07')
];

describe('a year before', () => {
	test('by date: the same days of the month', () => {
		expect(yearBefore(['2026-02-01', '2026-02-28'], 'date', holidays)).toMatchObject({ range: ['2025-02-01', '2025-02-28'], by: 'date' });
	});

	test('by weekday: Mondays on Mondays', () => {
		const { range, by } = yearBefore(['2026-11-16', '2026-11-22'], 'weekday', holidays);
		expect(range).toEqual(['2025-11-17', '2025-11-23']);
		expect(by).toBe('weekday');
		expect(new Date(range[0]).getUTCDay()).toBe(new Date('2026-11-16').getUTCDay());
	});

	test('by holiday: Spring Festival on Spring Festival, wherever it fell', () => {
		// 17 February 2026 is 384 days after 29 January 2025.
		expect(yearBefore(['2026-02-11', '2026-02-26'], 'holiday', holidays)).toMatchObject({
			range: ['2025-01-23', '2025-02-07'],
			by: 'holiday',
			holiday: { holiday: 'spring_festival' }
		});
	});

	test('where two holidays meet, the one that takes more of the days counts', () => {
		expect(yearBefore(['2026-09-25', '2026-10-07'], 'holiday', holidays)).toMatchObject({
			range: ['2025-09-25', '2025-10-07'],
			holiday: { holiday: 'national_day' }
		});
		expect(yearBefore(['2026-09-20', '2026-09-30'], 'holiday', holidays)).toMatchObject({
			range: ['2025-10-01', '2025-10-11'],
			holiday: { holiday: 'mid_autumn' }
		});
	});

	test('without a holiday, or with a year full of them, weekdays are aligned', () => {
		expect(yearBefore(['2026-11-01', '2026-11-22'], 'holiday', holidays)).toMatchObject({ by: 'weekday', holiday: null });
		expect(yearBefore(['2026-01-01', '2026-11-22'], 'holiday', holidays)).toMatchObject({ by: 'weekday' });
		// The seed ends before: nothing to align with.
		expect(yearBefore(['2025-01-23', '2025-02-07'], 'holiday', holidays)).toMatchObject({ by: 'weekday' });
	});
});

test('one member stands against another of its kind: the finest that was chosen alone', () => {
	expect(comparedMember({ region: ['east'], store: ['S1'] })).toEqual({ key: 'store', id: 'S1' });
	expect(comparedMember({ region: ['east', 'north'] })).toBeNull();
	expect(comparedMember({})).toBeNull();
});

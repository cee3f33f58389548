import { describe, expect, test } from 'vitest';
import { addMonths, customPeriod, daysIn, isDate, presetPeriod, weekStart } from './periods.ts';

const dates = { first: '2025-06-01', last: '2026-11-22' };

describe('presets', () => {
	test('month to date is on its way through the month', () => {
		expect(presetPeriod('mtd', dates)).toMatchObject({
			from: '2026-11-01',
			to: '2026-11-22',
			horizon: ['2026-11-01', '2026-11-30'],
			days: 22,
			horizonDays: 30,
			previous: ['2026-10-01', '2026-10-22'],
			year: ['2025-11-01', '2025-11-22']
		});
	});

	test('week, quarter and year to date', () => {
		expect(presetPeriod('wtd', dates)).toMatchObject({ from: '2026-11-16', previous: ['2026-11-09', '2026-11-15'] });
		expect(presetPeriod('qtd', dates)).toMatchObject({
			from: '2026-10-01',
			horizon: ['2026-10-01', '2026-12-31'],
			previous: ['2026-07-01', '2026-08-22']
		});
		expect(presetPeriod('ytd', dates)).toMatchObject({ from: '2026-01-01', previous: ['2025-01-01', '2025-11-22'] });
	});

	test('last month is whole and compared with the whole month before', () => {
		expect(presetPeriod('last_month', dates)).toMatchObject({
			from: '2026-10-01',
			to: '2026-10-31',
			previous: ['2026-09-01', '2026-09-30']
		});
	});

	test('everything has nothing to be compared with', () => {
		expect(presetPeriod('all', dates)).toMatchObject({ from: '2025-06-01', to: '2026-11-22', previous: null, year: null });
	});
});

describe('chosen days', () => {
	test('are compared with as many days before', () => {
		expect(customPeriod(['2026-11-10', '2026-11-19']).previous).toEqual(['2026-10-31', '2026-11-09']);
	});

	test('whole months with whole months, whatever their length', () => {
		expect(customPeriod(['2026-02-01', '2026-02-28']).previous).toEqual(['2026-01-01', '2026-01-31']);
		expect(customPeriod(['2024-02-01', '2024-02-29']).year).toEqual(['2023-02-01', '2023-02-28']);
	});
});

test('dates that do not exist are refused', () => {
	expect(isDate('2026-02-29')).toBe(false);
	expect(isDate('2024-02-29')).toBe(true);
	expect(isDate('2026-2-1')).toBe(false);
	expect(isDate("2026-01-01' or 1")).toBe(false);
});

test('months are added by the calendar', () => {
	expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
	expect(weekStart('2026-11-22')).toBe('2026-11-16');
	expect(daysIn(['2026-11-01', '2026-11-30'])).toBe(30);
});

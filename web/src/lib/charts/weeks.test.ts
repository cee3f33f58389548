import { expect, test } from 'vitest';
import { daysOf, markName, stepOf } from './weeks.ts';

const weeks = { dates: ['2026-11-09', '2026-11-16', '2026-11-23'], within: { from: '2026-11-11', to: '2026-11-25' } };
const days = { dates: ['2026-11-09', '2026-11-10'] };

test('weeks are told from days, and taken whole within the days that are counted', () => {
	expect([stepOf(weeks.dates), stepOf(days.dates), stepOf(['2026-11-09'])]).toEqual(['week', 'day', 'day']);
	expect(daysOf({ dates: weeks.dates }, 0, 1)).toEqual(['2026-11-09', '2026-11-22']);
	expect(daysOf(weeks, 0, 2)).toEqual(['2026-11-11', '2026-11-25']);
	expect(daysOf(days, 0, 1)).toEqual(['2026-11-09', '2026-11-10']);
});

test('a week is called by its days, not by its first', () => {
	expect(markName(weeks, 1, 'en')).toBe('16–22 Nov 2026');
	expect(markName(weeks, 2, 'zh-CN')).toBe('2026年11月23日–25日');
	expect(markName(days, 0, 'en')).toMatch(/^Mon,? 9 Nov$/);
});

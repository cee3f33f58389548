/** Public holidays of China from 2024 to 2026, and how demand breathes with the days. */
import { type Day, dayText, parseDay, weekday } from './clock.ts';
import { type Random, Weighted } from './random.ts';

interface Holiday {
	zh: string;
	en: string;
	from: string;
	days: number;
	/** Weekend days worked in exchange. */
	worked: readonly string[];
}

const HOLIDAYS: readonly Holiday[] = [
	{ zh: '元旦', en: "New Year's Day", from: '2024-01-01', days: 1, worked: [] },
	{ zh: '春节', en: 'Spring Festival', from: '2024-02-10', days: 8, worked: ['2024-02-04', '2024-02-18'] },
	{ zh: '清明节', en: 'Qingming Festival', from: '2024-04-04', days: 3, worked: ['2024-04-07'] },
	{ zh: '劳动节', en: 'Labour Day', from: '2024-05-01', days: 5, worked: ['2024-04-28', '2024-05-11'] },
	{ zh: '端午节', en: 'Dragon Boat Festival', from: '2024-06-10', days: 1, worked: [] },
	{ zh: '中秋节', en: 'Mid-Autumn Festival', from: '2024-09-15', days: 3, worked: ['2024-09-14'] },
	{ zh: '国庆节', en: 'National Day', from: '2024-10-01', days: 7, worked: ['2024-09-29', '2024-10-12'] },
	{ zh: '元旦', en: "New Year's Day", from: '2025-01-01', days: 1, worked: [] },
	{ zh: '春节', en: 'Spring Festival', from: '2025-01-28', days: 8, worked: ['2025-01-26', '2025-02-08'] },
	{ zh: '清明节', en: 'Qingming Festival', from: '2025-04-04', days: 3, worked: [] },
	{ zh: '劳动节', en: 'Labour Day', from: '2025-05-01', days: 5, worked: ['2025-04-27'] },
	{ zh: '端午节', en: 'Dragon Boat Festival', from: '2025-05-31', days: 3, worked: [] },
	{ zh: '国庆节、中秋节', en: 'National Day and Mid-Autumn Festival', from: '2025-10-01', days: 8, worked: ['2025-09-28', '2025-10-11'] },
	{ zh: '元旦', en: "New Year's Day", from: '2026-01-01', days: 3, worked: ['2026-01-04'] },
	{ zh: '春节', en: 'Spring Festival', from: '2026-02-15', days: 9, worked: ['2026-02-14', '2026-02-28'] },
	{ zh: '清明节', en: 'Qingming Festival', from: '2026-04-04', days: 3, worked: [] },
	{ zh: '劳动节', en: 'Labour Day', from: '2026-05-01', days: 5, worked: ['2026-05-09'] },
	{ zh: '端午节', en: 'Dragon Boat Festival', from: '2026-06-19', days: 3, worked: [] },
	{ zh: '中秋节', en: 'Mid-Autumn Festival', from: '2026-09-25', days: 3, worked: [] },
	{ zh: '国庆节', en: 'National Day', from: '2026-10-01', days: 7, worked: ['2026-09-20', '2026-10-10'] }
];

export interface HolidayDay {
	day: Day;
	name_zh: string;
	name_en: string;
	is_workday: boolean;
}

export const holidays: readonly HolidayDay[] = HOLIDAYS.flatMap(({ zh, en, from, days, worked }) => [
	...Array.from({ length: days }, (_, index) => ({ day: parseDay(from) + index, name_zh: zh, name_en: en, is_workday: false })),
	...worked.map((text) => ({ day: parseDay(text), name_zh: `${zh}调休`, name_en: `${en} (worked)`, is_workday: true }))
]).sort((a, b) => a.day - b.day);

const springFestivals = HOLIDAYS.filter((holiday) => holiday.zh === '春节').map((holiday) => parseDay(holiday.from));
const free = new Set(holidays.filter((holiday) => !holiday.is_workday).map((holiday) => holiday.day));

/** January to December: February is slow, September to December strong. */
const MONTHS = [0.95, 0.72, 1, 1.02, 1.05, 0.96, 0.88, 0.92, 1.08, 1.06, 1.2, 1.16];
/** Monday to Sunday. */
const WEEK = [0.9, 0.88, 0.9, 0.93, 1.02, 1.24, 1.2];
const YEARLY_GROWTH = 0.18;

/** Relative demand of a day: growth, season, weekday, and the slump around Spring Festival. */
export function demand(day: Day, start: Day): number {
	const growth = (1 + YEARLY_GROWTH) ** ((day - start) / 365);
	const month = MONTHS[Number(dayText(day).slice(5, 7)) - 1] as number;
	const week = WEEK[weekday(day)] as number;
	const slump = springFestivals.some((festival) => day >= festival - 5 && day <= festival + 8) ? 0.42 : 1;
	const holiday = slump === 1 && free.has(day) ? 1.18 : 1;
	return growth * month * week * slump * holiday;
}

/** Draws days of the history in proportion to demand. */
export function demandTable(start: Day, end: Day): Weighted<Day> {
	const days = Array.from({ length: end - start + 1 }, (_, index) => start + index);
	return new Weighted(days, (day) => demand(day, start));
}

/** Captures by hour: midday and late-evening peaks, about half of them outside 9 to 18 o'clock. */
const HOURS = new Weighted(
	Array.from({ length: 24 }, (_, hour) => hour),
	(hour) =>
		[1.6, 0.9, 0.5, 0.3, 0.3, 0.5, 1.2, 2.2, 3.4, 4.4, 4.8, 4.7, 5.4, 5.2, 4.6, 4.3, 4.2, 4.3, 5, 6.2, 7.2, 7.6, 6, 3.4][hour] as number
);

/** Hours into the day at which somebody leaves a lead. */
export function captureHour(random: Random): number {
	return HOURS.draw(random) + random.next();
}

/** Hours into the day at which somebody comes to a showroom. */
export function showroomHour(random: Random): number {
	return 9.5 + (random.next() + random.next()) * 4.4;
}

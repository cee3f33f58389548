/** What the comparison's chip says. */
import type { AppData } from '#lib/app-data.ts';

export function comparedWith({ t, locale, filters, period, options }: AppData): { name: string; on: boolean } {
	const name = (option: { zh: string; en: string }) => (locale === 'en' ? option.en : option.zh);
	if (period.previous === null && ['previous', 'year'].includes(filters.compare)) return { name: t.filters.notComparable, on: false };
	const on = filters.compare !== 'none';
	if (filters.compare === 'member') {
		const other = Object.values(options)
			.flat()
			.find(({ id }) => id === filters.with);
		return { name: other ? name(other) : (filters.with ?? ''), on };
	}
	if (filters.compare === 'year' && period.aligned && period.aligned.by !== 'date') {
		const { by, holiday } = period.aligned;
		const how = by === 'holiday' && holiday ? t.filters.alignedHoliday(name(holiday)) : t.filters.alignedWeekday;
		return { name: `${t.filters.compares.year} · ${how}`, on };
	}
	return { name: t.filters.compares[filters.compare], on };
}

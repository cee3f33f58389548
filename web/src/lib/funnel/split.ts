/** How a split's members are called, and what a page splits by when it is not told. */
import type { Locale } from '#lib/format.ts';
import type { Messages } from '#lib/messages/index.ts';
import type { Split } from '#lib/parameters.ts';

export function splitName(row: { id: string; zh: string | null; en: string | null }, by: Split, t: Messages, locale: Locale): string {
	if (row.id === '') return t.app.unknown;
	if (by === 'origin') return t.filters.origins[row.id as 'hq' | 'store'] ?? row.id;
	return (locale === 'en' ? (row.en ?? row.zh) : row.zh) ?? row.id;
}

/** Regions where there are several, else channels. */
export function defaultSplit(options: { region: unknown[] }): Split {
	return options.region.length > 1 ? 'region' : 'channel';
}

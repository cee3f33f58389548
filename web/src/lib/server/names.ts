/**
 * Names of members, for whatever is worked out by id alone: comparing thousands of members names a dozen of them, and two names beside each
 * id would be half of what such an answer weighs. Asked once a version; who asks has been given the ids by an answer of their own.
 */
import type { Claims } from '../../../../contracts/claims.ts';
import { MAX_ROWS } from '../../../../contracts/semantic.ts';
import { addDays, type DateRange } from '#lib/periods.ts';
import { cached } from './cache.ts';
import { MENU_DAYS, brandOf, dataDates } from './context.ts';
import { askShared, text, type Query } from './semantic.ts';
import { readStatus } from './status.ts';

export interface Name {
	zh: string;
	en: string;
}

/** What is not known, or has no names (grades), is called by its id. */
export type NameOf = (level: string, id: string) => Name;

export const BY_ID: NameOf = (_, id) => ({ zh: id, en: id });

/** Days of the views that know every member of a level: stores have visits without leads, campaigns spend without anything. */
const NAMED = {
	region: 'funnel.occurred_date',
	store: 'funnel.occurred_date',
	inviter: 'leads.captured_date',
	channel: 'channels.activity_date',
	campaign: 'channels.activity_date',
	series: 'funnel.occurred_date'
} as const;
type Named = keyof typeof NAMED;
const LEVELS = Object.keys(NAMED) as Named[];

/** `from`: first day of what is named; members of the last years of data are known without it. */
export async function memberNames(claims: Claims | null, from?: string): Promise<NameOf> {
	const { pointer } = await readStatus();
	if (!claims || !pointer) return BY_ID;
	const [brand, { version }] = [brandOf(claims), pointer];
	const dates = await dataDates(brand, version);
	if (!dates) return BY_ID;
	const start = addDays(dates.last, 1 - MENU_DAYS);
	const [recent, older] = await Promise.all([
		namesIn(brand, version, [start, dates.until]),
		// By whole years, so that one answer serves all periods of them.
		from && from < start ? namesIn(brand, version, [`${from.slice(0, 4)}-01-01`, addDays(start, -1)]) : null
	]);
	return (level, id) => {
		const key = `${level} ${id}`;
		return recent.get(key) ?? older?.get(key) ?? BY_ID(level, id);
	};
}

function namesIn(brand: Claims, version: string, dateRange: DateRange): Promise<Map<string, Name>> {
	return cached(version, brand, `names ${dateRange.join()}`, async () => {
		const members = (level: Named) => {
			const [view] = NAMED[level].split('.');
			return ['id', 'name_zh', 'name_en'].map((part) => `${view}.${level}_${part}`);
		};
		const query = (level: Named): Query => ({
			dimensions: members(level),
			timeDimensions: [{ dimension: NAMED[level], dateRange }],
			limit: MAX_ROWS
		});
		const answers = await askShared(brand, Object.fromEntries(LEVELS.map((level) => [level, query(level)])) as Record<Named, Query>);
		const names = new Map<string, Name>();
		for (const level of LEVELS) {
			const [id = '', zh = '', en = ''] = members(level);
			for (const row of answers[level][0] ?? []) {
				const known = text(row, id);
				const name = text(row, zh) ?? known;
				if (known !== null && name !== null) names.set(`${level} ${known}`, { zh: name, en: text(row, en) ?? name });
			}
		}
		return names;
	});
}

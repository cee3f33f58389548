/** What every page knows before it asks for its own figures: the span of the data, and the members that can be chosen. */
import { ROLE_SCOPE, type Claims } from '../../../../contracts/claims.ts';
import type { Pointer } from '../../../../contracts/pointer.ts';
import { addDays, type DataDates, type DateRange, type Preset } from '#lib/periods.ts';
import type { Holiday } from '#lib/comparison.ts';
import { cached } from './cache.ts';
import { askShared, count, text, type Query, type Row } from './semantic.ts';
import { readStatus } from './status.ts';
import { search } from './windows.ts';

/** Of one kind; the pages of a brand carry only the ones that are chosen. */
const MEMBERS_LISTED = 10_000;
/** Menus and names know the members that had a lead in so many days to the last one: two years, so that both years of a comparison are in. */
export const MENU_DAYS = 731;
/** Days between which a version from before they were published is looked through: those of the calendar table. */
const ANY_DAY: DateRange = ['2005-01-01', '2045-12-31'];

/** The preset that a page opens with, as the brand configured it. */
export function usualPeriod(pointer: Pointer): Preset {
	return pointer.default_period === 'all' ? 'all' : 'mtd';
}

/** Whoever asks for what is the same for everybody who reads the brand, so that it is asked once a version. */
export const brandOf = ({ tenant }: Claims): Claims => ({ sub: 'brand', role: 'executive', scopes: [], tenant });

/** Holidays by which a year is laid on the last one. */
export function holidays(claims: Claims, version: string): Promise<Holiday[]> {
	const brand = brandOf(claims);
	return cached(version, brand, 'holidays', async () => {
		const days = ['anchor_date', 'first_date', 'last_date'].map((day) => `holidays.${day}`);
		// A version from before there were any is served without them: years are then compared by weekday.
		const { rows } = await askShared(brand, {
			rows: { dimensions: ['holidays.holiday', 'holidays.name_zh', 'holidays.name_en', ...days] } satisfies Query
		}).catch(() => ({ rows: [[]] as Row[][] }));
		return (rows[0] ?? []).map((row) => {
			const value = (member: string) => text(row, `holidays.${member}`) ?? '';
			const date = (member: string) => value(member).slice(0, 10);
			return {
				holiday: value('holiday'),
				zh: value('name_zh'),
				en: value('name_en'),
				anchor: date('anchor_date'),
				first: date('first_date'),
				last: date('last_date')
			};
		});
	});
}

export interface Option {
	id: string;
	zh: string;
	en: string;
	/** Member it belongs to: area → region, store → region. */
	parent?: string | null;
	/** Area of a store. */
	area?: string | null;
}

export type OptionKey = 'region' | 'area' | 'store' | 'channel' | 'series' | 'grade' | 'origin';
export type Options = Record<OptionKey, Option[]>;

export type Span = DataDates & { until: string };

/** Days are those of leads: the default period is the latest month that has any. Null: no data at all that the reader may see. */
export function dataDates(claims: Claims, version: string): Promise<Span | null> {
	return cached(version, claims, 'dates', async () => {
		const { pointer } = await readStatus();
		const published = pointer?.version === version ? pointer.days : undefined;
		// Who sees every row sees the days that were published with the version.
		if (published && ROLE_SCOPE[claims.role] === null) return published;
		const span: DateRange = published ? [published.first, published.until] : ANY_DAY;
		const edge = (end: 'first' | 'last', view: string, time: string) =>
			search(end, span, async (dateRange) => {
				const { day } = await askShared(claims, {
					day: {
						measures: [`${view}.leads`],
						timeDimensions: [{ dimension: `${view}.${time}`, granularity: 'day', dateRange }],
						order: [[`${view}.${time}`, end === 'first' ? 'asc' : 'desc']],
						limit: 1
					} satisfies Query
				});
				return text(day[0]?.[0], `${view}.${time}`)?.slice(0, 10) ?? null;
			});
		const [firstLead, lastLead, since, until] = await Promise.all([
			edge('first', 'leads', 'captured_date'),
			edge('last', 'leads', 'captured_date'),
			edge('first', 'funnel', 'occurred_date'),
			edge('last', 'funnel', 'occurred_date')
		]);
		const [first, last] = [firstLead ?? since, lastLead ?? until];
		if (!first || !last) return null;
		return { first: since && since < first ? since : first, last, until: until && until > last ? until : last };
	});
}

/** Days in which a question about members looks for them; nobody's data has none. */
export async function menuDays(claims: Claims, version: string): Promise<Query['timeDimensions']> {
	const dates = await dataDates(claims, version);
	const last = dates?.last ?? ANY_DAY[0];
	return [{ dimension: 'leads.captured_date', dateRange: [addDays(last, 1 - MENU_DAYS), last] }];
}

/** Members that can be chosen, those with most leads first. In three questions: each is asked by whoever sees something else. */
export function filterOptions(claims: Claims, version: string): Promise<Options> {
	return cached(version, claims, 'options', async () => {
		const timeDimensions = await menuDays(claims, version);
		const by = (...dimensions: string[]): Query => ({
			measures: ['leads.leads'],
			dimensions: dimensions.map((dimension) => `leads.${dimension}`),
			timeDimensions,
			order: [['leads.leads', 'desc']],
			limit: MEMBERS_LISTED
		});
		const named = (prefix: string) => [`${prefix}_id`, `${prefix}_name_zh`, `${prefix}_name_en`];
		const { places, ways, kinds } = await askShared(claims, {
			places: by(...named('region'), ...named('area'), ...named('store')),
			ways: by(...named('channel'), 'origin'),
			kinds: by(...named('series'), 'intent_level')
		});
		return {
			region: membersIn(places[0], 'region_id', 'region'),
			area: membersIn(places[0], 'area_id', 'area'),
			store: membersIn(places[0], 'store_id', 'store'),
			channel: membersIn(ways[0], 'channel_id', 'channel'),
			series: membersIn(kinds[0], 'series_id', 'series'),
			grade: membersIn(kinds[0], 'intent_level').sort((a, b) => 'HABC'.indexOf(a.id) - 'HABC'.indexOf(b.id)),
			origin: membersIn(ways[0], 'origin')
		};
	});
}

/** Each member of one kind once, those with most leads first, of rows that tell other kinds apart too. */
export function membersIn(rows: Row[] = [], id: string, prefix?: string): Option[] {
	const found = new Map<string, { option: Option; leads: number }>();
	for (const row of rows) {
		const value = text(row, `leads.${id}`);
		if (value === null) continue;
		// What is held back, for it is of too few people, sorts as nothing.
		const leads = count(row, 'leads.leads') || 0;
		const known = found.get(value);
		if (known) {
			known.leads += leads;
			continue;
		}
		const zh = prefix ? (text(row, `leads.${prefix}_name_zh`) ?? value) : value;
		const en = prefix ? (text(row, `leads.${prefix}_name_en`) ?? zh) : value;
		const option: Option = {
			id: value,
			zh,
			en,
			...(id === 'area_id' || id === 'store_id' ? { parent: text(row, 'leads.region_id') } : {}),
			...(id === 'store_id' ? { area: text(row, 'leads.area_id') } : {})
		};
		found.set(value, { option, leads });
	}
	return [...found.values()].sort((a, b) => b.leads - a.leads || (a.option.id < b.option.id ? -1 : 1)).map(({ option }) => option);
}

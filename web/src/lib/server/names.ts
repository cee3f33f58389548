/**
 * Names of members. Comparing thousands of members names a dozen of them, and two names beside each id would be half of what such an answer
 * weighs: whatever is worked out works on ids, and its names are asked apart.
 */
import type { Claims, ScopeDimension } from '../../../../contracts/claims.ts';
import { MAX_ROWS } from '../../../../contracts/semantic.ts';
import { addDays, type DateRange } from '#lib/periods.ts';
import { cached } from './cache.ts';
import { MENU_DAYS, brandOf, dataDates, filterOptions, menuDays, type Option, type OptionKey } from './context.ts';
import { askShared, text, type Query, type Row } from './semantic.ts';
import { readStatus } from './status.ts';

export interface Name {
	zh: string;
	en: string;
}

/** What is not known, or has no names (grades), is called by its id. */
export type NameOf = (level: string, id: string) => Name;

const called = (id: string): Name => ({ zh: id, en: id });

export const BY_ID: NameOf = (_, id) => called(id);

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

/**
 * Of the whole brand, asked once a version, whoever asks: they have been given the ids by an answer of their own. `from`: first day of what
 * is named; members of the last years of data are known without it.
 */
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
		return recent.get(key) ?? older?.get(key) ?? called(id);
	};
}

function namesIn(brand: Claims, version: string, dateRange: DateRange): Promise<Map<string, Name>> {
	return cached(version, brand, `names ${dateRange.join()}`, async () => {
		const members = (level: Named) => {
			const [view = ''] = NAMED[level].split('.');
			return [`${view}.${level}_id`, ...nameMembers(level, view)];
		};
		const query = (level: Named): Query => ({
			dimensions: members(level),
			timeDimensions: [{ dimension: NAMED[level], dateRange }],
			limit: MAX_ROWS
		});
		const answers = await askShared(brand, Object.fromEntries(LEVELS.map((level) => [level, query(level)])) as Record<Named, Query>);
		return new Map(
			LEVELS.flatMap((level) => [...namesOf(answers[level][0], members(level))].map(([id, name]) => [`${level} ${id}`, name]))
		);
	});
}

/** More ids than these are not asked for one by one. */
const ASKED = 500;
const ALL = 50_000;

/** Under the policy of the reader: only of members that they may see rows of, asked anew each time. Dimensions are those of leads ("store_id"). */
export async function visibleNames(
	claims: Claims,
	version: string,
	wanted: readonly { dimension: string; ids: readonly string[] }[],
	signal?: AbortSignal
): Promise<(dimension: string, id: string) => Name | undefined> {
	const asked = new Map<string, Set<string>>();
	for (const { dimension, ids } of wanted) if (ids.length > 0) asked.set(dimension, new Set([...(asked.get(dimension) ?? []), ...ids]));
	if (asked.size === 0) return () => undefined;
	const timeDimensions = await menuDays(claims, version);
	const members = (dimension: string) => [`leads.${dimension}`, ...nameMembers(prefixOf(dimension))];
	const query = (dimension: string, ids: ReadonlySet<string>): Query => ({
		dimensions: members(dimension),
		timeDimensions,
		...(ids.size > ASKED
			? { limit: ALL }
			: { filters: [{ member: `leads.${dimension}`, operator: 'equals', values: [...ids] }], limit: ids.size })
	});
	const queries = Object.fromEntries([...asked].map(([dimension, ids]) => [dimension, query(dimension, ids)]));
	const answers = await askShared(claims, queries, signal);
	const names = new Map(Object.keys(queries).map((dimension) => [dimension, namesOf(answers[dimension]?.[0], members(dimension))]));
	return (dimension, id) => names.get(dimension)?.get(id);
}

/** Scopes whose members are in the menus anyway. */
const LISTED_AS: Partial<Record<ScopeDimension, OptionKey>> = { region_id: 'region', area_id: 'area', store_id: 'store' };

/** The members that the reader's sight is limited to. */
export function scopeNames(claims: Claims, version: string): Promise<Option[]> {
	return cached(version, claims, 'scope', async () => {
		const others = claims.scopes.filter(({ dimension }) => !LISTED_AS[dimension]);
		const [options, nameOf] = await Promise.all([filterOptions(claims, version), visibleNames(claims, version, others)]);
		return claims.scopes.flatMap(({ dimension, ids }) => {
			const listed = LISTED_AS[dimension];
			const find = (id: string) => (listed ? options[listed].find((one) => one.id === id) : nameOf(dimension, id));
			return ids.map((id) => {
				const { zh, en } = find(id) ?? called(id);
				return { id, zh, en };
			});
		});
	});
}

export const prefixOf = (dimension: string): string => dimension.replace(/_id$/, '');

export const nameMembers = (prefix: string, view = 'leads'): [zh: string, en: string] => [
	`${view}.${prefix}_name_zh`,
	`${view}.${prefix}_name_en`
];

export function nameIn(row: Row, [zh, en]: readonly string[], otherwise: string): Name {
	const chinese = (zh && text(row, zh)) ?? otherwise;
	return { zh: chinese, en: (en && text(row, en)) ?? chinese };
}

function namesOf(rows: readonly Row[] = [], [id = '', ...names]: readonly string[]): Map<string, Name> {
	const found = new Map<string, Name>();
	for (const row of rows) {
		const known = text(row, id);
		if (known !== null) found.set(known, nameIn(row, names, known));
	}
	return found;
}

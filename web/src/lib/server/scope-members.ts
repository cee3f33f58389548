/**
 * Members that a scope can name, for whoever keeps accounts: found by name or id, and named. Accounts are kept without data as well, so who
 * can't be asked within two seconds leaves ids instead of names.
 */
import type { Claims, ScopeDimension, Scopes } from '../../../../contracts/claims.ts';
import type { Locale } from '#lib/format.ts';
import type { ScopeMember, ScopeMembers } from '#lib/account/scopes.ts';
import { menuDays } from './context.ts';
import { askShared, text, type Filter, type Query, type Row } from './semantic.ts';
import { readStatus } from './status.ts';

const LISTED = 20;
const WITHIN_MS = 2000;
/** More ids than these are not asked for one by one. */
const ASKED = 500;
const ALL = 50_000;

const prefixOf = (dimension: ScopeDimension) => dimension.replace(/_id$/, '');
const WITHIN: Partial<Record<ScopeDimension, string>> = { area_id: 'region', store_id: 'region', inviter_id: 'store', advisor_id: 'store' };

/** Who asks, and in which language names are sorted. */
export interface Reader {
	claims: Claims;
	locale: Locale;
}

/** Without words the first by name. */
export async function findScopeMembers({ claims, locale }: Reader, dimension: ScopeDimension, words: string): Promise<ScopeMembers> {
	const within = WITHIN[dimension];
	const named = names(prefixOf(dimension));
	const searched = [`leads.${dimension}`, ...named];
	const filters = words
		.split(/\s+/)
		.filter(Boolean)
		.map((word): Filter => ({ or: searched.map((member) => ({ member, operator: 'contains', values: [word] })) }));
	const rows = await rowsOf(claims, {
		[dimension]: {
			dimensions: [...searched, ...(within ? names(within) : [])],
			filters: [...filters, { member: `leads.${dimension}`, operator: 'set' }],
			order: [[named[locale === 'en' ? 1 : 0], 'asc']],
			// A person with leads in several stores comes once for each.
			limit: LISTED * 3
		}
	});
	if (!rows) return { members: [], more: false, failed: true };
	const members = new Map<string, ScopeMember>();
	for (const row of rows[dimension] ?? []) {
		const member = asMember(row, dimension);
		if (!members.has(member.id)) members.set(member.id, within ? { ...member, within: nameOf(row, within) } : member);
	}
	return { members: [...members.values()].slice(0, LISTED), more: members.size > LISTED, failed: false };
}

/** Each member of the scopes, in their order; one that the data don't know is called by its id. */
export async function nameScopes(claims: Claims, scopes: Scopes): Promise<ScopeMember[]> {
	const all = new Map<ScopeDimension, Set<string>>();
	for (const { dimension, ids } of scopes) all.set(dimension, new Set([...(all.get(dimension) ?? []), ...ids]));
	const rows = await rowsOf(
		claims,
		Object.fromEntries(
			[...all].map(([dimension, ids]) => [
				dimension,
				{
					dimensions: [`leads.${dimension}`, ...names(prefixOf(dimension))],
					filters: ids.size > ASKED ? [] : [{ member: `leads.${dimension}`, operator: 'equals', values: [...ids] }],
					limit: ids.size > ASKED ? ALL : ASKED
				}
			])
		)
	);
	return [...all].flatMap(([dimension, ids]) => {
		const known = new Map((rows?.[dimension] ?? []).map((row) => [text(row, `leads.${dimension}`), row]));
		return [...ids].map((id) => asMember(known.get(id) ?? { [`leads.${dimension}`]: id }, dimension));
	});
}

const names = (prefix: string): [string, string] => [`leads.${prefix}_name_zh`, `leads.${prefix}_name_en`];

function nameOf(row: Row, prefix: string, otherwise = '') {
	const [zh, en] = names(prefix).map((member) => text(row, member));
	return { zh: zh ?? otherwise, en: en ?? zh ?? otherwise };
}

function asMember(row: Row, dimension: ScopeDimension): ScopeMember {
	const id = text(row, `leads.${dimension}`) ?? '';
	return { dimension, id, ...nameOf(row, prefixOf(dimension), id) };
}

/** Null: nobody can be asked. */
async function rowsOf(claims: Claims, queries: Record<string, Query>): Promise<Record<string, Row[]> | null> {
	try {
		const { pointer } = await readStatus();
		if (!pointer) return null;
		if (Object.keys(queries).length === 0) return {};
		const timeDimensions = await menuDays(claims, pointer.version);
		const asked = Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, { ...query, timeDimensions }]));
		const answers = await askShared(claims, asked, AbortSignal.timeout(WITHIN_MS));
		return Object.fromEntries(Object.entries(answers).map(([name, [rows]]) => [name, rows ?? []]));
	} catch {
		return null;
	}
}

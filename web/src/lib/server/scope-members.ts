/**
 * Members that a scope can name, for whoever keeps accounts: found by name or id, and named. Accounts are kept without data as well, so who
 * can't be asked within two seconds leaves ids instead of names.
 */
import type { Claims, ScopeDimension, Scopes } from '../../../../contracts/claims.ts';
import type { Locale } from '#lib/format.ts';
import { scopeValue, type ScopeMember, type ScopeMembers } from '#lib/account/scopes.ts';
import { menuDays } from './context.ts';
import { nameIn, nameMembers, prefixOf, visibleNames } from './names.ts';
import { askShared, text, type Filter, type Query } from './semantic.ts';
import { readStatus } from './status.ts';

const LISTED = 20;
const WITHIN_MS = 2000;

const WITHIN: Partial<Record<ScopeDimension, string>> = { area_id: 'region', store_id: 'region', inviter_id: 'store', advisor_id: 'store' };

/** Who asks, and in which language names are sorted. */
export interface Reader {
	claims: Claims;
	locale: Locale;
}

/** Without words the first by name. */
export async function findScopeMembers({ claims, locale }: Reader, dimension: ScopeDimension, words: string): Promise<ScopeMembers> {
	const member = `leads.${dimension}`;
	const named = nameMembers(prefixOf(dimension));
	const within = WITHIN[dimension] ? nameMembers(WITHIN[dimension]) : [];
	const searched = [member, ...named];
	const filters = words
		.split(/\s+/)
		.filter(Boolean)
		.map((word): Filter => ({ or: searched.map((one) => ({ member: one, operator: 'contains', values: [word] })) }));
	const rows = await inTime(async (version, signal) => {
		const query: Query = {
			dimensions: [...searched, ...within],
			timeDimensions: await menuDays(claims, version),
			filters: [...filters, { member, operator: 'set' }],
			order: [[named[locale === 'en' ? 1 : 0], 'asc']],
			// A person with leads in several stores comes once for each.
			limit: LISTED * 3
		};
		const { found } = await askShared(claims, { found: query }, signal);
		return found[0] ?? [];
	});
	if (!rows) return { members: [], more: false, failed: true };
	const members = new Map<string, ScopeMember>();
	for (const row of rows) {
		const id = text(row, member) ?? '';
		if (members.has(id)) continue;
		members.set(id, { dimension, id, ...nameIn(row, named, id), ...(within.length > 0 ? { within: nameIn(row, within, '') } : {}) });
	}
	return { members: [...members.values()].slice(0, LISTED), more: members.size > LISTED, failed: false };
}

/** Each member of the scopes once, in their order; one that the data don't know is called by its id. */
export async function nameScopes(claims: Claims, scopes: Scopes): Promise<ScopeMember[]> {
	const nameOf = await inTime((version, signal) => visibleNames(claims, version, scopes, signal));
	const members = scopes.flatMap(({ dimension, ids }) =>
		ids.map((id) => ({ dimension, id, ...(nameOf?.(dimension, id) ?? { zh: id, en: id }) }))
	);
	return [...new Map(members.map((member) => [scopeValue(member), member])).values()];
}

/** Null: nobody can be asked. */
async function inTime<T>(ask: (version: string, signal: AbortSignal) => Promise<T>): Promise<T | null> {
	try {
		const { pointer } = await readStatus();
		return pointer && (await ask(pointer.version, AbortSignal.timeout(WITHIN_MS)));
	} catch {
		return null;
	}
}

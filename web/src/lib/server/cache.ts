/** Small answers that every page needs and that only change with the data: kept by data version and by what the reader may see. */
import type { Claims } from '../../../../contracts/claims.ts';

const LIMIT = 300;
const kept = new Map<string, Promise<unknown>>();

/** Figures of whole pages, least recently read first: a few kilobytes each, and gone with their version. */
const PAGES = 400;
const pages = new Map<string, Promise<unknown>>();

/** The same page of the same data for readers with the same sight is worked out once. `name` holds whatever else it depends on. */
export function cachedPage<T>(version: string, claims: Claims, name: string, compute: () => Promise<T>): Promise<T> {
	const key = JSON.stringify([version, claims.tenant, claims.role, claims.scopes, name]);
	const answer =
		(pages.get(key) as Promise<T> | undefined) ??
		compute().catch((caught: unknown) => {
			pages.delete(key);
			throw caught;
		});
	pages.delete(key);
	pages.set(key, answer);
	if (pages.size > PAGES) pages.delete(pages.keys().next().value as string);
	return answer;
}

export function cached<T>(version: string, claims: Claims, name: string, compute: () => Promise<T>): Promise<T> {
	const key = JSON.stringify([version, claims.tenant, claims.role, claims.scopes, name]);
	const known = kept.get(key);
	if (known) return known as Promise<T>;
	const answer = compute().catch((caught: unknown) => {
		kept.delete(key);
		throw caught;
	});
	kept.set(key, answer);
	if (kept.size > LIMIT) kept.delete(kept.keys().next().value as string);
	return answer;
}

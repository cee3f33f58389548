/** Small answers that every page needs and that only change with the data: kept by data version and by what the reader may see. */
import type { Claims } from '../../../../contracts/claims.ts';

const LIMIT = 300;
const kept = new Map<string, Promise<unknown>>();

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

/** When two questions are the same: a key that does not depend on how the query happens to be written. */
import { createHash } from 'node:crypto';
import type { SemanticQuery } from '../../contracts/semantic.ts';

/** Starts with the version, so that answers of an old one can be told. */
export function cacheKey(version: string, scope: string, kind: string, query: SemanticQuery): string {
	const text = JSON.stringify([scope, kind, normalised(query)]);
	return `${version}/${createHash('sha256').update(text).digest('base64')}`;
}

/** Members keep their order, for some response formats show it; conditions are a set. */
function normalised(query: SemanticQuery): unknown {
	const { filters, order, ...rest } = query;
	return [sorted(rest), filters.map((filter) => JSON.stringify(sorted(filter))).sort(), order ?? null];
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [
				key,
				key === 'values' && Array.isArray(inner) && (value as { operator?: unknown }).operator !== 'inDateRange'
					? sortedValues(inner)
					: sorted(inner)
			])
	);
}

function sortedValues(values: readonly unknown[]): unknown[] {
	return [...new Set(values)].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

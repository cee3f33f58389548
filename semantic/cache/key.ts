/** When two questions are the same: a key that does not depend on how the query happens to be written. */
import { createHash } from 'node:crypto';
import type { SemanticQuery } from '../../contracts/semantic.ts';

/** The same in every version. */
export function questionKey(scope: string, kind: string, query: SemanticQuery): string {
	return createHash('sha256')
		.update(JSON.stringify([scope, kind, normalised(query)]))
		.digest('base64');
}

/** Starts with the version, so that answers of an old one can be told. */
export const answerKey = (version: string, question: string): string => `${version}/${question}`;

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

/** Puts right, in an answer that is not yet written out, what depends on how it was computed and not on what was asked. */
import type { Members } from './access/members.ts';

/** Cube's wrapper of one result, as far as it is used; rows are keyed by SQL alias. */
export interface Result {
	getResults: () => Result[];
	getRootResultObject: () => Record<string, unknown>[];
	getTransformData: () => {
		aliasToMemberNameMap: Record<string, string>;
		query: { dimensions?: string[]; timeDimensions?: { granularity?: string }[] };
	}[];
	getArray?: () => Record<string, unknown>[];
}

/** What an answer need not say: how and when it was computed. */
const INTERNAL = ['lastRefreshTime', 'dataSource', 'dbType', 'extDbType', 'external', 'refreshKeyValues', 'transformedQuery', 'requestId'];

/**
 * An empty set is null from a rollup and 0 from a fact: a count of nothing is 0 in both.
 * Only an ungrouped answer has a row for an empty set; sums of money and ratios stay null, and so do counts that rest on identity.
 */
export function tidy(answer: Result, members: Members, figuresOnly = false): void {
	for (const result of answer.getResults()) {
		const [root] = result.getRootResultObject();
		for (const key of INTERNAL) if (root) delete root[key];
		// Emptied, for Cube's native engine reads it.
		if (root && figuresOnly) root['annotation'] = {};
		const [asked] = result.getTransformData();
		if (!asked || asked.query.dimensions?.length || asked.query.timeDimensions?.some((time) => time.granularity)) continue;
		const [row] = result.getArray?.() ?? [];
		if (!row) continue;
		for (const [alias, member] of Object.entries(asked.aliasToMemberNameMap)) {
			const { unit, restsOn } = members.get(member) ?? {};
			if (row[alias] === null && unit === 'count' && restsOn === undefined) row[alias] = '0';
		}
	}
}

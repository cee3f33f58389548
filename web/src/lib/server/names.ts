/**
 * Names of members, for whatever is worked out by id alone: comparing thousands of members names a dozen of them, and two names beside each
 * id would be half of what such an answer weighs. Asked once a version; who asks has been given the ids by an answer of their own.
 */
import type { Claims } from '../../../../contracts/claims.ts';
import { MAX_ROWS } from '../../../../contracts/semantic.ts';
import { cached } from './cache.ts';
import { brandOf } from './context.ts';
import { askShared, text, type Query } from './semantic.ts';
import { readStatus } from './status.ts';

const NAMED = ['region', 'store', 'inviter', 'channel', 'campaign', 'series'] as const;
type Named = (typeof NAMED)[number];

export interface Name {
	zh: string;
	en: string;
}

/** What is not known, or has no names (grades), is called by its id. */
export type NameOf = (level: string, id: string) => Name;

export const BY_ID: NameOf = (_, id) => ({ zh: id, en: id });

/** The views that know every member of a level: stores have visits without leads, campaigns spend without anything. */
const VIEW: Record<Named, string> = {
	region: 'funnel',
	store: 'funnel',
	inviter: 'leads',
	channel: 'channels',
	campaign: 'channels',
	series: 'funnel'
};

export async function memberNames(claims: Claims | null): Promise<NameOf> {
	const { pointer } = await readStatus();
	if (!claims || !pointer) return BY_ID;
	const brand = brandOf(claims);
	return cached(pointer.version, brand, 'names', async () => {
		const members = (level: Named) => ['id', 'name_zh', 'name_en'].map((part) => `${VIEW[level]}.${level}_${part}`);
		const answers = await askShared(
			brand,
			Object.fromEntries(NAMED.map((level) => [level, { dimensions: members(level), limit: MAX_ROWS } satisfies Query])) as Record<
				Named,
				Query
			>
		);
		const names = new Map<string, Name>();
		for (const level of NAMED) {
			const [id = '', zh = '', en = ''] = members(level);
			for (const row of answers[level][0] ?? []) {
				const known = text(row, id);
				const name = text(row, zh) ?? known;
				if (known !== null && name !== null) names.set(`${level} ${known}`, { zh: name, en: text(row, en) ?? name });
			}
		}
		return (level, id) => names.get(`${level} ${id}`) ?? BY_ID(level, id);
	});
}

/** Members by which a sight is limited, as the form of an account shows them. */
import type { Role, ScopeDimension, Scopes } from '../../../../contracts/claims.ts';
import type { Locale } from '../format.ts';

interface Name {
	zh: string;
	en: string;
}

export interface ScopeMember extends Name {
	dimension: ScopeDimension;
	id: string;
	/** What it belongs to: the region of a store, the store of a person. */
	within?: Name;
}

export interface ScopeMembers {
	members: ScopeMember[];
	/** There are others; more of the name tells them apart. */
	more: boolean;
	/** Nobody could be asked: names are ids then, and nothing is found. */
	failed: boolean;
}

/** What the fields of role and scope show. */
export interface Sight {
	role: Role;
	/** By what each role is usually scoped; null: it sees every row. */
	usual: Record<Role, ScopeDimension | null>;
	chosen: ScopeMember[];
	/** What was looked for last. */
	kind: ScopeDimension;
	q: string;
	found: ScopeMembers;
}

/** How a form names a member: "store_id:S7". */
export const scopeValue = ({ dimension, id }: Pick<ScopeMember, 'dimension' | 'id'>): string => `${dimension}:${id}`;

const LISTED = 3;

/** Those of each kind that a line of text names; the rest is counted. */
export const firstMembers = (scopes: Scopes): Scopes => scopes.map(({ dimension, ids }) => ({ dimension, ids: ids.slice(0, LISTED) }));

/** "Region East China, Central China +2 · Store …"; empty for who sees everything. */
export function scopeWords(scopes: Scopes, named: readonly ScopeMember[], locale: Locale, kinds: Record<ScopeDimension, string>): string {
	const names = new Map(named.map((member) => [scopeValue(member), locale === 'en' ? member.en : member.zh]));
	return scopes
		.map(({ dimension, ids }) => {
			const first = ids.slice(0, LISTED).map((id) => names.get(scopeValue({ dimension, id })) ?? id);
			const more = ids.length > LISTED ? ` +${ids.length - LISTED}` : '';
			return `${kinds[dimension]} ${first.join(locale === 'en' ? ', ' : '、')}${more}`;
		})
		.join(' · ');
}

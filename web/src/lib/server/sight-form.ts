/** Role and scope as a form has them: a role, and a field "scope" such as "region_id:R1" for each member. */
import { z } from 'zod';
import {
	role,
	ROLE_SCOPE,
	SCOPE_DIMENSIONS,
	scopeDimension,
	type Role,
	type ScopeDimension,
	type Scopes
} from '../../../../contracts/claims.ts';
import type { Sight } from '#lib/account/scopes.ts';
import { findScopeMembers, nameScopes, type Reader } from './scope-members.ts';

const member = z.string().transform((text, context) => {
	const [, name, id = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
	const dimension = scopeDimension.safeParse(name);
	if (dimension.success && id.trim() !== '') return { dimension: dimension.data, id: id.trim() };
	context.addIssue({
		code: 'custom',
		message: `"${text}" is no member such as "region_id:R1"; dimensions are ${SCOPE_DIMENSIONS.join(', ')}.`
	});
	return z.NEVER;
});

const MOST_MEMBERS = 10_000;

/** Fields of a form. A member that is named twice counts once. */
export const sightFields = {
	role,
	scope: z
		.union([member.transform((one) => [one]), z.array(member).max(MOST_MEMBERS)])
		.default([])
		.transform((members): Scopes =>
			SCOPE_DIMENSIONS.flatMap((dimension) => {
				const ids = new Set(members.filter((one) => one.dimension === dimension).map(({ id }) => id));
				return ids.size > 0 ? [{ dimension, ids: [...ids] }] : [];
			})
		),
	/** What a browser without script looks for among the members; `look` is its button. */
	kind: scopeDimension.optional(),
	q: z.string().max(200).default(''),
	look: z.literal('1').optional()
};

interface SightForm {
	role: Role;
	scope: Scopes;
	kind?: ScopeDimension | undefined;
	q?: string;
}

/** What the fields show, under the policy of who looks. */
export async function sightOf(reader: Reader, { role, scope, kind, q = '' }: SightForm): Promise<Sight> {
	const wanted = kind ?? ROLE_SCOPE[role] ?? 'region_id';
	const [chosen, found] = await Promise.all([nameScopes(reader.claims, scope), findScopeMembers(reader, wanted, q)]);
	return { role, usual: ROLE_SCOPE, chosen, kind: wanted, q, found };
}

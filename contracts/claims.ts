/** Who is asking, and what they may see. Signed into every token; the semantic layer enforces it. */
import { z } from 'zod';

export const ROLES = [
	'executive',
	'region_manager',
	'area_manager',
	'dealer_group',
	'store_manager',
	'inviter',
	'advisor',
	'marketing',
	'analyst',
	'administrator'
] as const;

export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Dimensions of the organisation by which sight can be limited. */
export const SCOPE_DIMENSIONS = ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'] as const;
export const scopeDimension = z.enum(SCOPE_DIMENSIONS);
export type ScopeDimension = z.infer<typeof scopeDimension>;

/**
 * The dimension that a role is usually scoped by, and that a form offers first; null: the role sees every row and takes no scope.
 * Custom scopes may mix any dimensions, for any scoped role.
 */
export const ROLE_SCOPE: Record<Role, ScopeDimension | null> = {
	executive: null,
	region_manager: 'region_id',
	area_manager: 'area_id',
	dealer_group: 'dealer_group_id',
	store_manager: 'store_id',
	inviter: 'inviter_id',
	advisor: 'advisor_id',
	marketing: null,
	analyst: null,
	administrator: null
};

/** Members by which sight is limited, such as three regions, or a region and two stores elsewhere: what any of them allows is seen. */
const scopes = z
	.array(z.strictObject({ dimension: scopeDimension, ids: z.array(z.string().min(1).max(200)).min(1).max(5000) }))
	.max(SCOPE_DIMENSIONS.length)
	.refine((value) => new Set(value.map(({ dimension }) => dimension)).size === value.length, {
		message: 'A dimension is named once, with all of its ids.'
	});
export type Scopes = z.infer<typeof scopes>;

export const claims = z
	.strictObject({
		sub: z.string().min(1).max(200),
		role,
		scopes,
		tenant: z.string().min(1).max(200)
	})
	.refine((value) => scopesFitRole(value.role, value.scopes), { message: 'The scopes do not fit the role.' });
export type Claims = z.infer<typeof claims>;

/** Fails closed: a scoped role without any scope, or one that sees every row with a scope, is no valid claim. */
export function scopesFitRole(of: Role, given: Scopes): boolean {
	return ROLE_SCOPE[of] === null ? given.length === 0 : given.length > 0;
}

/** Who issued a token and for whom; checked on both sides. */
export const TOKEN = { issuer: 'onelane', audience: 'onelane-semantic', algorithm: 'HS256', seconds: 60 } as const;

/** How people sign in: the part of `onelane.config.ts` that the web server is told. */
import { z } from 'zod';
import { role, scopeDimension, scopesFitRole } from './claims.ts';

/** Which role members of a group get. The first rule that fits decides the role; scopes of all fitting rules of that role are united. */
const groupRule = z
	.strictObject({
		/** Name of the group as the provider says it; with one "*", whose part is "$1" in the ids: "region-*". */
		group: z
			.string()
			.min(1)
			.refine((value) => value.split('*').length <= 2, { message: 'may have one "*" only' }),
		role,
		/** Scope of a scoped role, such as { dimension: 'region_id', ids: ['$1'] }. */
		scopes: z.array(z.strictObject({ dimension: scopeDimension, ids: z.array(z.string().min(1)).min(1) })).default([])
	})
	.refine((rule) => scopesFitRole(rule.role, rule.scopes), { message: 'has scopes that do not fit its role' });

const oidc = z.strictObject({
	/** What the button says: "Sign in with …". */
	name: z.string().min(1).max(40),
	/** Address of the provider, under which /.well-known/openid-configuration is found. */
	issuer: z.url({ protocol: /^https?$/ }),
	client_id: z.string().min(1),
	scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']),
	/** Claim that lists a person's groups. */
	groups_claim: z.string().min(1).default('groups'),
	/** Claim that names a person on the pages. */
	name_claim: z.string().min(1).default('name'),
	/** Lets in only who showed a second factor: the signed token has one of these in `amr`, such as ['mfa'], or as `acr`. */
	second_factor: z.array(z.string().min(1)).min(1).optional(),
	roles: z.array(groupRule).min(1)
});

export const accountsConfig = z.strictObject({
	/** Offers sign-in with a password of onelane's own. */
	passwords: z.boolean().default(true),
	session: z
		.strictObject({
			/** A session ends after so long without a request … */
			idle_minutes: z.number().int().min(5).max(10_080).default(120),
			/** … and in any case after so long. */
			absolute_hours: z.number().int().min(1).max(720).default(12)
		})
		.prefault({}),
	/** Sign-in through a provider such as Keycloak, Entra ID or Okta. Its secret is ONELANE_OIDC_SECRET. */
	oidc: oidc.optional()
});

export type AccountsConfig = z.output<typeof accountsConfig>;
export type OidcConfig = z.output<typeof oidc>;

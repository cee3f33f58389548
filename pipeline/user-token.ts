/** Personal tokens: signed claims that the web server's `/api/v1` accepts. */
import { basename } from 'node:path';
import { SignJWT } from 'jose';
import { type Claims, ROLES, ROLE_SCOPE, SCOPE_DIMENSIONS, TOKEN, claims as schema } from '../contracts/claims.ts';
import type { Context } from './context.ts';
import { makeHome } from './context.ts';
import { UsageError } from './errors.ts';
import { secretOf } from './secrets.ts';

export interface TokenRequest {
	role: string;
	scope?: string;
	name: string;
	days: number;
}

/** @throws UsageError when role and scope do not fit */
export function claimsOf({ role, scope, name }: TokenRequest, tenant: string): Claims {
	const known = ROLES.find((candidate) => candidate === role);
	if (known === undefined) throw new UsageError(`Role "${role}" is unknown: choose one of ${ROLES.join(', ')}.`);
	const needed = ROLE_SCOPE[known];
	const [dimension, list = ''] = scope?.split('=', 2) ?? [];
	const ids = list.split(',').filter((id) => id !== '');
	if (needed === null && scope !== undefined) throw new UsageError(`A ${role} sees every row and takes no --scope.`);
	if (needed !== null && (dimension !== needed || ids.length === 0)) {
		throw new UsageError(`A ${role} needs --scope ${needed}=<id>[,<id>…], with ids as the reference data writes them.`);
	}
	const scopes = SCOPE_DIMENSIONS.filter((candidate) => candidate === dimension).map((candidate) => ({ dimension: candidate, ids }));
	return schema.parse({ sub: name, role: known, scopes, tenant });
}

export async function personalToken(
	context: Context,
	request: TokenRequest
): Promise<{ token: string; claims: Claims; expires_at: string }> {
	makeHome(context.home);
	const claims = claimsOf(request, basename(context.home));
	const expires = new Date(Date.now() + request.days * 86_400_000);
	const token = await new SignJWT({ ...claims })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setSubject(claims.sub)
		.setIssuer(TOKEN.issuer)
		.setAudience('onelane-api')
		.setIssuedAt()
		.setExpirationTime(Math.floor(expires.getTime() / 1000))
		.sign(Buffer.from(secretOf('ONELANE_SECRET', context.environment)));
	return { token, claims, expires_at: expires.toISOString() };
}

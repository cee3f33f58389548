/** Personal tokens: signed claims that the web server's `/api/v1` accepts. */
import { basename } from 'node:path';
import { SignJWT } from 'jose';
import { type Claims, ROLES, ROLE_SCOPE, SCOPE_DIMENSIONS, type ScopeDimension, TOKEN, claims as schema } from '../contracts/claims.ts';
import type { Context } from './context.ts';
import { makeHome } from './context.ts';
import { UsageError } from './errors.ts';
import { secretOf } from './secrets.ts';

export interface TokenRequest {
	role: string;
	scope?: string[];
	name: string;
	days: number;
}

/**
 * @param scope of each dimension one text, such as "region_id=R1,R2"
 * @throws UsageError when role and scope do not fit
 */
export function claimsOf({ role, scope = [], name }: TokenRequest, tenant: string): Claims {
	const known = ROLES.find((candidate) => candidate === role);
	if (known === undefined) throw new UsageError(`Role "${role}" is unknown: choose one of ${ROLES.join(', ')}.`);
	const usual = ROLE_SCOPE[known];
	if (usual === null && scope.length > 0) throw new UsageError(`The role ${known} sees every row and takes no --scope.`);
	if (usual !== null && scope.length === 0)
		throw new UsageError(`The role ${known} needs --scope ${usual}=<id>[,<id>…], with ids as the reference data writes them.`);
	const result = schema.safeParse({ sub: name, role: known, scopes: scope.map(readScope), tenant });
	if (!result.success) throw new UsageError(`This token can't be made: ${result.error.issues[0]?.message}`);
	return result.data;
}

function readScope(text: string): { dimension: ScopeDimension; ids: string[] } {
	const [name, list = ''] = text.split('=', 2);
	const dimension = SCOPE_DIMENSIONS.find((candidate) => candidate === name);
	const ids = list.split(',').filter((id) => id !== '');
	if (dimension === undefined || ids.length === 0)
		throw new UsageError(`--scope "${text}" names nothing: write <dimension>=<id>[,<id>…] with one of ${SCOPE_DIMENSIONS.join(', ')}.`);
	return { dimension, ids };
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

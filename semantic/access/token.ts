/** From the `Authorization` header to who is asking. */
import { jwtVerify } from 'jose';
import { claims, TOKEN, type Claims } from '../../contracts/claims.ts';

export class TokenError extends Error {}

const MAX_BYTES = 400_000;

/**
 * One algorithm only, and issuer, audience and expiry always: a token for another purpose, or without an end, is none.
 * @throws TokenError
 */
export async function verifyToken(authorization: string | undefined, secret: Uint8Array, ours: string): Promise<Claims> {
	const token = authorization?.replace(/^Bearer /i, '');
	if (!token) throw new TokenError('Say who you are: the request needs an Authorization header with a token.');
	if (token.length > MAX_BYTES) throw new TokenError('The token is too large.');
	const payload = await verified(token, secret);
	const { sub, role, scopes, tenant, iss: _iss, aud: _aud, exp: _exp, iat: _iat, nbf: _nbf, jti: _jti, ...rest } = payload;
	const result = claims.safeParse({ sub, role, scopes, tenant, ...rest });
	if (!result.success) throw new TokenError('The token does not say who you are in a way that is understood: sign in again.');
	// Two installations may share a secret; their people are not each other's.
	if (result.data.tenant !== ours) throw new TokenError('The token is for another installation: sign in here.');
	return result.data;
}

async function verified(token: string, secret: Uint8Array) {
	try {
		const { payload } = await jwtVerify(token, secret, {
			algorithms: [TOKEN.algorithm],
			issuer: TOKEN.issuer,
			audience: TOKEN.audience,
			requiredClaims: ['exp', 'iss', 'aud', 'sub'],
			clockTolerance: 5
		});
		return payload;
	} catch {
		throw new TokenError('The token is not valid or has expired: sign in again.');
	}
}

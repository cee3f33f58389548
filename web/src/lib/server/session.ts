/** Signed sessions of people, personal tokens of programs, and the short-lived token that the semantic layer asks for. */
import { SignJWT, jwtVerify } from 'jose';
import { TOKEN, claims as claimsSchema, type Claims } from '../../../../contracts/claims.ts';

export const SESSION_COOKIE = 'onelane_session';
export const SESSION_SECONDS = 12 * 3600;

/** Separate audiences, so that a token of one kind is never taken for another. */
const SESSION_AUDIENCE = 'onelane-web';
const PERSONAL_AUDIENCE = 'onelane-api';

export function signSession(claims: Claims, secret: Uint8Array): Promise<string> {
	return sign(claims, secret, SESSION_AUDIENCE, SESSION_SECONDS);
}

/** Null for anything but a valid, unexpired session of this tenant with claims that fit their role. */
export function readSession(token: string | undefined, secret: Uint8Array, tenant: string): Promise<Claims | null> {
	return verify(token, secret, SESSION_AUDIENCE, tenant);
}

/** A token of a program that talks to `/api/v1`; `onelane user token` writes the same. */
export function signPersonal(claims: Claims, secret: Uint8Array, seconds: number): Promise<string> {
	return sign(claims, secret, PERSONAL_AUDIENCE, seconds);
}

export function readPersonal(token: string | undefined, secret: Uint8Array, tenant: string): Promise<Claims | null> {
	return verify(token, secret, PERSONAL_AUDIENCE, tenant);
}

export function signSemantic(claims: Claims, secret: Uint8Array): Promise<string> {
	return sign(claims, secret, TOKEN.audience, TOKEN.seconds);
}

function sign(payload: Claims, secret: Uint8Array, audience: string, seconds: number): Promise<string> {
	return new SignJWT({ ...payload })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setIssuer(TOKEN.issuer)
		.setAudience(audience)
		.setIssuedAt()
		.setExpirationTime(`${seconds}s`)
		.sign(secret);
}

/** Homes may share a secret, so a token says for which of them it is. */
async function verify(token: string | undefined, secret: Uint8Array, audience: string, ours: string): Promise<Claims | null> {
	if (!token) return null;
	try {
		const { payload } = await jwtVerify(token, secret, { issuer: TOKEN.issuer, audience, algorithms: [TOKEN.algorithm] });
		const { sub, role, scopes, tenant } = payload;
		const parsed = claimsSchema.safeParse({ sub, role, scopes, tenant });
		return parsed.success && parsed.data.tenant === ours ? parsed.data : null;
	} catch {
		return null;
	}
}

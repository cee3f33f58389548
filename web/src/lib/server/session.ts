/** The reader's session, and the short-lived token that the semantic layer asks for. */
import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { SignJWT } from 'jose';
import { endSession, readSession, startSession, type Actor, type Session, type User } from '../../../../app-state/index.ts';
import { TOKEN, type Claims } from '../../../../contracts/claims.ts';
import { cookieName } from '#lib/preferences.ts';
import { appState, openState } from './app-state.ts';
import { environment } from './environment.ts';

const SESSION_COOKIE = 'onelane_session';
/** Minutes after signing in within which one may do what would lock the owner out, or let somebody else in for long. */
export const FRESH_MINUTES = 10;

function cookieOptions(url: URL) {
	// Lax: a link in a message opens the page that it names; posts from elsewhere never bring the cookie.
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
}

/** @throws StateError or SQLite's own error when the accounts are out of reach, see `isStateFault` */
export async function sessionOf({ cookies, url }: { cookies: Cookies; url: URL }): Promise<Session | null> {
	const value = cookies.get(cookieName(SESSION_COOKIE, url));
	return value ? readSession(openState(), value, environment().accounts.session, environment().tenant) : null;
}

type Event = Pick<RequestEvent, 'cookies' | 'url' | 'request' | 'getClientAddress'>;

/**
 * Signs in: always a new value, and what came along ends.
 *
 * @param proved of a sign-in at a provider: when somebody proved there who they are, if it says
 */
export async function enter(
	event: Event,
	kind: Session['kind'],
	who: { user: User } | { claims: Claims },
	proved: Date | null = null
): Promise<void> {
	const { cookies, url, request } = event;
	const { value, maxAge } = await startSession(appState(), {
		kind,
		who,
		proved,
		address: event.getClientAddress(),
		agent: request.headers.get('user-agent') ?? '',
		limits: environment().accounts.session,
		replaces: cookies.get(cookieName(SESSION_COOKIE, url))
	});
	cookies.set(cookieName(SESSION_COOKIE, url), value, { ...cookieOptions(url), maxAge });
}

export async function leave(event: RequestEvent): Promise<void> {
	const { session } = event.locals;
	event.cookies.delete(cookieName(SESSION_COOKIE, event.url), cookieOptions(event.url));
	if (session) await endSession(appState(), actorOf(event), session.id);
}

/** False for an invalid date. */
export const isFresh = (proved: Date): boolean => appState().now().getTime() - proved.getTime() <= FRESH_MINUTES * 60_000;

/** Whoever proved longer ago who they are signs in once more first: a cookie alone, or a screen left open, is not enough. @throws the way there */
export function assertFresh({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): void {
	if (isFresh(new Date(locals.session?.proved_at ?? NaN))) return;
	redirect(303, `/login?fault=again&to=${encodeURIComponent(url.pathname)}`);
}

/** Who acts, for the audit log. */
export function actorOf({ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>): Actor {
	const { session } = locals;
	const sub = session?.user?.id ?? session?.claims?.sub ?? '';
	return { sub, name: session?.user?.name ?? sub, address: getClientAddress() };
}

export function signSemantic(claims: Claims, secret: Uint8Array): Promise<string> {
	return new SignJWT({ ...claims })
		.setProtectedHeader({ alg: TOKEN.algorithm })
		.setIssuer(TOKEN.issuer)
		.setAudience(TOKEN.audience)
		.setIssuedAt()
		.setExpirationTime(`${TOKEN.seconds}s`)
		.sign(secret);
}

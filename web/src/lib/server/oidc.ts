/** Sign-in through an OIDC provider: authorization code with PKCE, state and nonce, by a certified client. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import * as client from 'openid-client';
import { beginFlow, externalUser, record, takeFlow, type User } from '../../../../app-state/index.ts';
import type { OidcConfig } from '../../../../contracts/accounts.ts';
import { isLoopback } from '../../../../contracts/environment.ts';
import { cookieName } from '#lib/preferences.ts';
import { appState } from './app-state.ts';
import { environment } from './environment.ts';
import { log, withoutValues } from './log.ts';
import { FRESH_MINUTES, isFresh } from './session.ts';

const TIMEOUT_S = 10;
const FLOW_SECONDS = 600;
const flowCookie = (url: URL) => cookieName('onelane_oidc', url);

let discovered: Promise<client.Configuration> | undefined;

/** What the provider says of itself, asked once; asked again after a failure. */
function provider(oidc: OidcConfig): Promise<client.Configuration> {
	discovered ??= discover(oidc).catch((caught: unknown) => {
		discovered = undefined;
		throw caught;
	});
	return discovered;
}

function discover({ issuer, client_id }: OidcConfig): Promise<client.Configuration> {
	const secret = environment().oidcSecret;
	const address = new URL(issuer);
	// Without TLS anybody on the way could answer for the provider; on this machine there is no way.
	const plain = address.protocol === 'http:' && isLoopback(address.hostname.replace(/^\[(.*)\]$/, '$1'));
	return client.discovery(address, client_id, undefined, secret ? client.ClientSecretBasic(secret) : client.None(), {
		timeout: TIMEOUT_S,
		// The library trusts a token that came over TLS from the provider's own address; its signature is checked all the same.
		execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])]
	});
}

const callback = (url: URL) => new URL('/login/oidc/callback', url.origin).href;

/**
 * Address at the provider to go to; remembers where to come back to.
 *
 * @param again what somebody wants to do needs a recent sign-in
 */
export async function startOidc(
	{ cookies, url, locals }: Pick<RequestEvent, 'cookies' | 'url' | 'locals'>,
	returnTo: string,
	again: boolean
): Promise<string> {
	const oidc = configured();
	const known = await reach(() => provider(oidc));
	const verifier = client.randomPKCECodeVerifier();
	const nonce = client.randomNonce();
	const state = await beginFlow(appState(), { verifier, nonce, return_to: returnTo, again });
	cookies.set(flowCookie(url), state, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: FLOW_SECONDS
	});
	return client.buildAuthorizationUrl(known, {
		redirect_uri: callback(url),
		scope: oidc.scopes.join(' '),
		code_challenge: await client.calculatePKCECodeChallenge(verifier),
		code_challenge_method: 'S256',
		state,
		nonce,
		// Whoever is signed in comes to prove once more who they are: the provider's own session is no answer to that.
		...((again || locals.session) && { prompt: 'login' }),
		// With it, the provider has to say when that was; one that lets the prompt go by is found out.
		...(again && { max_age: String(FRESH_MINUTES * 60) })
	}).href;
}

export type OidcAnswer =
	| { user: User; returnTo: string; /** When they proved there who they are; null: it does not say. */ proved: Date | null }
	| { fault: 'stale' | 'refused' | 'weak' | 'untold' | 'long_ago' | 'no_role' };

/** The provider's answer: only in the browser that asked, only once, and only as the provider signed it. */
export async function finishOidc({ cookies, url, getClientAddress }: RequestEvent): Promise<OidcAnswer> {
	const oidc = configured();
	const state = cookies.get(flowCookie(url));
	cookies.delete(flowCookie(url), { path: '/', secure: url.protocol === 'https:' });
	if (!state || url.searchParams.get('state') !== state) return { fault: 'stale' };
	const flow = await takeFlow(appState(), state);
	if (!flow) return { fault: 'stale' };
	const known = await reach(() => provider(oidc));
	const answer = await granted(known, url, flow, state);
	if (!answer) return { fault: 'refused' };
	const { signed, all } = answer;
	const address = getClientAddress();
	const person = {
		issuer: known.serverMetadata().issuer,
		subject: signed.sub,
		name: textOf(all[oidc.name_claim]) ?? textOf(all['preferred_username']) ?? '',
		groups: listOf(all[oidc.groups_claim])
	};
	const failed = (what: string) =>
		record(
			appState(),
			{ sub: '', name: person.name, address },
			{ action: 'signin.failed', target: person.name, detail: { with: 'oidc', what } }
		);
	const shown = [...listOf(signed['amr']), ...listOf(signed['acr'])];
	if (oidc.second_factor && !oidc.second_factor.some((wanted) => shown.includes(wanted))) {
		await failed('no second factor');
		return { fault: 'weak' };
	}
	const proved = typeof signed['auth_time'] === 'number' ? new Date(signed['auth_time'] * 1000) : null;
	if (flow.again && !(proved && isFresh(proved))) {
		await failed(proved ? 'signed in too long ago' : 'no time of the sign-in');
		return { fault: proved ? 'long_ago' : 'untold' };
	}
	const user = await externalUser(appState(), { address }, person, oidc.roles);
	return user ? { user, returnTo: flow.return_to, proved } : { fault: 'no_role' };
}

type Said = Record<string, unknown> & { sub: string };

/** What the provider says of the person: in the signed token, and with what its user-info adds to it. Null: it did not let them in. */
async function granted(
	known: client.Configuration,
	url: URL,
	flow: { verifier: string; nonce: string },
	state: string
): Promise<{ signed: Said; all: Said } | null> {
	try {
		const tokens = await client.authorizationCodeGrant(known, url, {
			pkceCodeVerifier: flow.verifier,
			expectedNonce: flow.nonce,
			expectedState: state,
			idTokenExpected: true
		});
		const said = tokens.claims();
		if (!said) return null;
		const more = known.serverMetadata().userinfo_endpoint ? await client.fetchUserInfo(known, tokens.access_token, said.sub) : {};
		return { signed: said, all: { ...more, ...said } };
	} catch (caught) {
		log.warn({ reason: reasonOf(caught) }, 'the answer of the OIDC provider was not accepted');
		return null;
	}
}

function configured(): OidcConfig {
	const { oidc } = environment().accounts;
	if (!oidc) error(404, 'There is no such sign-in.');
	return oidc;
}

async function reach<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (caught) {
		log.error({ reason: reasonOf(caught) }, 'the OIDC provider is out of reach');
		redirect(303, '/login?fault=away');
	}
}

/** An answer may carry what should not be in a log. */
const reasonOf = (caught: unknown) => withoutValues(caught instanceof Error ? caught.message : 'unknown');
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const listOf = (value: unknown) =>
	Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : [];

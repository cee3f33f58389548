/** `/api/v1`: the semantic layer's own protocol for programs, with a session cookie or a personal token. */
import type { RequestEvent } from '@sveltejs/kit';
import { readToken, takeAttempt, type Actor } from '../../../../app-state/index.ts';
import type { Claims } from '../../../../contracts/claims.ts';
import { asksForPeople } from '../../../../contracts/sight.ts';
import { isStateFault, openState } from './app-state.ts';
import { environment } from './environment.ts';
import { wrongParameter } from './form.ts';
import { noteReveal } from './reveals.ts';
import { forward } from './semantic.ts';
import { actorOf } from './session.ts';

const MAX_BODY = 200_000;
const PASSED_ON = ['content-type', 'retry-after', 'x-onelane-version'];

/** Forwards to `path` of the semantic layer under the caller's policy. Errors are JSON `{ error }`, as that protocol has them. */
export async function proxy(event: RequestEvent, path: '/v1/load' | '/v1/meta' | '/v1/sql'): Promise<Response> {
	const claims = await callerOrState(event, path);
	if (claims === 'broken') return Response.json({ error: 'The accounts are out of reach; try again.' }, { status: 503 });
	if (claims === 'wait') return Response.json({ error: 'Too many wrong tokens came from this address; try again later.' }, { status: 429 });
	if (!claims) return Response.json({ error: 'Sign in, or send a personal token as "Authorization: Bearer …".' }, { status: 401 });
	if (path === '/v1/meta') {
		// Cube's client may ask for views only; there is nothing else.
		const wrong = wrongParameter(event.url.searchParams, ['onlyViews']);
		if (wrong !== null) return Response.json({ error: wrong }, { status: 400 });
	}
	try {
		const { method, signal } = event.request;
		const body = method === 'POST' ? await limitedBody(event.request) : undefined;
		const answer =
			body === undefined
				? await forward(claims, path + event.url.search, { method: 'GET', left: signal })
				: await forward(claims, path, { method: 'POST', body, left: signal });
		const asked = body ?? event.url.searchParams.get('query') ?? '';
		if (answer.ok && path === '/v1/load' && isAboutPeople(asked)) await noteReveal(callerOf(event, claims), '/api/v1/load', {});
		const headers = new Headers({ 'cache-control': 'private, no-store' });
		for (const name of PASSED_ON) {
			const value = answer.headers.get(name);
			if (value) headers.set(name, value);
		}
		return new Response(answer.body as ReadableStream<Uint8Array> | null, { status: answer.status, headers });
	} catch (caught) {
		if (caught instanceof BodyTooLong) return Response.json({ error: `The query is longer than ${MAX_BODY} characters.` }, { status: 413 });
		if (event.request.signal.aborted) return new Response(null, { status: 499 });
		return Response.json({ error: 'The semantic layer is out of reach; try again.' }, { status: 503 });
	}
}

async function callerOrState(event: RequestEvent, path: string): Promise<Claims | 'wait' | 'broken' | null> {
	try {
		return await caller(event, path);
	} catch (caught) {
		if (isStateFault(caught)) return 'broken';
		throw caught;
	}
}

/** What the semantic layer could read, this can: escapes in JSON hide nothing. */
function isAboutPeople(asked: string): boolean {
	try {
		return asksForPeople(JSON.parse(asked));
	} catch {
		return false;
	}
}

/** A program's token names whom it acts for. */
function callerOf(event: RequestEvent, { sub }: Claims): Actor {
	return event.request.headers.has('authorization') ? { sub, name: sub, address: event.getClientAddress() } : actorOf(event);
}

class BodyTooLong extends Error {}

async function limitedBody(request: Request): Promise<string> {
	// The server in front breaks a body off that is longer than any it takes.
	const body = await request.text().catch(() => null);
	if (body === null || body.length > MAX_BODY) throw new BodyTooLong();
	return body;
}

/** A token decides alone when it is sent; a cookie is only taken from this site's own pages. Wrong tokens slow their sender down. */
async function caller({ request, locals, getClientAddress }: RequestEvent, path: string): Promise<Claims | 'wait' | null> {
	const header = request.headers.get('authorization');
	if (header) {
		const address = getClientAddress();
		const token = header.replace(/^Bearer\s+/i, '');
		const claims = await readToken(openState(), token, path === '/v1/meta' ? 'meta' : 'query', address, environment().tenant);
		return claims ?? ((await takeAttempt(openState(), 'token', address)) > 0 ? 'wait' : null);
	}
	const site = request.headers.get('sec-fetch-site');
	return site === null || site === 'same-origin' || site === 'none' ? locals.claims : null;
}

/** `/api/v1`: the semantic layer's own protocol for programs, with a session cookie or a personal token. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Claims } from '../../../../contracts/claims.ts';
import { environment } from './environment.ts';
import { forward } from './semantic.ts';
import { readPersonal } from './session.ts';

const MAX_BODY = 200_000;
const PASSED_ON = ['content-type', 'x-onelane-version', 'x-onelane-cache'];

/** Forwards to `path` of the semantic layer under the caller's policy. Errors are JSON `{ error }`, as that protocol has them. */
export async function proxy(event: RequestEvent, path: '/v1/load' | '/v1/meta' | '/v1/sql'): Promise<Response> {
	const claims = await caller(event);
	if (!claims) return Response.json({ error: 'Sign in, or send a personal token as "Authorization: Bearer …".' }, { status: 401 });
	try {
		const answer =
			event.request.method === 'POST'
				? await forward(claims, path, { method: 'POST', body: await limitedBody(event.request) })
				: await forward(claims, path + event.url.search, { method: 'GET' });
		const headers = new Headers({ 'cache-control': 'private, no-store' });
		for (const name of PASSED_ON) {
			const value = answer.headers.get(name);
			if (value) headers.set(name, value);
		}
		return new Response(answer.body, { status: answer.status, headers });
	} catch (caught) {
		if (caught instanceof BodyTooLong) return Response.json({ error: `The query is longer than ${MAX_BODY} characters.` }, { status: 413 });
		return Response.json({ error: 'The semantic layer is out of reach; try again.' }, { status: 503 });
	}
}

class BodyTooLong extends Error {}

async function limitedBody(request: Request): Promise<string> {
	const body = await request.text();
	if (body.length > MAX_BODY) throw new BodyTooLong();
	return body;
}

/** A token decides alone when it is sent; a cookie is only taken from this site's own pages. */
async function caller({ request, locals }: RequestEvent): Promise<Claims | null> {
	const header = request.headers.get('authorization');
	if (header) return readPersonal(header.replace(/^Bearer\s+/i, ''), environment().secret, environment().tenant);
	const site = request.headers.get('sec-fetch-site');
	return site === null || site === 'same-origin' || site === 'none' ? locals.claims : null;
}

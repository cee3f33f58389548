/** Every request: who asks, in which language and appearance, and what the browser may do with the answer. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import {
	LOCALE_COOKIE,
	RAIL_COOKIE,
	THEME_COOKIE,
	UP_COOKIE,
	WINDOW_COOKIE,
	cookieName,
	readLocale,
	readRail,
	readTheme,
	readUp,
	readWindow
} from '#lib/preferences.ts';
import { isStateFault } from '#lib/server/app-state.ts';
import { log, withoutValues } from '#lib/server/log.ts';
import { noteRefused } from '#lib/server/refused.ts';
import { refusal } from '#lib/server/requests.ts';
import { revealing } from '#lib/server/reveals.ts';
import { sessionOf } from '#lib/server/session.ts';

/** Reached without a session; `/api/v1` checks for itself, because programs bring a token instead. */
const OPEN = /^\/(login(\/code|\/oidc(\/callback)?)?|logout|preferences|healthz|readyz|api\/v1\/(load|meta|sql))$/;
/** Reached by somebody who must choose a password first. */
const CHANGE = '/account/password';
/** Seconds. */
const RETRY_AFTER = '2';

export const handle: Handle = async (input) => {
	const response = await answer(input);
	noteRefused(input.event, response.status);
	return response;
};

const answer: Handle = async ({ event, resolve }) => {
	const { locals } = event;
	const cookie = (name: string) => event.cookies.get(cookieName(name, event.url));
	locals.locale = readLocale(cookie(LOCALE_COOKIE));
	locals.theme = readTheme(cookie(THEME_COOKIE));
	locals.up = readUp(cookie(UP_COOKIE));
	locals.screen = { width: readWindow(cookie(WINDOW_COOKIE)), rail: readRail(cookie(RAIL_COOKIE)) };
	locals.queries = 0;
	locals.signal = event.request.signal;
	locals.reveal = revealing(event);
	const refused = refusal(event.request, event.url);
	if (refused) return kept(refused);
	locals.session = await sessionOf(event).catch((caught: unknown) => {
		// The sign-in page says so; nobody gets further.
		if (isStateFault(caught)) return null;
		throw caught;
	});
	locals.claims = locals.session?.claims ?? null;

	const elsewhere = destination(event);
	if (elsewhere !== null) {
		if (!event.isDataRequest) return kept(new Response(null, { status: 303, headers: { location: elsewhere } }));
		redirect(303, elsewhere);
	}

	// No page takes a file; and a form in broken parts would be an error of ours.
	if (/^multipart\//i.test(event.request.headers.get('content-type') ?? ''))
		return kept(new Response('Files are not taken: send a plain form.\n', { status: 415 }));

	const response = await resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%onelane.lang%', locals.locale)
				.replace('%onelane.theme%', locals.theme)
				.replace('%onelane.up%', locals.up)
				.replace('%onelane.rail%', locals.screen.rail)
	});
	// How many questions the page asked the semantic layer: read by the benchmark, and by anyone in the browser's own tools.
	response.headers.set('server-timing', `queries;desc="${locals.queries}"`);
	return kept(response);
};

/** Where somebody must go first; null: nowhere. */
function destination({ locals, url, route }: RequestEvent): string | null {
	const open = OPEN.test(url.pathname) || (import.meta.env.DEV && url.pathname === '/dev/components');
	if (locals.claims || open || route.id === null) return null;
	if (locals.session) return url.pathname === CHANGE ? null : CHANGE;
	return url.pathname === '/' && !url.search ? '/login' : `/login?to=${encodeURIComponent(url.pathname + url.search)}`;
}

/** Nothing of a reader's is kept by a browser or proxy. */
function kept(response: Response): Response {
	// Nothing is broken for good: a browser, a proxy and a program may ask again.
	if (response.status === 503 && !response.headers.has('retry-after')) response.headers.set('retry-after', RETRY_AFTER);
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	return response;
}

export const handleError: HandleServerError = ({ error, kind, event }) => {
	// A data request answers 200 and tells of the refusal inside.
	if (kind === 'app' && event.isDataRequest) noteRefused(event, error.status);
	if (kind !== 'unknown' || event.request.signal.aborted) return;
	const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
	// The route and not the address: that holds what somebody typed.
	log.error(
		{
			route: event.route.id,
			method: event.request.method,
			name,
			reason: withoutValues(message),
			at: stack?.match(/^\s+at .*$/gm)?.slice(0, 8)
		},
		'failed'
	);
};

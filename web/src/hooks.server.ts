/** Every request: who asks, in which language and appearance, and what the browser may do with the answer. */
import { redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { LOCALE_COOKIE, THEME_COOKIE, readLocale, readTheme } from '#lib/preferences.ts';
import { environment } from '#lib/server/environment.ts';
import { SESSION_COOKIE, readSession } from '#lib/server/session.ts';

/** Reached without a session; `/api/v1` checks for itself, because programs bring a token instead. */
const OPEN = /^\/(login|logout|preferences|healthz|readyz|api\/v1\/(load|meta|sql))$/;

const HEADERS: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'
};

export const handle: Handle = async ({ event, resolve }) => {
	const { locals, cookies, url } = event;
	locals.locale = readLocale(cookies.get(LOCALE_COOKIE));
	locals.theme = readTheme(cookies.get(THEME_COOKIE));
	locals.queries = 0;
	locals.claims = await readSession(cookies.get(SESSION_COOKIE), environment().secret, environment().tenant);

	const open = OPEN.test(url.pathname) || (import.meta.env.DEV && url.pathname === '/dev/components');
	if (!locals.claims && !open && event.route.id !== null) {
		const to = url.pathname === '/' && !url.search ? '/login' : `/login?to=${encodeURIComponent(url.pathname + url.search)}`;
		if (!event.isDataRequest) return withHeaders(new Response(null, { status: 303, headers: { location: to } }));
		redirect(303, to);
	}

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%onelane.lang%', locals.locale).replace('%onelane.theme%', locals.theme)
	});
	// How many questions the page asked the semantic layer: read by the benchmark, and by anyone in the browser's own tools.
	response.headers.set('server-timing', `queries;desc="${locals.queries}"`);
	return withHeaders(response);
};

function withHeaders(response: Response): Response {
	for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
	if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
	return response;
}

export const handleError: HandleServerError = ({ error, kind, event }) => {
	if (kind !== 'unknown') return;
	console.error(`${event.request.method} ${event.url.pathname} failed:`, error);
};

import { redirect } from '@sveltejs/kit';
import { LOCALE_COOKIE, LOCALES, THEME_COOKIE, THEMES } from '#lib/preferences.ts';
import { localPath } from '#lib/server/local-path.ts';
import type { RequestHandler } from './$types';

const YEAR = 365 * 24 * 3600;

/** Language and appearance: cookies of one reader on one device. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const form = await request.formData();
	const options = { path: '/', maxAge: YEAR, httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
	const lang = String(form.get('lang') ?? '');
	const theme = String(form.get('theme') ?? '');
	if (LOCALES.some((locale) => locale === lang)) cookies.set(LOCALE_COOKIE, lang, options);
	if (THEMES.some((known) => known === theme)) cookies.set(THEME_COOKIE, theme, options);
	// A page that goes on living asks again by itself.
	if (request.headers.get('accept') === 'application/json') return new Response(null, { status: 204 });
	redirect(303, localPath(form.get('to')));
};

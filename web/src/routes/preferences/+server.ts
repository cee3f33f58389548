import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LOCALE_COOKIE, LOCALES, RAIL_COOKIE, RAILS, THEME_COOKIE, THEMES, UP_COOKIE, UPS } from '#lib/preferences.ts';
import { requireForm } from '#lib/server/form.ts';
import { localPath } from '#lib/server/local-path.ts';
import type { RequestHandler } from './$types';

const form = z.strictObject({
	lang: z.enum(LOCALES).optional(),
	theme: z.enum(THEMES).optional(),
	up: z.enum(UPS).optional(),
	rail: z.enum(RAILS).optional(),
	to: z.string().max(8_000).optional()
});

const YEAR = 365 * 24 * 3600;

/** Language and appearance: cookies of one reader on one device. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
	const { lang, theme, up, rail, to } = await requireForm(request, form);
	const options = { path: '/', maxAge: YEAR, httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
	if (lang) cookies.set(LOCALE_COOKIE, lang, options);
	if (theme) cookies.set(THEME_COOKIE, theme, options);
	if (up) cookies.set(UP_COOKIE, up, options);
	if (rail) cookies.set(RAIL_COOKIE, rail, options);
	// A page that goes on living asks again by itself.
	if (request.headers.get('accept') === 'application/json') return new Response(null, { status: 204 });
	redirect(303, localPath(to));
};

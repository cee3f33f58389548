import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { LOCALE_COOKIE, LOCALES, RAIL_COOKIE, RAILS, THEME_COOKIE, THEMES, UP_COOKIE, UPS, cookieName } from '#lib/preferences.ts';
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
	const chosen = { [LOCALE_COOKIE]: lang, [THEME_COOKIE]: theme, [UP_COOKIE]: up, [RAIL_COOKIE]: rail };
	for (const [name, value] of Object.entries(chosen)) if (value) cookies.set(cookieName(name, url), value, options);
	// A page that goes on living asks again by itself.
	if (request.headers.get('accept') === 'application/json') return new Response(null, { status: 204 });
	redirect(303, localPath(to));
};

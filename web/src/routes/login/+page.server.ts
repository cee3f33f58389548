import { fail, redirect } from '@sveltejs/kit';
import { ROLE_SCOPE, claims as claimsSchema, role as roleSchema } from '../../../../contracts/claims.ts';
import { isLoopback } from '../../../../contracts/environment.ts';
import { roleChoices, tenant } from '#lib/server/demo-members.ts';
import { environment } from '#lib/server/environment.ts';
import { localPath } from '#lib/server/local-path.ts';
import { SESSION_COOKIE, SESSION_SECONDS, signSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

/** The role picker proves nothing about who asks: it is there on this machine only, and only when asked for. */
function isOpen(url: URL): boolean {
	return environment().demoLogin && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

export const load: PageServerLoad = async ({ url, locals }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.claims && !url.searchParams.has('to')) redirect(303, '/');
	if (!isOpen(url)) return { open: false, to, choices: null };
	const choices = await roleChoices().catch(() => null);
	return { open: true, to, choices };
};

export const actions: Actions = {
	default: async ({ request, cookies, url }) => {
		if (!isOpen(url)) return fail(403, { closed: true });
		const form = await request.formData();
		const role = roleSchema.safeParse(form.get('role'));
		if (!role.success) return fail(400, { wrong: true });
		const dimension = ROLE_SCOPE[role.data];
		const member = String(form.get('member') ?? '');
		const claims = claimsSchema.safeParse({
			sub: `demo:${role.data}${dimension ? `:${member}` : ''}`,
			role: role.data,
			scopes: dimension ? [{ dimension, ids: [member] }] : [],
			tenant: tenant()
		});
		if (!claims.success) return fail(400, { wrong: true });
		cookies.set(SESSION_COOKIE, await signSession(claims.data, environment().secret), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: url.protocol === 'https:',
			maxAge: SESSION_SECONDS
		});
		redirect(303, localPath(form.get('to')));
	}
};

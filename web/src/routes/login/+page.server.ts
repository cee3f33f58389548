import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { signInWithPassword } from '../../../../app-state/index.ts';
import { ROLE_SCOPE, claims as claimsSchema, role as roleSchema } from '../../../../contracts/claims.ts';
import { isLoopback } from '../../../../contracts/environment.ts';
import { appState } from '#lib/server/app-state.ts';
import { roleChoices, tenant } from '#lib/server/demo-members.ts';
import { environment } from '#lib/server/environment.ts';
import { onlyParameters, readForm, returnTo, typedName, typedPassword } from '#lib/server/form.ts';
import { localPath } from '#lib/server/local-path.ts';
import { refuse, refuseSignIn } from '#lib/server/refusals.ts';
import { enter } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

const FAULTS = ['stale', 'refused', 'weak', 'untold', 'long_ago', 'no_role', 'away', 'again'] as const;

/** The role picker proves nothing about who asks: it is there on this machine only, and only when asked for. */
function isOpen(url: URL): boolean {
	return environment().demoLogin && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

export const load: PageServerLoad = async ({ url, locals }) => {
	const to = localPath(url.searchParams.get('to'));
	if (locals.claims && !url.searchParams.has('to') && !url.searchParams.has('fault')) redirect(303, '/');
	appState();
	const { passwords, oidc } = environment().accounts;
	const open = isOpen(url);
	return {
		to,
		passwords,
		oidc: oidc?.name ?? null,
		fault: FAULTS.find((fault) => fault === url.searchParams.get('fault')) ?? null,
		demo: open ? await roleChoices() : null
	};
};

const demoForm = z.strictObject({ role: roleSchema, member: z.string().max(200).default(''), to: returnTo });
const passwordForm = z.strictObject({ name: typedName, password: typedPassword, to: returnTo });

export const actions: Actions = {
	default: async (event) => {
		onlyParameters(event.url, ['to', 'fault']);
		const form = await readForm(event.request, z.union([demoForm, passwordForm]));
		if (!form) return refuse(400, { wrong: 'form' });
		return 'role' in form ? enterDemo(event, form) : enterWithPassword(event, form);
	}
};

async function enterWithPassword(event: RequestEvent, { name, password, to }: z.output<typeof passwordForm>) {
	if (!environment().accounts.passwords) return refuse(403, { wrong: 'form' });
	const result = await signInWithPassword(appState(), { address: event.getClientAddress() }, name, password);
	if (!result.ok) return refuseSignIn(result, 'password', name);
	await enter(event, 'password', { user: result.user });
	redirect(303, result.user.must_change ? '/account/password' : localPath(to));
}

async function enterDemo(event: RequestEvent, { role, member, to }: z.output<typeof demoForm>) {
	if (!isOpen(event.url)) return refuse(403, { wrong: 'form' });
	const dimension = ROLE_SCOPE[role];
	const claims = claimsSchema.safeParse({
		sub: `demo:${role}${dimension ? `:${member}` : ''}`,
		role,
		scopes: dimension ? [{ dimension, ids: [member] }] : [],
		tenant: tenant()
	});
	if (!claims.success) return refuse(400, { wrong: 'role' });
	await enter(event, 'demo', { claims: claims.data });
	redirect(303, localPath(to));
}

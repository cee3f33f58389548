import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import {
	createToken,
	endAllSessions,
	endSessionOf,
	listSessions,
	listTokens,
	PERMISSIONS,
	revokeToken
} from '../../../../../app-state/index.ts';
import { accountMessages } from '#lib/messages/accounts/all.ts';
import { appState } from '#lib/server/app-state.ts';
import { environment } from '#lib/server/environment.ts';
import { readForm } from '#lib/server/form.ts';
import { orRefuse, refuse } from '#lib/server/refusals.ts';
import { firstMembers } from '#lib/account/scopes.ts';
import { nameScopes } from '#lib/server/scope-members.ts';
import { actorOf, assertFresh } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { session } = locals;
	const { title } = accountMessages[locals.locale].account;
	const changed = url.searchParams.has('changed');
	if (!session?.user) return { title, account: null, changed };
	const { user } = session;
	const { name, scopes, is_external } = user;
	const limits = environment().accounts.session;
	return {
		title,
		account: {
			name,
			scopes,
			named: session.claims ? await nameScopes(session.claims, firstMembers(scopes)) : [],
			isExternal: is_external,
			session: session.id,
			sessions: await listSessions(appState(), user, limits),
			tokens: await listTokens(appState(), user)
		},
		now: new Date().toISOString(),
		changed
	};
};

/** Of a person with an account: the demo has none. */
function owner({ locals }: RequestEvent) {
	const user = locals.session?.user;
	if (!user || user.must_change) error(403, 'There is no account.', { reason: 'permission' });
	return user;
}

const one = z.strictObject({ id: z.string().min(1).max(100) });
const permission = z.enum(PERMISSIONS);
const tokenForm = z.strictObject({
	name: z.string().trim().min(1).max(80),
	days: z.coerce.number().int().min(1).max(365),
	permissions: z.union([permission.transform((value) => [value]), z.array(permission).max(PERMISSIONS.length)])
});

export const actions: Actions = {
	end: async (event) => {
		assertFresh(event);
		const form = await readForm(event.request, one);
		if (!form) return refuse(400, { wrong: 'form' });
		await endSessionOf(appState(), actorOf(event), owner(event), form.id);
	},
	endAll: async (event) => {
		assertFresh(event);
		const user = owner(event);
		await endAllSessions(appState(), actorOf(event), user);
		redirect(303, '/login');
	},
	token: async (event) => {
		assertFresh(event);
		const user = owner(event);
		const form = await readForm(event.request, tokenForm);
		if (!form) return refuse(400, { wrong: 'form' });
		return orRefuse(async () => {
			const { token } = await createToken(appState(), actorOf(event), { user }, form);
			return { token };
		});
	},
	revoke: async (event) => {
		const form = await readForm(event.request, one);
		if (!form) return refuse(400, { wrong: 'form' });
		await revokeToken(appState(), actorOf(event), form.id, owner(event));
	}
};

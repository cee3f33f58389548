import { z } from 'zod';
import { addUser, findUsers, issueCode } from '../../../../../../app-state/index.ts';
import { role as roleSchema, scopesFitRole } from '../../../../../../contracts/claims.ts';
import { accountMessages } from '#lib/messages/accounts/all.ts';
import { administrator } from '#lib/server/administrator.ts';
import { appState } from '#lib/server/app-state.ts';
import { readForm } from '#lib/server/form.ts';
import { orRefuse, refuse } from '#lib/server/refusals.ts';
import { firstMembers } from '#lib/account/scopes.ts';
import { nameScopes } from '#lib/server/scope-members.ts';
import { assertFresh } from '#lib/server/session.ts';
import { sightFields, sightOf } from '#lib/server/sight-form.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGE = 50;
/** The address's filter and page; what is not understood is left out. */
const userFilter = z.object({
	about: z.string().trim().max(200).default('').catch(''),
	role: roleSchema.optional().catch(undefined),
	page: z.coerce.number().int().min(1).max(1_000_000).default(1).catch(1)
});

export const load: PageServerLoad = async (event) => {
	const reader = administrator(event);
	const asked = userFilter.parse(Object.fromEntries(event.url.searchParams));
	const { users, all, page } = await findUsers(appState(), { ...asked, size: PAGE });
	const [named, sight] = await Promise.all([
		nameScopes(
			reader.claims,
			users.flatMap(({ scopes }) => firstMembers(scopes))
		),
		sightOf(reader, { role: 'analyst', scope: [] })
	]);
	return { title: accountMessages[event.locals.locale].users.title, users, all, page, size: PAGE, asked, named, sight };
};

const newUser = z.strictObject({ name: z.string().max(200), display_name: z.string().max(200), ...sightFields });

export const actions: Actions = {
	default: async (event) => {
		const reader = administrator(event);
		const form = await readForm(event.request, newUser);
		if (!form) return refuse(400, { wrong: 'form' });
		const { name, display_name, role, scope } = form;
		const typed = async () => ({ name, display_name, sight: await sightOf(reader, form) });
		if (form.look) return typed();
		assertFresh(event);
		if (!scopesFitRole(role, scope)) return refuse(400, { wrong: 'scope', ...(await typed()) });
		return orRefuse(async () => {
			const added = await addUser(appState(), reader.by, { name, display_name, role, scopes: scope });
			return { issued: { name: added.name, ...(await issueCode(appState(), reader.by, added)) } };
		}, typed);
	}
};

import { z } from 'zod';
import { addUser, issueCode, listUsers } from '../../../../../../app-state/index.ts';
import { administrator } from '#lib/server/administrator.ts';
import { appState } from '#lib/server/app-state.ts';
import { readForm, typedName } from '#lib/server/form.ts';
import { orRefuse, refuse } from '#lib/server/refusals.ts';
import { sightFields } from '#lib/server/sight-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	administrator(event);
	return { users: await listUsers(appState()) };
};

const newUser = z.strictObject({ name: typedName, display_name: z.string().max(200), ...sightFields });

export const actions: Actions = {
	default: async (event) => {
		const by = administrator(event);
		const form = await readForm(event.request, newUser);
		if (!form) return refuse(400, { wrong: 'form' });
		return orRefuse(async () => {
			const added = await addUser(appState(), by, form);
			return { issued: { name: added.name, ...(await issueCode(appState(), by, added)) } };
		}, form.name);
	}
};

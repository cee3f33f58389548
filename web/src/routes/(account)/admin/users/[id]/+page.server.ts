import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { changeSight, endAllSessions, getUser, issueCode, setDisabled, StateError } from '../../../../../../../app-state/index.ts';
import { scopesFitRole } from '../../../../../../../contracts/claims.ts';
import { accountMessages } from '#lib/messages/accounts/all.ts';
import { administrator } from '#lib/server/administrator.ts';
import { appState } from '#lib/server/app-state.ts';
import { readForm } from '#lib/server/form.ts';
import { orRefuse, refuse } from '#lib/server/refusals.ts';
import { assertFresh } from '#lib/server/session.ts';
import { sightFields, sightOf } from '#lib/server/sight-form.ts';
import type { Actions, PageServerLoad } from './$types';

async function named(id: string) {
	try {
		return await getUser(appState(), id);
	} catch (caught) {
		if (caught instanceof StateError) error(404, 'There is no such account.');
		throw caught;
	}
}

export const load: PageServerLoad = async (event) => {
	const reader = administrator(event);
	const user = await named(event.params.id);
	return {
		title: `${user.name} · ${accountMessages[event.locals.locale].users.title}`,
		user,
		sight: await sightOf(reader, { role: user.role, scope: user.scopes })
	};
};

const sightForm = z.strictObject(sightFields);
const nothing = z.strictObject({});

/** Whom it is about, and who does it; the form of a button is empty. */
async function button(event: RequestEvent<{ id: string }>) {
	const { by } = administrator(event);
	assertFresh(event);
	return (await readForm(event.request, nothing)) ? { by, user: await named(event.params.id) } : null;
}

const disabling = (disabled: boolean) => async (event: RequestEvent<{ id: string }>) => {
	const asked = await button(event);
	if (!asked) return refuse(400, { wrong: 'form' });
	return orRefuse(async () => {
		await setDisabled(appState(), asked.by, asked.user, disabled);
		return { saved: true };
	});
};

export const actions: Actions = {
	sight: async (event) => {
		const reader = administrator(event);
		const form = await readForm(event.request, sightForm);
		if (!form) return refuse(400, { wrong: 'form' });
		const user = await named(event.params.id);
		if (user.is_external) return refuse(400, { wrong: 'form' });
		const typed = async () => ({ sight: await sightOf(reader, form) });
		if (form.look) return typed();
		assertFresh(event);
		if (!scopesFitRole(form.role, form.scope)) return refuse(400, { wrong: 'scope', ...(await typed()) });
		return orRefuse(async () => {
			await changeSight(appState(), reader.by, user, form.role, form.scope);
			return { saved: true };
		}, typed);
	},
	disable: disabling(true),
	enable: disabling(false),
	reset: async (event) => {
		const asked = await button(event);
		if (!asked || asked.user.is_external) return refuse(400, { wrong: 'form' });
		return { issued: { name: asked.user.name, ...(await issueCode(appState(), asked.by, asked.user)) } };
	},
	signOut: async (event) => {
		const asked = await button(event);
		if (!asked) return refuse(400, { wrong: 'form' });
		return { ended: await endAllSessions(appState(), asked.by, asked.user) };
	}
};

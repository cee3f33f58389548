import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { useCode } from '../../../../../app-state/index.ts';
import { appState } from '#lib/server/app-state.ts';
import { environment } from '#lib/server/environment.ts';
import { readForm, typedName, typedPassword } from '#lib/server/form.ts';
import { orRefuse, refuse, refuseSignIn } from '#lib/server/refusals.ts';
import { enter } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => {
	if (!environment().accounts.passwords) redirect(303, '/login');
	appState();
};

const codeForm = z.strictObject({ name: typedName, code: z.string().min(1).max(100), password: typedPassword, again: typedPassword });

export const actions: Actions = {
	default: async (event) => {
		const form = environment().accounts.passwords ? await readForm(event.request, codeForm) : null;
		if (!form) return refuse(400, { wrong: 'form' });
		const { name, code, password, again } = form;
		if (password !== again) return refuse(400, { wrong: 'different', name });
		const refused = await orRefuse(
			async () => {
				const result = await useCode(appState(), { address: event.getClientAddress() }, name, code, password);
				if (!result.ok) return refuseSignIn(result, 'code', name);
				await enter(event, 'password', { user: result.user });
			},
			() => ({ name })
		);
		return refused ?? redirect(303, '/');
	}
};

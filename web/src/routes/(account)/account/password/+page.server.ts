import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { changePassword } from '../../../../../../app-state/index.ts';
import { accountMessages } from '#lib/messages/accounts/all.ts';
import { appState } from '#lib/server/app-state.ts';
import { readForm, typedPassword } from '#lib/server/form.ts';
import { orRefuse, refuse, refuseSignIn } from '#lib/server/refusals.ts';
import { enter } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (!locals.session?.user?.has_password) redirect(303, '/account');
	return { title: accountMessages[locals.locale].change.title, name: locals.session.user.name };
};

const changeForm = z.strictObject({
	present: typedPassword,
	password: typedPassword,
	again: typedPassword,
	name: z.string().max(200).optional()
});

export const actions: Actions = {
	default: async (event) => {
		const user = event.locals.session?.user;
		if (!user) error(403, 'There is no account.', { reason: 'permission' });
		const form = await readForm(event.request, changeForm);
		if (!form) return refuse(400, { wrong: 'form' });
		const { present, password, again } = form;
		if (password !== again) return refuse(400, { wrong: 'different' });
		const refused = await orRefuse(async () => {
			const result = await changePassword(appState(), { address: event.getClientAddress() }, user, present, password);
			if (!result.ok) return refuseSignIn(result, 'present');
			await enter(event, 'password', { user: result.user });
		});
		return refused ?? redirect(303, '/account?changed');
	}
};

import { error, redirect } from '@sveltejs/kit';
import { deleteView, saveView, setDefaultView, StateError } from '../../../../../app-state/index.ts';
import { role as roleSchema } from '../../../../../contracts/claims.ts';
import { appState } from '#lib/server/app-state.ts';
import { localPath } from '#lib/server/local-path.ts';
import { maySetDefaults } from '#lib/server/views.ts';
import type { RequestHandler } from './$types';

/** Saves, deletes, or makes a view a role's default, and goes back to the page; forms, so that it works without script. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { claims } = locals;
	if (!claims) error(401, 'Sign in first.');
	const form = await request.formData();
	const text = (key: string) => String(form.get(key) ?? '');
	const page = localPath(text('page')).split(/[?#]/)[0] ?? '/';
	const search = text('search');
	const back = page + (search.startsWith('?') ? search : '');
	switch (text('do')) {
		case 'save': {
			try {
				await saveView(appState(), claims, { name: text('name'), page, search, shared: text('shared') === 'on' });
			} catch (caught) {
				// A name that is too long, or too many views: said beside the form.
				if (caught instanceof StateError || (caught instanceof Error && caught.name === 'ZodError')) redirect(303, withProblem(back));
				throw caught;
			}
			break;
		}
		case 'delete':
			if (!(await deleteView(appState(), claims, text('id')))) error(404, 'There is no such view of yours.');
			break;
		case 'default': {
			if (!maySetDefaults(claims)) error(403, 'Not allowed.', { reason: 'permission' });
			const role = text('role') === '' ? null : roleSchema.safeParse(text('role')).data;
			if (role === undefined || !(await setDefaultView(appState(), text('id'), role))) error(404, 'There is no such shared view.');
			break;
		}
		default:
			error(400, 'Nothing to do.');
	}
	redirect(303, back);
};

function withProblem(back: string): string {
	return `${back}${back.includes('?') ? '&' : '?'}view=failed`;
}

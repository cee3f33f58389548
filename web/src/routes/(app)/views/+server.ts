import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { deleteView, saveView, setDefaultView, StateError } from '../../../../../app-state/index.ts';
import { role as roleSchema } from '../../../../../contracts/claims.ts';
import { appState } from '#lib/server/app-state.ts';
import { readForm } from '#lib/server/form.ts';
import { localPath } from '#lib/server/local-path.ts';
import { maySetDefaults } from '#lib/server/views.ts';
import type { RequestHandler } from './$types';

const viewForm = z.strictObject({
	do: z.enum(['save', 'delete', 'default']),
	page: z.string().max(200),
	search: z.string().max(8_000).default(''),
	name: z.string().max(200).default(''),
	shared: z.literal('on').optional(),
	id: z.string().max(100).default(''),
	role: z.union([z.literal(''), roleSchema]).default('')
});

/** Saves, deletes, or makes a view a role's default, and goes back to the page; forms, so that it works without script. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { claims } = locals;
	if (!claims) error(401, 'Sign in first.');
	const form = await readForm(request, viewForm);
	if (!form) error(400, 'Nothing to do.');
	const page = localPath(form.page).split(/[?#]/)[0] ?? '/';
	const { search } = form;
	const back = page + (search.startsWith('?') ? search : '');
	switch (form.do) {
		case 'save': {
			try {
				await saveView(appState(), claims, { name: form.name, page, search, shared: form.shared === 'on' });
			} catch (caught) {
				// A name that is too long, or too many views: said beside the form.
				if (caught instanceof StateError || (caught instanceof Error && caught.name === 'ZodError')) redirect(303, withProblem(back));
				throw caught;
			}
			break;
		}
		case 'delete':
			if (!(await deleteView(appState(), claims, form.id))) error(404, 'There is no such view of yours.');
			break;
		case 'default': {
			if (!maySetDefaults(claims)) error(403, 'Not allowed.', { reason: 'permission' });
			const role = form.role === '' ? null : form.role;
			if (!(await setDefaultView(appState(), form.id, role))) error(404, 'There is no such shared view.');
			break;
		}
	}
	redirect(303, back);
};

function withProblem(back: string): string {
	return `${back}${back.includes('?') ? '&' : '?'}view=failed`;
}

import { error } from '@sveltejs/kit';
import { findByName } from '#lib/server/find.ts';
import { onlyParameters } from '#lib/server/form.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

const LONGEST = 60;

/** Members and metrics whose name holds the asked words, of what the reader may see. */
export const GET: RequestHandler = async ({ url, locals }) => {
	if (!locals.claims) error(401, 'Sign in first.');
	onlyParameters(url, ['q']);
	const { pointer } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.', { reason: 'not_ready' });
	const text = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST);
	return Response.json(text === '' ? [] : await findByName(text, locals.claims, pointer.version, locals.locale));
};

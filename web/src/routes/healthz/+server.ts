import { onlyParameters } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** Alive: the process answers. */
export const GET: RequestHandler = ({ url }) => {
	onlyParameters(url, []);
	return Response.json({ status: 'ok' });
};

import { json } from '@sveltejs/kit';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** Which data is served, for a wall that looks every half minute whether there is something new. */
export const GET: RequestHandler = async () => {
	const { pointer, refresh } = await readStatus();
	return json({ version: pointer?.version ?? null, failed: refresh?.status === 'failed' });
};

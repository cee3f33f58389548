import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/local-path.ts';
import { finishOidc } from '#lib/server/oidc.ts';
import { enter } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const answer = await finishOidc(event);
	if ('fault' in answer) redirect(303, `/login?fault=${answer.fault}`);
	await enter(event, 'oidc', { user: answer.user }, answer.proved);
	redirect(303, localPath(answer.returnTo));
};

import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/local-path.ts';
import { startOidc } from '#lib/server/oidc.ts';
import type { RequestHandler } from './$types';

/** A link and no form: `form-action` would forbid the way on to the provider. It changes nothing until the provider answers this browser. */
export const GET: RequestHandler = async (event) => redirect(303, await startOidc(event, localPath(event.url.searchParams.get('to'))));

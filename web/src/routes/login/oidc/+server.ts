import { localPath } from '#lib/server/local-path.ts';
import { startOidc } from '#lib/server/oidc.ts';
import type { RequestHandler } from './$types';

/**
 * A link and no form: `form-action` would forbid the way on to the provider. It changes nothing until the provider answers this browser.
 * The one answer that leads to another site, and it leads where the configuration says.
 */
export const GET: RequestHandler = async (event) => {
	const { searchParams } = event.url;
	const location = await startOidc(event, localPath(searchParams.get('to')), searchParams.has('again'));
	return new Response(null, { status: 303, headers: { location } });
};

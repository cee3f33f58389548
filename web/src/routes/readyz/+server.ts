import { environment } from '#lib/server/environment.ts';
import { onlyParameters } from '#lib/server/form.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** 200 once a version is published and the semantic layer serves one; the body says which, how old, and how the last refresh went. */
export const GET: RequestHandler = async ({ url }) => {
	onlyParameters(url, []);
	const { pointer, refresh } = await readStatus();
	const semantic = await semanticReady();
	const ready = pointer !== null && semantic;
	const now = Date.now();
	return Response.json(
		{
			status: ready ? 'ready' : 'not ready',
			reason: ready ? null : pointer ? 'The semantic layer does not answer yet.' : 'No data has been published yet.',
			version: pointer?.version ?? null,
			built_at: pointer?.built_at ?? null,
			age_seconds: pointer ? Math.round((now - Date.parse(pointer.built_at)) / 1000) : null,
			sources: (pointer?.freshness ?? []).map((source) => ({
				...source,
				age_seconds: Math.round((now - Date.parse(source.loaded_at)) / 1000)
			})),
			last_refresh: refresh
		},
		{ status: ready ? 200 : 503 }
	);
};

async function semanticReady(): Promise<boolean> {
	try {
		return (await fetch(`${environment().semanticUrl}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
	} catch {
		return false;
	}
}

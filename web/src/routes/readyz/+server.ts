import { NOT_ANSWERING } from '../../../../contracts/semantic.ts';
import { environment } from '#lib/server/environment.ts';
import { onlyParameters } from '#lib/server/form.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** 200 once a version is published and the semantic layer serves one; the body says which, how old, and how the last refresh went. */
export const GET: RequestHandler = async ({ url }) => {
	onlyParameters(url, []);
	const { pointer, refresh } = await readStatus();
	const trouble = pointer ? await semanticTrouble() : 'No data has been published yet.';
	const ready = trouble === null;
	const now = Date.now();
	return Response.json(
		{
			status: ready ? 'ready' : 'not ready',
			reason: trouble,
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

/** Why the semantic layer can't serve; null when it can. */
async function semanticTrouble(): Promise<string | null> {
	try {
		const response = await fetch(`${environment().semanticUrl}/readyz`, { signal: AbortSignal.timeout(2000) });
		if (response.ok) return null;
		const { error } = (await response.json()) as { error?: string };
		return error ?? NOT_ANSWERING;
	} catch {
		return NOT_ANSWERING;
	}
}

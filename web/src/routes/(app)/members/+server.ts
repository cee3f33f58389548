import { error, json } from '@sveltejs/kit';
import { filterOptions } from '#lib/server/context.ts';
import { onlyParameters } from '#lib/server/form.ts';
import { searchPlaces } from '#lib/server/places.ts';
import { readStatus } from '#lib/server/status.ts';
import type { RequestHandler } from './$types';

/** Regions, areas and stores by name, or those inside one of them: `?q=` or `?region=` / `?area=`. Only what the reader may see. */
export const GET: RequestHandler = async ({ url, locals }) => {
	if (!locals.claims) error(401, 'Sign in first.');
	onlyParameters(url, ['q', 'region', 'area']);
	const { pointer } = await readStatus();
	if (!pointer) error(503, 'No data has been published yet.');
	const options = await filterOptions(locals.claims, pointer.version);
	const { searchParams } = url;
	return json(
		searchPlaces(options, {
			text: (searchParams.get('q') ?? '').slice(0, 80),
			region: searchParams.get('region'),
			area: searchParams.get('area')
		})
	);
};

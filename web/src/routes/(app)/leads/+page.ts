import { island } from '#lib/island/island.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => {
	const body = await island(async () => ({ Body: (await import('./Body.svelte')).default, words: {} }));
	return { ...data, ...body };
};

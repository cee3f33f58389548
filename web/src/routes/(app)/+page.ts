import { island } from '#lib/island/island.ts';
import { loadCockpitWords } from '#lib/messages/cockpit/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale, t } = await parent();
	const body = await island(async () => {
		const [{ default: Body }, words] = await Promise.all([import('./Body.svelte'), loadCockpitWords(locale)]);
		return { Body, words: { t: { ...t, ...words } } };
	});
	return { ...data, ...body };
};

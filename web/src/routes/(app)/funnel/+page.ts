import { island } from '#lib/island/island.ts';
import { loadFunnelWords } from '#lib/messages/funnel/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale, t } = await parent();
	const body = await island(async () => {
		const [{ default: Body }, words] = await Promise.all([import('./Body.svelte'), loadFunnelWords(locale)]);
		return { Body, words: { t: { ...t, ...words } } };
	});
	return { ...data, ...body };
};

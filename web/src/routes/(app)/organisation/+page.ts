import { island } from '#lib/island/island.ts';
import { loadOrganisationMessages } from '#lib/messages/organisation/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale } = await parent();
	const body = await island(async () => {
		const [{ default: Body }, words] = await Promise.all([import('./Body.svelte'), loadOrganisationMessages(locale)]);
		return { Body, words: { w: words } };
	});
	return { ...data, ...body };
};

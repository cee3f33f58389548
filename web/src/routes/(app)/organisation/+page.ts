import { loadOrganisationMessages } from '#lib/messages/organisation/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale } = await parent();
	return { ...data, w: await loadOrganisationMessages(locale) };
};

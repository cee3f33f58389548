import { loadLoginWords } from '#lib/messages/login/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale, t } = await parent();
	return { ...data, t: { ...t, ...(await loadLoginWords(locale)) } };
};

import { loadCockpitWords } from '#lib/messages/cockpit/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const [words, { t }] = await Promise.all([loadCockpitWords(data.locale), parent()]);
	return { ...data, t: { ...t, ...words } };
};

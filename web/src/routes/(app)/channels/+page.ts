import { loadChannelMessages } from '#lib/messages/channels/index.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
	const { locale } = await parent();
	return { ...data, w: await loadChannelMessages(locale) };
};

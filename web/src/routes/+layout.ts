import { loadMessages } from '#lib/messages/index.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({ ...data, t: await loadMessages(data.locale) });

import { loadAccountMessages } from '#lib/messages/accounts/index.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent }) => ({ a: await loadAccountMessages((await parent()).locale) });

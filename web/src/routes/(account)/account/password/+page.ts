import { accountPage } from '#lib/account/page.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
	...data,
	...(await accountPage(() => import('./Body.svelte'), (await parent()).locale))
});

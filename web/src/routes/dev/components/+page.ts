import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
	...data,
	Gallery: import.meta.env.DEV ? (await import('#lib/dev/Gallery.svelte')).default : null
});

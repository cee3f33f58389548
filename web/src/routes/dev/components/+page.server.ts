import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Every component with its states, for those who change them. A built server knows nothing of it. */
export const load: PageServerLoad = async (event) => {
	if (!import.meta.env.DEV) error(404, 'There is nothing here.');
	const { gallery } = await import('#lib/dev/gallery.ts');
	return gallery(event);
};

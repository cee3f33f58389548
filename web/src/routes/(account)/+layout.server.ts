import { readStatus } from '#lib/server/status.ts';
import type { LayoutServerLoad } from './$types';

/** The pages of accounts need no data, so they are there before the first refresh and when the semantic layer is away. */
export const load: LayoutServerLoad = async ({ locals }) => {
	const { session } = locals;
	const { pointer } = await readStatus();
	return {
		timezone: pointer?.timezone ?? 'UTC',
		me: {
			name: session?.user?.display_name ?? null,
			role: session?.user?.role ?? session?.claims?.role ?? null,
			mustChange: session?.user?.must_change ?? false
		}
	};
};

/** Saved views of a page, for its reader; a damaged state leaves the page without them and never without its figures. */
import { defaultView, listViews, StateError, type SavedView } from '../../../../app-state/index.ts';
import type { Claims, Role } from '../../../../contracts/claims.ts';
import { openState } from './app-state.ts';

/** Roles that may say what others open a page with. */
const MAY_SET_DEFAULTS: readonly Role[] = ['executive', 'administrator', 'analyst'];

export const maySetDefaults = ({ role }: Pick<Claims, 'role'>): boolean => MAY_SET_DEFAULTS.includes(role);

export interface ShownView {
	id: string;
	name: string;
	search: string;
	mine: boolean;
	shared: boolean;
	defaultFor: Role | null;
}

async function orNothing<T>(work: () => Promise<T>, nothing: T): Promise<T> {
	try {
		return await work();
	} catch (caught) {
		if (caught instanceof StateError) return nothing;
		throw caught;
	}
}

export function viewsOf(claims: Claims, page: string): Promise<ShownView[]> {
	return orNothing(async () => {
		const views = await listViews(openState(), claims, page);
		return views.map(({ id, name, search, owner, shared, default_for_role }: SavedView) => ({
			id,
			name,
			search,
			mine: owner === claims.sub,
			shared,
			defaultFor: default_for_role
		}));
	}, []);
}

/** Search parameters that the reader's role opens the page with; null: as it comes. */
export function defaultSearch({ role }: Claims, page: string): Promise<string | null> {
	return orNothing(async () => (await defaultView(openState(), role, page))?.search || null, null);
}

/** Saved views: a page's address under a name. The address carries filters, never data, so a view shows each reader only their own. */
import { z } from 'zod';
import { role as roleSchema, type Role } from '../contracts/claims.ts';
import { newId } from './ids.ts';
import type { AppState } from './open.ts';
import { StateError } from './open.ts';

const MOST_VIEWS = 200;

export const viewInput = z.strictObject({
	name: z.string().trim().min(1).max(80),
	page: z
		.string()
		.max(200)
		.regex(/^\/(?!\/)[\w/.-]*$/),
	search: z
		.string()
		.max(4000)
		.regex(/^(\?[\x21-\x7e]*)?$/),
	shared: z.boolean().default(false)
});
export type ViewInput = z.input<typeof viewInput>;

export interface SavedView {
	id: string;
	owner: string;
	name: string;
	page: string;
	search: string;
	shared: boolean;
	default_for_role: Role | null;
	created_at: string;
	updated_at: string;
}

/** Own views and those that others share, by name; of one page or of all. */
export async function listViews({ db }: AppState, reader: { sub: string }, page?: string): Promise<SavedView[]> {
	let query = db
		.selectFrom('saved_views')
		.selectAll()
		.where((where) => where.or([where('owner', '=', reader.sub), where('shared', '=', 1)]));
	if (page !== undefined) query = query.where('page', '=', page);
	return (await query.orderBy('name').orderBy('id').execute()).map(asView);
}

/** Saves under a name; one's own view of that name and page is replaced. @throws StateError when there are too many, ZodError for bad input */
export async function saveView({ db, now }: AppState, owner: { sub: string }, input: ViewInput): Promise<SavedView> {
	const { name, page, search, shared } = viewInput.parse(input);
	const at = now().toISOString();
	return db.transaction().execute(async (trx) => {
		const { count } = await trx
			.selectFrom('saved_views')
			.select((row) => row.fn.countAll<number>().as('count'))
			.where('owner', '=', owner.sub)
			.executeTakeFirstOrThrow();
		if (count >= MOST_VIEWS) throw new StateError(`You keep ${count} views, which is the most: delete some first.`);
		const row = await trx
			.insertInto('saved_views')
			.values({
				id: newId('v'),
				owner: owner.sub,
				name,
				page,
				search,
				shared: Number(shared),
				default_for_role: null,
				created_at: at,
				updated_at: at
			})
			.onConflict((conflict) => conflict.columns(['owner', 'page', 'name']).doUpdateSet({ search, shared: Number(shared), updated_at: at }))
			.returningAll()
			.executeTakeFirstOrThrow();
		return asView(row);
	});
}

/** False when there is no such view of theirs. */
export async function deleteView({ db }: AppState, owner: { sub: string }, id: string): Promise<boolean> {
	const { numDeletedRows } = await db.deleteFrom('saved_views').where('id', '=', id).where('owner', '=', owner.sub).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Makes a shared view the one that a role's people open its page with, or (null) takes that away. False when no shared view has the id. */
export async function setDefaultView({ db }: AppState, id: string, role: Role | null): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const view = await trx.selectFrom('saved_views').select('page').where('id', '=', id).where('shared', '=', 1).executeTakeFirst();
		if (!view) return false;
		const before = trx.updateTable('saved_views').set({ default_for_role: null });
		if (role !== null) await before.where('page', '=', view.page).where('default_for_role', '=', role).execute();
		await trx.updateTable('saved_views').set({ default_for_role: role }).where('id', '=', id).execute();
		return true;
	});
}

export async function defaultView({ db }: AppState, role: Role, page: string): Promise<SavedView | null> {
	const row = await db
		.selectFrom('saved_views')
		.selectAll()
		.where('page', '=', page)
		.where('default_for_role', '=', role)
		.where('shared', '=', 1)
		.executeTakeFirst();
	return row ? asView(row) : null;
}

function asView(row: Omit<SavedView, 'shared' | 'default_for_role'> & { shared: number; default_for_role: string | null }): SavedView {
	return { ...row, shared: row.shared === 1, default_for_role: roleSchema.safeParse(row.default_for_role).data ?? null };
}

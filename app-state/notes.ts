/** Notes pinned to a figure and a day: "price cut announced". A note is read by those who see the rows that it is about. */
import { z } from 'zod';
import { newId } from './ids.ts';
import type { AppState } from './open.ts';
import type { NotesTable } from './tables.ts';

const MOST_LISTED = 500;

export const noteInput = z.strictObject({
	page: z
		.string()
		.max(200)
		.regex(/^\/(?!\/)[\w/.-]*$/),
	metric: z
		.string()
		.max(120)
		.regex(/^[\w.]*$/),
	date: z.iso.date(),
	scope: z.string().min(1).max(10_000),
	text: z.string().trim().min(1).max(500)
});
export type NoteInput = z.input<typeof noteInput>;
export type Note = NotesTable;

export interface NotePlace {
	page: string;
	/** Scopes whose notes the reader may see; null: every one. */
	scopes: readonly string[] | null;
	/** Business dates, inclusive. */
	from: string;
	to: string;
}

/** By date, then oldest first. */
export async function listNotes({ db }: AppState, { page, scopes, from, to }: NotePlace): Promise<Note[]> {
	let query = db.selectFrom('notes').selectAll().where('page', '=', page).where('date', '>=', from).where('date', '<=', to);
	if (scopes !== null) query = query.where('scope', 'in', [...scopes]);
	return query.orderBy('date').orderBy('created_at').limit(MOST_LISTED).execute();
}

/** @throws ZodError for bad input */
export async function addNote({ db, now }: AppState, author: { sub: string }, input: NoteInput): Promise<Note> {
	const note = { id: newId('n'), ...noteInput.parse(input), author: author.sub, created_at: now().toISOString() };
	await db.insertInto('notes').values(note).execute();
	return note;
}

/** False when there is no such note of theirs. */
export async function deleteNote({ db }: AppState, author: { sub: string }, id: string): Promise<boolean> {
	const { numDeletedRows } = await db.deleteFrom('notes').where('id', '=', id).where('author', '=', author.sub).executeTakeFirst();
	return numDeletedRows > 0n;
}

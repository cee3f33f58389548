/** The tables of the state as queries see them. Instants are ISO 8601 in UTC, flags 0 or 1. */

export interface SavedViewsTable {
	id: string;
	/** `sub` of the claims of whoever saved it. */
	owner: string;
	name: string;
	/** Path of the page, such as "/funnel". */
	page: string;
	/** Search parameters of the address, with their "?"; may be empty. */
	search: string;
	shared: number;
	/** Role whose people open the page with it; at most one view for a page and role. */
	default_for_role: string | null;
	created_at: string;
	updated_at: string;
}

export interface NotesTable {
	id: string;
	page: string;
	/** Member of the semantic layer that the note stands at, such as "leads.leads"; "" for the page as a whole. */
	metric: string;
	/** Business date. */
	date: string;
	/** Whose rows the note is about: the key of its author's sight. */
	scope: string;
	text: string;
	/** `sub` of the claims of whoever wrote it. */
	author: string;
	created_at: string;
}

export interface Tables {
	saved_views: SavedViewsTable;
	notes: NotesTable;
}

/** Saved views and pinned notes. Instants are ISO 8601 in UTC; owners and authors are the `sub` of their claims. */
export const viewsAndNotes = `
create table saved_views (
	id text primary key,
	owner text not null,
	name text not null,
	page text not null,
	search text not null,
	shared integer not null default 0 check (shared in (0, 1)),
	default_for_role text,
	created_at text not null,
	updated_at text not null,
	unique (owner, page, name)
) strict;
create unique index saved_views_default on saved_views (page, default_for_role) where default_for_role is not null;
create index saved_views_shared on saved_views (page) where shared = 1;

create table notes (
	id text primary key,
	page text not null,
	metric text not null,
	date text not null,
	scope text not null,
	text text not null,
	author text not null,
	created_at text not null
) strict;
create index notes_by_place on notes (page, scope, date);
`;

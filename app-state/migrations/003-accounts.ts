/** Accounts and what proves them. Secrets (passwords, session and token values, codes) are kept as hashes only. */
export const accounts = `
create table users (
	id text primary key,
	name text not null unique,
	display_name text not null,
	role text not null,
	scopes text not null,
	password_hash text,
	must_change integer not null default 0 check (must_change in (0, 1)),
	issuer text,
	subject text,
	disabled_at text,
	created_at text not null,
	updated_at text not null,
	last_sign_in_at text,
	unique (issuer, subject)
) strict;

create table sessions (
	id text primary key,
	token_hash text not null unique,
	user_id text references users (id) on delete cascade,
	claims text,
	kind text not null check (kind in ('password', 'oidc', 'demo')),
	created_at text not null,
	seen_at text not null,
	expires_at text not null,
	address text not null,
	agent text not null,
	check ((user_id is null) = (claims is not null))
) strict;
create index sessions_of_user on sessions (user_id);

create table api_tokens (
	id text primary key,
	token_hash text not null unique,
	user_id text references users (id) on delete cascade,
	claims text,
	name text not null,
	permissions text not null,
	created_at text not null,
	expires_at text not null,
	last_used_at text,
	last_used_from text,
	revoked_at text,
	check ((user_id is null) = (claims is not null))
) strict;
create index api_tokens_of_user on api_tokens (user_id);

create table one_time_codes (
	user_id text primary key references users (id) on delete cascade,
	code_hash text not null,
	created_at text not null,
	expires_at text not null
) strict;

create table throttles (
	key text primary key,
	failures integer not null,
	since text not null,
	until text
) strict;

create table oidc_flows (
	state_hash text primary key,
	verifier text not null,
	nonce text not null,
	return_to text not null,
	expires_at text not null
) strict;
`;

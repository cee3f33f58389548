/** The tables of the state as queries see them. Instants are ISO 8601 in UTC, flags 0 or 1. */
import type { Generated } from 'kysely';

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

export interface AuditTable {
	/** 1, 2, 3 … without gaps. */
	seq: Generated<number>;
	at: string;
	/** `sub` of the claims, "system" for a scheduled command, "" for somebody unknown. */
	actor: string;
	/** The actor's name at that time. */
	actor_name: string;
	action: string;
	/** What it was done to: an account, a version, a table. */
	target: string;
	/** JSON object. */
	detail: string;
	/** Where from: a network address, or "command line". */
	address: string;
	/** Which key signed it. */
	key_id: string;
	/** `mac` of the row before. */
	previous: string;
	mac: string;
}

export interface UsersTable {
	id: string;
	/** What is typed at sign-in, lower case. */
	name: string;
	display_name: string;
	role: string;
	/** JSON, as in the claims. */
	scopes: string;
	/** Argon2id in PHC form; null: no password of ours. */
	password_hash: string | null;
	must_change: number;
	/** Identity at an OIDC provider. */
	issuer: string | null;
	subject: string | null;
	disabled_at: string | null;
	created_at: string;
	updated_at: string;
	last_sign_in_at: string | null;
}

export interface SessionsTable {
	/** Names the session on its owner's page; proves nothing. */
	id: string;
	token_hash: string;
	user_id: string | null;
	/** JSON; of a demo session, which has no account. */
	claims: string | null;
	kind: 'password' | 'oidc' | 'demo';
	created_at: string;
	/** When its owner proved who they are; null: their provider did not say. */
	proved_at: string | null;
	seen_at: string;
	/** Absolute end. */
	expires_at: string;
	address: string;
	agent: string;
}

export interface ApiTokensTable {
	id: string;
	token_hash: string;
	user_id: string | null;
	/** JSON; of a program's token, which has no account. */
	claims: string | null;
	name: string;
	/** JSON array. */
	permissions: string;
	created_at: string;
	expires_at: string;
	last_used_at: string | null;
	last_used_from: string | null;
	revoked_at: string | null;
}

export interface OneTimeCodesTable {
	user_id: string;
	code_hash: string;
	created_at: string;
	expires_at: string;
}

export interface ThrottlesTable {
	key: string;
	failures: number;
	/** First failure that counts. */
	since: string;
	/** Refused until then. */
	until: string | null;
}

export interface OidcFlowsTable {
	state_hash: string;
	verifier: string;
	nonce: string;
	return_to: string;
	/** 1: of somebody who has a session, and proves once more who they are. */
	again: number;
	expires_at: string;
}

export interface Tables {
	saved_views: SavedViewsTable;
	notes: NotesTable;
	audit_log: AuditTable;
	users: UsersTable;
	sessions: SessionsTable;
	api_tokens: ApiTokensTable;
	one_time_codes: OneTimeCodesTable;
	throttles: ThrottlesTable;
	oidc_flows: OidcFlowsTable;
}

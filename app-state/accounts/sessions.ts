/** Sessions: a random value in a cookie, its hash here. They end by idleness, by age, by sign-out, and with what they stood on. */
import { claims as claimsSchema, type Claims } from '../../contracts/claims.ts';
import { type Actor, record } from '../audit.ts';
import { newId } from '../ids.ts';
import { hashOf, newSecretValue } from '../keys.ts';
import type { AppState } from '../open.ts';
import type { SessionsTable } from '../tables.ts';
import { asUser, claimsOfUser, type User } from './users.ts';

export interface SessionLimits {
	idle_minutes: number;
	absolute_hours: number;
}

export interface Session {
	id: string;
	kind: SessionsTable['kind'];
	/** When its owner proved who they are, as ISO 8601; null: their provider did not say. */
	proved_at: string | null;
	/** Null for a demo session. */
	user: User | null;
	/** What the reader may see; null until a password that must be changed has been. */
	claims: Claims | null;
}

export interface SessionStart {
	kind: SessionsTable['kind'];
	/** An account, or for the role picker the claims themselves. */
	who: { user: User } | { claims: Claims };
	address: string;
	/** The browser's own description. */
	agent: string;
	limits: SessionLimits;
	/** Of a sign-in at a provider: when it says that they proved who they are. Whoever did it here did it now. */
	proved?: Date | null;
	/** Value of the cookie that came along: that session ends, so that no value from before a sign-in lives on. */
	replaces?: string | undefined;
}

/** Milliseconds by which clocks of two machines may differ. */
const CLOCKS_DIFFER = 5 * 60_000;
/** How often a session's last use is written down. */
const SEEN_EVERY = 60_000;
const MOST_AGENT = 200;

/** Starts a session; returns the value for the cookie, which is nowhere else. */
export async function startSession(state: AppState, start: SessionStart): Promise<{ value: string; maxAge: number }> {
	const value = newSecretValue();
	const now = state.now();
	const maxAge = start.limits.absolute_hours * 3600;
	const user = 'user' in start.who ? start.who.user : null;
	const claims = 'claims' in start.who ? start.who.claims : null;
	const proved = start.kind === 'oidc' ? (start.proved ?? null) : now;
	await state.db.transaction().execute(async (trx) => {
		if (start.replaces) await trx.deleteFrom('sessions').where('token_hash', '=', hashOf(start.replaces)).execute();
		await trx.deleteFrom('sessions').where('expires_at', '<=', now.toISOString()).execute();
		await trx
			.insertInto('sessions')
			.values({
				id: newId('s'),
				token_hash: hashOf(value),
				user_id: user?.id ?? null,
				claims: claims ? JSON.stringify(claims) : null,
				kind: start.kind,
				created_at: now.toISOString(),
				// A provider's clock that is ahead gives nobody more time.
				proved_at: proved && new Date(Math.min(proved.getTime(), now.getTime())).toISOString(),
				seen_at: now.toISOString(),
				expires_at: new Date(now.getTime() + maxAge * 1000).toISOString(),
				address: start.address,
				agent: start.agent.slice(0, MOST_AGENT)
			})
			.execute();
		if (user) await trx.updateTable('users').set({ last_sign_in_at: now.toISOString() }).where('id', '=', user.id).execute();
		const actor = { sub: user?.id ?? claims?.sub ?? '', name: user?.name ?? claims?.sub ?? '', address: start.address };
		await record(state, actor, { action: 'signin.ok', target: actor.name, detail: { with: start.kind } }, trx);
	});
	return { value, maxAge };
}

/** Null for anything but a living session of an account that may sign in. */
export async function readSession(
	state: AppState,
	value: string | undefined,
	limits: SessionLimits,
	tenant: string
): Promise<Session | null> {
	if (!value) return null;
	const now = state.now();
	const row = await state.db.selectFrom('sessions').selectAll().where('token_hash', '=', hashOf(value)).executeTakeFirst();
	if (!row) return null;
	const idle = now.getTime() - Date.parse(row.seen_at);
	// One from the future was begun while the clock was ahead: it would outlive its time.
	if (row.expires_at <= now.toISOString() || idle > limits.idle_minutes * 60_000 || idle < -CLOCKS_DIFFER) {
		await state.db.deleteFrom('sessions').where('id', '=', row.id).execute();
		return null;
	}
	if (idle > SEEN_EVERY) await state.db.updateTable('sessions').set({ seen_at: now.toISOString() }).where('id', '=', row.id).execute();
	return row.user_id === null ? demoSession(row, tenant) : userSession(state, row, row.user_id, tenant);
}

function demoSession(row: SessionsTable, tenant: string): Session | null {
	const claims = claimsSchema.safeParse(JSON.parse(row.claims ?? 'null')).data;
	return claims?.tenant === tenant ? { id: row.id, kind: row.kind, proved_at: row.proved_at, user: null, claims } : null;
}

async function userSession({ db }: AppState, row: SessionsTable, userId: string, tenant: string): Promise<Session | null> {
	const kept = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst();
	if (!kept || kept.disabled_at !== null) return null;
	const user = asUser(kept);
	return { id: row.id, kind: row.kind, proved_at: row.proved_at, user, claims: user.must_change ? null : claimsOfUser(user, tenant) };
}

export interface SessionSummary {
	id: string;
	kind: SessionsTable['kind'];
	created_at: string;
	seen_at: string;
	address: string;
	agent: string;
}

/** An account's living sessions, last used first. */
export async function listSessions({ db, now }: AppState, user: Pick<User, 'id'>, limits: SessionLimits): Promise<SessionSummary[]> {
	const idleSince = new Date(now().getTime() - limits.idle_minutes * 60_000).toISOString();
	return db
		.selectFrom('sessions')
		.select(['id', 'kind', 'created_at', 'seen_at', 'address', 'agent'])
		.where('user_id', '=', user.id)
		.where('expires_at', '>', now().toISOString())
		.where('seen_at', '>=', idleSince)
		.orderBy('seen_at', 'desc')
		.execute();
}

/** Signs out where one is. */
export async function endSession(state: AppState, by: Actor, id: string): Promise<void> {
	await state.db.transaction().execute(async (trx) => {
		const { numDeletedRows } = await trx.deleteFrom('sessions').where('id', '=', id).executeTakeFirst();
		if (numDeletedRows > 0n) await record(state, by, { action: 'signout', target: by.name }, trx);
	});
}

/** Ends another session of an account. False when it has no such session. */
export async function endSessionOf(state: AppState, by: Actor, user: Pick<User, 'id' | 'name'>, id: string): Promise<boolean> {
	return state.db.transaction().execute(async (trx) => {
		const { numDeletedRows } = await trx.deleteFrom('sessions').where('id', '=', id).where('user_id', '=', user.id).executeTakeFirst();
		if (numDeletedRows > 0n) await record(state, by, { action: 'session.ended', target: user.name, detail: { session: id } }, trx);
		return numDeletedRows > 0n;
	});
}

/** Signs an account out everywhere; returns how many sessions ended. */
export async function endAllSessions(state: AppState, by: Actor, user: Pick<User, 'id' | 'name'>): Promise<number> {
	return state.db.transaction().execute(async (trx) => {
		const { numDeletedRows } = await trx.deleteFrom('sessions').where('user_id', '=', user.id).executeTakeFirst();
		const sessions = Number(numDeletedRows);
		await record(state, by, { action: 'signout.everywhere', target: user.name, detail: { sessions } }, trx);
		return sessions;
	});
}

/** API tokens: shown once, kept as a hash. A person's token sees what the person sees now; a program's token has a role of its own. */
import { z } from 'zod';
import { claims as claimsSchema, type Claims } from '../../contracts/claims.ts';
import { type Actor, record } from '../audit.ts';
import { newId } from '../ids.ts';
import { hashOf, newSecretValue } from '../keys.ts';
import type { AppState } from '../open.ts';
import type { ApiTokensTable } from '../tables.ts';
import { AccountError } from './refusal.ts';
import { asUser, claimsOfUser, type User } from './users.ts';

/** What a token may ask: figures, or only what can be asked. */
export const PERMISSIONS = ['query', 'meta'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Scanners for leaked secrets know them by it. */
const PREFIX = 'onelane_';
const MOST_TOKENS = 50;
const USED_EVERY = 3_600_000;

export const tokenInput = z.strictObject({
	name: z.string().trim().min(1).max(80),
	permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
	days: z.number().int().min(1).max(365)
});
export type TokenInput = z.infer<typeof tokenInput>;

export interface TokenSummary {
	id: string;
	name: string;
	permissions: Permission[];
	created_at: string;
	expires_at: string;
	last_used_at: string | null;
	last_used_from: string | null;
	revoked_at: string | null;
}

/** @throws AccountError when an account has too many living tokens */
export async function createToken(
	state: AppState,
	by: Actor,
	whose: { user: Pick<User, 'id' | 'name'> } | { claims: Claims },
	input: TokenInput
): Promise<{ token: string; id: string; expires_at: string }> {
	const { name, permissions, days } = tokenInput.parse(input);
	const token = PREFIX + newSecretValue();
	const now = state.now();
	const expires_at = new Date(now.getTime() + days * 86_400_000).toISOString();
	const id = newId('t');
	const user = 'user' in whose ? whose.user : null;
	await state.db.transaction().execute(async (trx) => {
		if (user) {
			const { count } = await living(trx, user.id, now)
				.select((row) => row.fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow();
			if (count >= MOST_TOKENS) throw new AccountError('tokens', `There are ${count} living tokens, which is the most: revoke some first.`);
		}
		await trx
			.insertInto('api_tokens')
			.values({
				id,
				token_hash: hashOf(token),
				user_id: user?.id ?? null,
				claims: 'claims' in whose ? JSON.stringify(claimsSchema.parse(whose.claims)) : null,
				name,
				permissions: JSON.stringify([...new Set(permissions)]),
				created_at: now.toISOString(),
				expires_at,
				last_used_at: null,
				last_used_from: null,
				revoked_at: null
			})
			.execute();
		const detail = { token: id, permissions: permissions.join(' '), expires_at };
		await record(state, by, { action: 'token.created', target: user?.name ?? name, detail }, trx);
	});
	return { token, id, expires_at };
}

function living(db: AppState['db'], userId: string, now: Date) {
	return db
		.selectFrom('api_tokens')
		.where('user_id', '=', userId)
		.where('revoked_at', 'is', null)
		.where('expires_at', '>', now.toISOString());
}

/** Null for anything but a living token, with the permission, of an account that may sign in. Its use is in the audit log once an hour and address. */
export async function readToken(
	state: AppState,
	token: string,
	permission: Permission,
	address: string,
	tenant: string
): Promise<Claims | null> {
	if (!token.startsWith(PREFIX) || token.length > 100) return null;
	const now = state.now();
	const row = await state.db.selectFrom('api_tokens').selectAll().where('token_hash', '=', hashOf(token)).executeTakeFirst();
	if (!row || row.revoked_at !== null || row.expires_at <= now.toISOString()) return null;
	if (!(JSON.parse(row.permissions) as string[]).includes(permission)) return null;
	const claims = await claimsOf(state, row, tenant);
	if (claims?.tenant !== tenant) return null;
	const isNews = row.last_used_from !== address || !row.last_used_at || now.getTime() - Date.parse(row.last_used_at) > USED_EVERY;
	if (isNews) {
		await state.db.transaction().execute(async (trx) => {
			await trx
				.updateTable('api_tokens')
				.set({ last_used_at: now.toISOString(), last_used_from: address })
				.where('id', '=', row.id)
				.execute();
			await record(
				state,
				{ sub: claims.sub, name: row.name, address },
				{ action: 'token.used', target: row.name, detail: { token: row.id } },
				trx
			);
		});
	}
	return claims;
}

async function claimsOf({ db }: AppState, row: ApiTokensTable, tenant: string): Promise<Claims | null> {
	if (row.user_id === null) return claimsSchema.safeParse(JSON.parse(row.claims ?? 'null')).data ?? null;
	const kept = await db.selectFrom('users').selectAll().where('id', '=', row.user_id).executeTakeFirst();
	if (!kept || kept.disabled_at !== null || kept.must_change === 1) return null;
	return claimsOfUser(asUser(kept), tenant);
}

/** Of one account, or (null) of programs; newest first. */
export async function listTokens({ db }: AppState, user: Pick<User, 'id'> | null): Promise<TokenSummary[]> {
	const rows = await db
		.selectFrom('api_tokens')
		.select(['id', 'name', 'permissions', 'created_at', 'expires_at', 'last_used_at', 'last_used_from', 'revoked_at'])
		.where('user_id', user ? '=' : 'is', user ? user.id : null)
		.orderBy('created_at', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, permissions: JSON.parse(row.permissions) as Permission[] }));
}

/** False when there is no such living token; `user` limits it to one's own. */
export async function revokeToken(state: AppState, by: Actor, id: string, user?: Pick<User, 'id'>): Promise<boolean> {
	return state.db.transaction().execute(async (trx) => {
		let query = trx
			.updateTable('api_tokens')
			.set({ revoked_at: state.now().toISOString() })
			.where('id', '=', id)
			.where('revoked_at', 'is', null);
		if (user) query = query.where('user_id', '=', user.id);
		const { numUpdatedRows } = await query.executeTakeFirst();
		if (numUpdatedRows > 0n) await record(state, by, { action: 'token.revoked', target: id }, trx);
		return numUpdatedRows > 0n;
	});
}

/** Accounts: who may sign in, as what, and with which sight. Every change is in the audit log and ends the sessions that it concerns. */
import { sql } from 'kysely';
import { z } from 'zod';
import { role as roleSchema, claims as claimsSchema, type Claims, type Role, type Scopes } from '../../contracts/claims.ts';
import { type Actor, record } from '../audit.ts';
import { newId } from '../ids.ts';
import { type AppState, StateError } from '../open.ts';
import type { UsersTable } from '../tables.ts';
import { hashPassword } from './passwords.ts';
import { AccountError } from './refusal.ts';

export interface User {
	id: string;
	name: string;
	display_name: string;
	role: Role;
	scopes: Scopes;
	has_password: boolean;
	/** Must choose a password of their own before anything else. */
	must_change: boolean;
	/** Signs in through the OIDC provider. */
	is_external: boolean;
	disabled_at: string | null;
	created_at: string;
	last_sign_in_at: string | null;
}

const loginName = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,79}$/u, { message: 'A name has 2 to 80 letters, digits, or any of . _ @ + -' });

export interface NewUser {
	name: string;
	display_name?: string | undefined;
	role: Role;
	scopes: Scopes;
	/** A password that somebody else thought of: it must be changed at the first sign-in, unless it is one's own. */
	password?: { value: string; own: boolean } | undefined;
}

/** @throws AccountError for a bad or taken name, a role and scopes that do not fit, a weak password */
export async function addUser(state: AppState, by: Actor, input: NewUser): Promise<User> {
	const name = nameOf(input.name);
	const sight = sightOf(input.role, input.scopes);
	const password_hash = input.password ? await hashPassword(input.password.value, [name, 'onelane']) : null;
	const at = state.now().toISOString();
	const row: UsersTable = {
		id: newId('u'),
		name,
		display_name: displayNameOf(input.display_name ?? '') || name,
		...sight,
		password_hash,
		must_change: Number(input.password !== undefined && !input.password.own),
		issuer: null,
		subject: null,
		disabled_at: null,
		created_at: at,
		updated_at: at,
		last_sign_in_at: null
	};
	await state.db.transaction().execute(async (trx) => {
		if (await trx.selectFrom('users').select('id').where('name', '=', name).executeTakeFirst())
			throw new AccountError('taken', `There is an account "${name}" already: choose another name.`);
		await trx.insertInto('users').values(row).execute();
		await record(state, by, { action: 'user.added', target: name, detail: sight }, trx);
	});
	return asUser(row);
}

export async function listUsers({ db }: AppState): Promise<User[]> {
	return (await db.selectFrom('users').selectAll().orderBy('name').execute()).map(asUser);
}

export interface UserFilter {
	/** Words, each in the account's name or in what the person is called. */
	about?: string | undefined;
	role?: Role | undefined;
	/** Counted from 1; one past the end is the last one. */
	page: number;
	/** Accounts on a page. */
	size: number;
}

export interface FoundUsers {
	/** Of the page, by name. */
	users: User[];
	page: number;
	/** Accounts on all pages. */
	all: number;
}

export async function findUsers({ db }: AppState, { about = '', role, page, size }: UserFilter): Promise<FoundUsers> {
	let query = db.selectFrom('users');
	if (role) query = query.where('role', '=', role);
	for (const word of about.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)) {
		const found = (column: 'name' | 'display_name') => sql<boolean>`instr(lower(${sql.ref(column)}), ${word}) > 0`;
		query = query.where((where) => where.or([found('name'), found('display_name')]));
	}
	const { all } = await query.select((row) => row.fn.countAll<number>().as('all')).executeTakeFirstOrThrow();
	const shown = Math.max(1, Math.min(page, Math.ceil(all / size)));
	const rows = await query
		.selectAll()
		.orderBy('name')
		.limit(size)
		.offset((shown - 1) * size)
		.execute();
	return { users: rows.map(asUser), page: shown, all };
}

export async function countUsers({ db }: AppState): Promise<number> {
	const { count } = await db
		.selectFrom('users')
		.select((row) => row.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return count;
}

/** By id or name. @throws StateError when there is none */
export async function getUser({ db }: AppState, idOrName: string): Promise<User> {
	const row = await db
		.selectFrom('users')
		.selectAll()
		.where((where) => where.or([where('id', '=', idOrName), where('name', '=', idOrName.trim().toLowerCase())]))
		.executeTakeFirst();
	if (!row) throw new StateError(`There is no account "${idOrName}": "onelane user list" shows those that exist.`);
	return asUser(row);
}

/**
 * New role and sight; the sessions of before end.
 * @param by.provider says so an OIDC provider, whose word counts even where it leaves nobody to administer
 * @throws AccountError when they do not fit, or nobody would be left to administer
 */
export async function changeSight(state: AppState, by: Actor & { provider?: true }, user: User, role: Role, scopes: Scopes): Promise<void> {
	const sight = sightOf(role, scopes);
	const before = sightOf(user.role, user.scopes);
	if (before.role === sight.role && before.scopes === sight.scopes) return;
	await state.db.transaction().execute(async (trx) => {
		await trx
			.updateTable('users')
			.set({ ...sight, updated_at: state.now().toISOString() })
			.where('id', '=', user.id)
			.execute();
		if (user.role === 'administrator' && !by.provider) await assertAdministered(trx);
		await trx.deleteFrom('sessions').where('user_id', '=', user.id).execute();
		const detail = { ...sight, role_before: before.role, scopes_before: before.scopes };
		await record(state, by, { action: 'user.changed', target: user.name, detail }, trx);
	});
}

/** Disabling ends sessions at once and makes tokens useless; enabling lets the same account in again. @throws AccountError for the last administrator */
export async function setDisabled(state: AppState, by: Actor, user: User, disabled: boolean): Promise<void> {
	const at = state.now().toISOString();
	await state.db.transaction().execute(async (trx) => {
		await trx
			.updateTable('users')
			.set({ disabled_at: disabled ? at : null, updated_at: at })
			.where('id', '=', user.id)
			.execute();
		if (disabled) {
			if (user.role === 'administrator') await assertAdministered(trx);
			await trx.deleteFrom('sessions').where('user_id', '=', user.id).execute();
			await trx.deleteFrom('one_time_codes').where('user_id', '=', user.id).execute();
		}
		await record(state, by, { action: disabled ? 'user.disabled' : 'user.enabled', target: user.name }, trx);
	});
}

async function assertAdministered(db: AppState['db']): Promise<void> {
	const left = await db
		.selectFrom('users')
		.select('id')
		.where('role', '=', 'administrator')
		.where('disabled_at', 'is', null)
		.limit(1)
		.executeTakeFirst();
	if (!left) throw new AccountError('last', 'This is the last administrator: make somebody else one first.');
}

/** What the semantic layer is told about an account. */
export function claimsOfUser(user: Pick<User, 'id' | 'role' | 'scopes'>, tenant: string): Claims {
	return claimsSchema.parse({ sub: user.id, role: user.role, scopes: user.scopes, tenant });
}

/** @throws AccountError */
function nameOf(text: string): string {
	const parsed = loginName.safeParse(text.normalize('NFKC'));
	if (!parsed.success) throw new AccountError('unnamed', `"${text.slice(0, 80)}" is no account name: ${parsed.error.issues[0]?.message}.`);
	return parsed.data;
}

export const displayNameOf = (text: string): string =>
	text
		.normalize('NFC')
		.replace(/[\p{C}\s]+/gu, ' ')
		.trim()
		.slice(0, 80);

/** As it is kept. @throws AccountError */
export function sightOf(role: string, scopes: unknown): { role: Role; scopes: string } {
	const parsed = claimsSchema.safeParse({ sub: 'new', role, scopes, tenant: 'new' });
	if (!parsed.success) {
		const known = roleSchema.safeParse(role).success;
		throw new AccountError(
			known ? 'scope' : 'role',
			known
				? `The scopes do not fit the role "${role}": a role that sees every row takes none, the others need at least one.`
				: `Role "${role}" is unknown.`
		);
	}
	return { role: parsed.data.role, scopes: JSON.stringify(parsed.data.scopes) };
}

export function asUser(row: UsersTable): User {
	// A sight that no longer fits its role is a fault of ours; it must never widen, so it ends the request.
	const { role, scopes } = claimsSchema.parse({ sub: row.id, role: row.role, scopes: JSON.parse(row.scopes), tenant: 'kept' });
	return {
		id: row.id,
		name: row.name,
		display_name: row.display_name,
		role,
		scopes,
		has_password: row.password_hash !== null,
		must_change: row.must_change === 1,
		is_external: row.issuer !== null,
		disabled_at: row.disabled_at,
		created_at: row.created_at,
		last_sign_in_at: row.last_sign_in_at
	};
}

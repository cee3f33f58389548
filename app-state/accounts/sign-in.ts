/** Sign-in with a password, one-time codes in place of a forgotten one, and changes of it. */
import { randomInt } from 'node:crypto';
import { type Actor, record } from '../audit.ts';
import { hashOf, hmac } from '../keys.ts';
import type { AppState } from '../open.ts';
import { hashAsItIs, hashPassword, isOutdated, passwordFits } from './passwords.ts';
import { forgive, takeAttempt } from './throttle.ts';
import { asUser, type User } from './users.ts';

export type SignIn =
	| { ok: true; user: User }
	/** Nothing says whether the account exists. */
	| { ok: false; why: 'wrong' }
	| { ok: false; why: 'wait'; seconds: number };

/** Whoever asks before they are known. */
export interface Stranger {
	address: string;
}

const CODE_HOURS = 24;
/** Without those that look alike. 28 of 30 characters are 137 random bits, read out in groups of four. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const CODE_LENGTH = 28;

export async function signInWithPassword(state: AppState, from: Stranger, name: string, password: string): Promise<SignIn> {
	const paused = await pausedFor(state, from, name);
	if (paused) return paused;
	const row = await findByName(state, name);
	const usable = row && row.disabled_at === null ? row.password_hash : null;
	if (!(await passwordFits(password, usable)) || !row) {
		await recordFailure(state, from, name, row, 'password');
		return { ok: false, why: 'wrong' };
	}
	if (usable !== null && isOutdated(usable)) {
		const password_hash = await hashAsItIs(password);
		await state.db.updateTable('users').set({ password_hash }).where('id', '=', row.id).execute();
	}
	await welcome(state, from, name);
	return { ok: true, user: asUser(row) };
}

/** Makes the code that lets somebody choose a new password, once, within a day. It replaces one that was made before. */
export async function issueCode(state: AppState, by: Actor, user: User): Promise<{ code: string; expires_at: string }> {
	const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
	const now = state.now();
	const row = {
		user_id: user.id,
		code_hash: hashOf(letters),
		created_at: now.toISOString(),
		expires_at: new Date(now.getTime() + CODE_HOURS * 3_600_000).toISOString()
	};
	await state.db.transaction().execute(async (trx) => {
		await trx
			.insertInto('one_time_codes')
			.values(row)
			.onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
			.execute();
		await record(state, by, { action: 'password.reset', target: user.name, detail: { expires_at: row.expires_at } }, trx);
	});
	await forgive(state, 'account', user.name);
	return { code: letters.match(/.{4}/g)?.join('-') ?? letters, expires_at: row.expires_at };
}

/** Takes a code and sets the password. The code is used up; all sessions end. @throws AccountError, before the code is used up */
export async function useCode(state: AppState, from: Stranger, name: string, code: string, password: string): Promise<SignIn> {
	const paused = await pausedFor(state, from, name);
	if (paused) return paused;
	const row = await findByName(state, name);
	const given = hashOf(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));
	const now = state.now().toISOString();
	const kept =
		row &&
		(await state.db
			.selectFrom('one_time_codes')
			.select('code_hash')
			.where('user_id', '=', row.id)
			.where('expires_at', '>', now)
			.where('code_hash', '=', given)
			.executeTakeFirst());
	if (!row || row.disabled_at !== null || !kept) {
		await recordFailure(state, from, name, row, 'code');
		return { ok: false, why: 'wrong' };
	}
	const user = asUser(row);
	const password_hash = await hashPassword(password, [user.name, 'onelane']);
	const used = await state.db.transaction().execute(async (trx) => {
		const { numDeletedRows } = await trx
			.deleteFrom('one_time_codes')
			.where('user_id', '=', row.id)
			.where('code_hash', '=', given)
			.executeTakeFirst();
		if (numDeletedRows === 0n) return false;
		await trx.updateTable('users').set({ password_hash, must_change: 0, updated_at: now }).where('id', '=', row.id).execute();
		await trx.deleteFrom('sessions').where('user_id', '=', row.id).execute();
		const actor = { sub: row.id, name: row.name, address: from.address };
		await record(state, actor, { action: 'password.changed', target: row.name, detail: { with: 'one-time code' } }, trx);
		return true;
	});
	if (!used) return { ok: false, why: 'wrong' };
	await welcome(state, from, name);
	return { ok: true, user: { ...user, must_change: false } };
}

/** One's own change. All sessions end; the caller starts a new one. @throws AccountError; returns the failure of the present password */
export async function changePassword(state: AppState, from: Stranger, user: User, present: string, next: string): Promise<SignIn> {
	const paused = await pausedFor(state, from, user.name);
	if (paused) return paused;
	const row = await findByName(state, user.name);
	if (!row || !(await passwordFits(present, row.password_hash))) {
		await recordFailure(state, from, user.name, row, 'password');
		return { ok: false, why: 'wrong' };
	}
	await welcome(state, from, user.name);
	const password_hash = await hashPassword(next, [user.name, 'onelane']);
	await state.db.transaction().execute(async (trx) => {
		await trx
			.updateTable('users')
			.set({ password_hash, must_change: 0, updated_at: state.now().toISOString() })
			.where('id', '=', user.id)
			.execute();
		await trx.deleteFrom('sessions').where('user_id', '=', user.id).execute();
		const actor = { sub: user.id, name: user.name, address: from.address };
		await record(state, actor, { action: 'password.changed', target: user.name, detail: { with: 'present password' } }, trx);
	});
	return { ok: true, user: { ...user, must_change: false } };
}

function findByName({ db }: AppState, name: string) {
	return db.selectFrom('users').selectAll().where('name', '=', name.normalize('NFKC').trim().toLowerCase()).executeTakeFirst();
}

async function pausedFor(state: AppState, from: Stranger, name: string): Promise<Extract<SignIn, { why: 'wait' }> | null> {
	const address = await takeAttempt(state, 'address', from.address);
	const account = address > 0 ? 0 : await takeAttempt(state, 'account', name.trim());
	const seconds = Math.max(address, account);
	if (seconds === 0) return null;
	await recordFailure(
		state,
		from,
		name,
		await findByName(state, name),
		address > 0 ? 'address is paused' : 'account is paused',
		'signin.locked'
	);
	return { ok: false, why: 'wait', seconds };
}

async function welcome(state: AppState, from: Stranger, name: string): Promise<void> {
	await forgive(state, 'account', name.trim());
	await forgive(state, 'address', from.address);
}

/** A name that belongs to nobody may be a mistyped password: it is kept as a keyed hash, which still tells whether it came twice. */
async function recordFailure(
	state: AppState,
	from: Stranger,
	typed: string,
	known: { id: string; name: string } | undefined,
	what: string,
	action: 'signin.failed' | 'signin.locked' = 'signin.failed'
): Promise<void> {
	const target = known?.name ?? `unknown:${hmac(state.keys.names, typed.trim().toLowerCase()).slice(0, 12)}`;
	await record(state, { sub: known?.id ?? '', name: known?.name ?? '', address: from.address }, { action, target, detail: { what } });
}

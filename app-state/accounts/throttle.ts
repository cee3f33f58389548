/** Slows down guessing: failures are counted for each account name and each address (of version 6 each network), whether or not they exist. */
import { networkOf } from '../../contracts/network.ts';
import { hmac } from '../keys.ts';
import type { AppState } from '../open.ts';

interface Limit {
	/** Failures that are allowed. */
	failures: number;
	/** Seconds of the first pause; it doubles with each failure after it, up to `longest`. */
	pause: number;
	longest: number;
	/** Seconds after which failures are forgotten. */
	memory: number;
}

/** People behind one office address share it, so it is allowed more. */
export const LIMITS: Record<'account' | 'address' | 'token', Limit> = {
	account: { failures: 5, pause: 60, longest: 3600, memory: 24 * 3600 },
	address: { failures: 50, pause: 300, longest: 3600, memory: 3600 },
	token: { failures: 100, pause: 300, longest: 3600, memory: 3600 }
};

export type ThrottleKind = keyof typeof LIMITS;

/**
 * Counts an attempt as a failure before it is tried, so that attempts at the same time cannot all be the last one allowed.
 * Returns the seconds to wait when it is refused, else 0.
 */
export async function takeAttempt(state: AppState, kind: ThrottleKind, name: string): Promise<number> {
	const limit = LIMITS[kind];
	const key = keyOf(state, kind, name);
	const now = state.now();
	return state.db.transaction().execute(async (trx) => {
		const kept = await trx.selectFrom('throttles').selectAll().where('key', '=', key).executeTakeFirst();
		const wait = (kept?.until ? Date.parse(kept.until) : 0) - now.getTime();
		// A pause that is longer than any was written while the clock was ahead: nobody waits for that day to come again.
		if (wait > 0 && wait <= limit.longest * 1000) return Math.ceil(wait / 1000);
		const age = kept ? now.getTime() - Date.parse(kept.since) : 0;
		const fresh = !kept || age < 0 || age > limit.memory * 1000;
		const failures = fresh ? 1 : kept.failures + 1;
		const over = failures - limit.failures;
		const pause = over < 0 ? 0 : Math.min(limit.pause * 2 ** Math.min(over, 20), limit.longest);
		const row = {
			failures,
			since: fresh ? now.toISOString() : kept.since,
			until: pause > 0 ? new Date(now.getTime() + pause * 1000).toISOString() : null
		};
		await trx
			.insertInto('throttles')
			.values({ key, ...row })
			.onConflict((conflict) => conflict.column('key').doUpdateSet(row))
			.execute();
		return 0;
	});
}

/** The attempt was good. An account starts afresh; an address gets back only this one, or one's own account would hide guesses at others. */
export async function forgive({ db, keys }: AppState, kind: ThrottleKind, name: string): Promise<void> {
	const key = keyOf({ keys }, kind, name);
	if (kind === 'account') await db.deleteFrom('throttles').where('key', '=', key).execute();
	else
		await db
			.updateTable('throttles')
			.set((row) => ({ failures: row('failures', '-', 1), until: null }))
			.where('key', '=', key)
			.where('failures', '>', 0)
			.execute();
}

/** Names that were typed may be anything, a password too: they are kept as a keyed hash. */
function keyOf({ keys }: Pick<AppState, 'keys'>, kind: ThrottleKind, name: string): string {
	const of = kind === 'account' ? name.toLowerCase() : networkOf(name);
	return `${kind}:${hmac(keys.names, of)}`;
}

/** Who did what, when, from where. Each entry is signed together with the signature before it, so that none can be changed or left out. */
import { type Kysely, sql } from 'kysely';
import { deriveKeys, hmac } from './keys.ts';
import type { AppState } from './open.ts';
import type { Tables } from './tables.ts';

export const AUDIT_ACTIONS = [
	'signin.ok',
	'signin.failed',
	'signin.locked',
	'signout',
	'signout.everywhere',
	'session.ended',
	'password.changed',
	'password.reset',
	'user.added',
	'user.changed',
	'user.disabled',
	'user.enabled',
	'token.created',
	'token.used',
	'token.revoked',
	'policy.changed',
	'data.exported',
	'data.revealed',
	'data.erased',
	'refresh.published',
	'refresh.failed',
	'version.rolled_back',
	'audit.exported'
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who acts, and where from. */
export interface Actor {
	sub: string;
	name: string;
	/** Network address, or "command line". */
	address: string;
}

export interface AuditEntry {
	action: AuditAction;
	/** What it was done to. */
	target?: string;
	/** More about it; never a secret, never a customer's personal value. */
	detail?: Record<string, string | number | boolean | null>;
}

export interface AuditRow {
	seq: number;
	at: string;
	actor: string;
	actor_name: string;
	action: string;
	target: string;
	detail: Record<string, unknown>;
	address: string;
}

/** Fields that are signed, in the order of signing. */
const SIGNED = ['seq', 'at', 'actor', 'actor_name', 'action', 'target', 'detail', 'address', 'key_id', 'previous'] as const;
type Signed = Record<(typeof SIGNED)[number], string | number>;

const START = 'the beginning';
const MOST_TEXT = 1000;

/** Adds an entry; inside `trx` it stands or falls with what it tells of. */
export async function record(state: AppState, actor: Actor, entry: AuditEntry, trx?: Kysely<Tables>): Promise<void> {
	if (!trx) return state.db.transaction().execute((own) => record(state, actor, entry, own));
	const last = await trx.selectFrom('audit_log').select(['seq', 'mac']).orderBy('seq', 'desc').limit(1).executeTakeFirst();
	const row = {
		seq: (last?.seq ?? 0) + 1,
		at: state.now().toISOString(),
		actor: actor.sub.slice(0, MOST_TEXT),
		actor_name: actor.name.slice(0, MOST_TEXT),
		action: entry.action,
		target: (entry.target ?? '').slice(0, MOST_TEXT),
		detail: JSON.stringify(entry.detail ?? {}),
		address: actor.address.slice(0, MOST_TEXT),
		key_id: keyId(state.keys.audit),
		previous: last?.mac ?? START
	};
	await trx
		.insertInto('audit_log')
		.values({ ...row, mac: signatureOf(row, state.keys.audit) })
		.execute();
}

const signatureOf = (row: Signed, key: Buffer) => hmac(key, JSON.stringify(SIGNED.map((field) => row[field])));
const keyId = (key: Buffer) => hmac(key, 'key id').slice(0, 16);

export interface AuditFilter {
	action?: AuditAction | undefined;
	/** Part of the actor's or the target's name. */
	about?: string | undefined;
	/** Instants, inclusive and exclusive. */
	from?: string | undefined;
	until?: string | undefined;
	/** Entries before this one. */
	before?: number | undefined;
	limit?: number;
}

/** Newest first. */
export async function listAudit({ db }: AppState, { action, about, from, until, before, limit = 50 }: AuditFilter): Promise<AuditRow[]> {
	let query = db.selectFrom('audit_log').select(['seq', 'at', 'actor', 'actor_name', 'action', 'target', 'detail', 'address']);
	if (action) query = query.where('action', '=', action);
	if (about) {
		const found = (column: 'actor_name' | 'target' | 'address') =>
			sql<boolean>`instr(lower(${sql.ref(column)}), ${about.toLowerCase()}) > 0`;
		query = query.where((where) => where.or([found('actor_name'), found('target'), found('address')]));
	}
	if (from) query = query.where('at', '>=', from);
	if (until) query = query.where('at', '<', until);
	if (before !== undefined) query = query.where('seq', '<', before);
	const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
	return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }));
}

export interface AuditProof {
	entries: number;
	/** Null: whole. Else a sentence that says where it breaks. */
	broken: string | null;
	/** Number of the entry where it breaks. */
	at: number | null;
	/** Signature of the last entry: noted elsewhere, it proves later that no end was cut off. */
	head: string | null;
}

const TRIGGERS = ['audit_log_no_delete', 'audit_log_no_update'];
const BATCH = 5000;

/**
 * Goes through the chain from its beginning.
 * @param head a signature noted earlier, which must still be among the entries
 * @param before secrets that were replaced: entries of their time are checked with them, and none after that time
 */
export async function verifyAudit({ db, keys }: AppState, head?: string, before: readonly string[] = []): Promise<AuditProof> {
	const known = new Map([keys.audit, ...before.map((secret) => deriveKeys(secret).audit)].map((key) => [keyId(key), key]));
	const replaced = new Set<string>();
	let used: string | undefined;
	const guards = await sql<{
		name: string;
	}>`select name from sqlite_schema where type = 'trigger' and tbl_name = 'audit_log' order by name`.execute(db);
	let entries = 0;
	let previous = START;
	let seen = head === undefined;
	const broken = (at: number | null, why: string): AuditProof => ({ entries, broken: why, at, head: null });
	for (;;) {
		const rows = await db.selectFrom('audit_log').selectAll().where('seq', '>', entries).orderBy('seq').limit(BATCH).execute();
		for (const row of rows) {
			const expected = entries + 1;
			if (row.seq !== expected) return broken(expected, `Entry ${expected} is missing: the next one is ${row.seq}.`);
			if (row.previous !== previous)
				return broken(row.seq, `Entry ${row.seq} (${row.at}, ${row.action}) does not follow entry ${entries}.`);
			const key = known.get(row.key_id);
			if (key === undefined)
				return broken(
					row.seq,
					`Entry ${row.seq} (${row.at}) was signed under another ONELANE_SECRET: name those that were replaced in ONELANE_SECRETS_BEFORE.`
				);
			if (used !== undefined && used !== row.key_id) replaced.add(used);
			used = row.key_id;
			if (replaced.has(used))
				return broken(row.seq, `Entry ${row.seq} (${row.at}) was signed under a secret that had been replaced before.`);
			if (row.mac !== signatureOf(row, key))
				return broken(row.seq, `Entry ${row.seq} (${row.at}, ${row.action}) was changed after it was written.`);
			previous = row.mac;
			seen ||= row.mac === head;
			entries = row.seq;
		}
		if (rows.length < BATCH) break;
	}
	const numbered = await sql<{ seq: number }>`select seq from sqlite_sequence where name = 'audit_log'`.execute(db);
	const given = numbered.rows[0]?.seq ?? 0;
	if (given > entries) return broken(entries + 1, `Entries ${entries + 1} to ${given} were cut off from the end.`);
	if (!seen)
		return broken(entries + 1, 'The signature that was noted earlier is no longer among the entries: the end was cut off or written anew.');
	if (guards.rows.map(({ name }) => name).join() !== TRIGGERS.join())
		return broken(null, 'The entries are whole, but the guards that keep them from being changed were taken off the database.');
	return { entries, broken: null, at: null, head: entries === 0 ? null : previous };
}

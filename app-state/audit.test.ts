import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Actor, listAudit, record, verifyAudit } from './audit.ts';
import { type AppState, openAppState } from './open.ts';

const secret = 'a secret of these tests: 0123456789';
const ann: Actor = { sub: 'u_ann', name: 'ann', address: '192.0.2.7' };
let home: string;
let state: AppState;
let clock = Date.parse('2026-11-25T00:00:00Z');

beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), 'onelane-audit-'));
	state = openAppState(home, { secret, now: () => new Date((clock += 1000)) });
	for (let index = 1; index <= 5; index++)
		await record(state, ann, { action: 'data.exported', target: `table ${index}`, detail: { rows: index } });
});
afterEach(async () => {
	await state.close();
	rmSync(home, { recursive: true, force: true });
});

/** What somebody with the file can do: no trigger stops them. */
function tamper(sql: string): void {
	const database = new DatabaseSync(state.file);
	database.exec(`drop trigger audit_log_no_update; drop trigger audit_log_no_delete; ${sql};
		create trigger audit_log_no_update before update on audit_log begin select raise(abort, 'x'); end;
		create trigger audit_log_no_delete before delete on audit_log begin select raise(abort, 'x'); end;`);
	database.close();
}

test('a whole chain is whole, and an empty one too', async () => {
	const proof = await verifyAudit(state);
	expect(proof).toMatchObject({ entries: 5, broken: null });
	expect(await verifyAudit(state, proof.head ?? '')).toMatchObject({ broken: null });
});

test('the database refuses changes', async () => {
	await expect(state.db.updateTable('audit_log').set({ actor: 'bob' }).execute()).rejects.toThrow('append-only');
	await expect(state.db.deleteFrom('audit_log').execute()).rejects.toThrow('append-only');
});

test.each([
	['a changed actor', "update audit_log set actor = 'u_bob' where seq = 3", 3, /Entry 3 .* was changed/],
	['a changed detail', `update audit_log set detail = '{"rows":0}' where seq = 2`, 2, /Entry 2 .* was changed/],
	['an entry left out', 'delete from audit_log where seq = 3', 3, /Entry 3 is missing: the next one is 4/],
	[
		'two entries exchanged',
		'update audit_log set seq = -1 where seq = 2; update audit_log set seq = 2 where seq = 3; update audit_log set seq = 3 where seq = -1',
		2,
		/Entry 2 .* does not follow entry 1/
	],
	['the end cut off', 'delete from audit_log where seq > 3', 4, /Entries 4 to 5 were cut off/],
	[
		'a signature copied',
		"update audit_log set target = 'x', mac = (select mac from audit_log where seq = 1) where seq = 5",
		5,
		/Entry 5 .* was changed/
	]
])('%s is found, and where', async (_what, sql, at, sentence) => {
	tamper(sql);
	expect(await verifyAudit(state)).toMatchObject({ at, broken: expect.stringMatching(sentence) as string });
});

test('an end cut off without a trace is found with the signature that was noted', async () => {
	const { head } = await verifyAudit(state);
	tamper("delete from audit_log where seq > 4; update sqlite_sequence set seq = 4 where name = 'audit_log'");
	expect((await verifyAudit(state)).broken).toBeNull();
	expect((await verifyAudit(state, head ?? '')).broken).toMatch(/noted earlier/);
});

test('guards taken off are noticed', async () => {
	const database = new DatabaseSync(state.file);
	database.exec('drop trigger audit_log_no_update');
	database.close();
	expect((await verifyAudit(state)).broken).toMatch(/guards/);
});

test('another secret cannot continue the chain unnoticed', async () => {
	const other = openAppState(home, { secret: 'quite another secret, 9876543210 abc' });
	await record(other, ann, { action: 'signout' });
	await other.close();
	expect(await verifyAudit(state)).toMatchObject({ at: 6, broken: expect.stringMatching(/another ONELANE_SECRET/) as string });
});

test('a secret that was replaced proves the entries of its time, and none after it', async () => {
	const next = 'quite another secret, 9876543210 abc';
	const other = openAppState(home, { secret: next, now: state.now });
	await record(other, ann, { action: 'signout' });
	expect(await verifyAudit(other)).toMatchObject({ at: 1, broken: expect.stringMatching(/ONELANE_SECRETS_BEFORE/) as string });
	expect(await verifyAudit(other, undefined, [secret])).toMatchObject({ entries: 6, broken: null });
	// Whoever found the old one writes on with it.
	await record(state, ann, { action: 'signout' });
	const proof = await verifyAudit(other, undefined, [secret]);
	expect(proof).toMatchObject({ at: 7, broken: expect.stringMatching(/replaced before/) as string });
	await other.close();
});

test('an entry stands or falls with what it tells of', async () => {
	await expect(
		state.db.transaction().execute(async (trx) => {
			await record(state, ann, { action: 'user.added' }, trx);
			throw new Error('the work failed');
		})
	).rejects.toThrow('the work failed');
	expect(await verifyAudit(state)).toMatchObject({ entries: 5, broken: null });
});

test('entries are listed newest first, filtered and by pages', async () => {
	await record(state, { ...ann, sub: 'u_bob', name: 'Bob' }, { action: 'signin.failed' });
	expect((await listAudit(state, { limit: 2 })).map(({ seq }) => seq)).toEqual([6, 5]);
	expect((await listAudit(state, { before: 5, limit: 2 })).map(({ seq }) => seq)).toEqual([4, 3]);
	expect((await listAudit(state, { about: 'bo' })).map(({ action }) => action)).toEqual(['signin.failed']);
	expect((await listAudit(state, { about: 'TABLE 2' })).map(({ detail }) => detail)).toEqual([{ rows: 2 }]);
	expect(await listAudit(state, { action: 'signin.failed', about: "' or 1=1 --" })).toEqual([]);
	const [first] = await listAudit(state, { action: 'data.exported', limit: 1 });
	expect(await listAudit(state, { from: first?.at, until: first?.at })).toEqual([]);
});

/** A state of accounts with one administrator, anew for each test, and a clock that the test turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { listAudit, verifyAudit } from '../audit.ts';
import { type AppState, openAppState } from '../open.ts';
import { addUser, readSession, startSession, type User } from './index.ts';

export const HOUR = 3_600_000;
export const admin = { sub: 'system', name: 'system', address: 'command line' };
export const from = { address: '192.0.2.7' };
export const limits = { idle_minutes: 60, absolute_hours: 12 };
export const password = 'correct horse battery';

let home: string;
let clock: number;
export let state: AppState;
export let ann: User;

/** @param milliseconds back when negative */
export function wait(milliseconds: number): void {
	clock += milliseconds;
}

export function reopen(): void {
	state = openAppState(home, { secret: 'a secret of these tests: 0123456789', now: () => new Date(clock) });
}

beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), 'onelane-accounts-'));
	clock = Date.parse('2026-11-25T00:00:00Z');
	reopen();
	ann = await addUser(state, admin, { name: 'Ann', role: 'administrator', scopes: [], password: { value: password, own: true } });
});
afterEach(async () => {
	expect((await verifyAudit(state)).broken).toBeNull();
	await state.close();
	rmSync(home, { recursive: true, force: true });
});

export const start = async (user: User, replaces?: string) =>
	(await startSession(state, { kind: 'password', who: { user }, address: from.address, agent: 'test', limits, replaces })).value;
export const read = (value: string) => readSession(state, value, limits, 'here');
export const actions = async () => (await listAudit(state, { limit: 500 })).map(({ action }) => action);

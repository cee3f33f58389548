import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrations/index.ts';
import { openAppState, StateError } from './open.ts';
import { listViews, saveView } from './views.ts';

const secret = 'a secret of these tests: 0123456789';
let home: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'onelane-state-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const view = { name: 'mine', page: '/funnel', search: '?by=channel' };

test('the state is readable by its owner only, companions too', async () => {
	const state = openAppState(home, { secret });
	await saveView(state, { sub: 'a' }, view);
	for (const suffix of ['', '-wal', '-shm']) expect(statSync(state.file + suffix).mode & 0o777, suffix).toBe(0o600);
	await state.close();
});

test('two processes may write at once, and what one wrote the other reads', async () => {
	const state = openAppState(home, { secret });
	const others = [1, 2].map((number) => {
		const script = `const { openAppState, saveView } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
			const state = openAppState(${JSON.stringify(home)}, { secret: '${secret}' });
			for (let index = 0; index < 40; index++) await saveView(state, { sub: 'a' }, { name: '${number} ' + index, page: '/', search: '' });
			await state.close();`;
		return promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
	});
	for (let index = 0; index < 40; index++) await saveView(state, { sub: 'a' }, { ...view, name: `own ${index}` });
	await Promise.all(others);
	expect(await listViews(state, { sub: 'a' })).toHaveLength(120);
	await state.close();
});

test.each([
	['no database at all', (file: string) => writeFileSync(file, 'x'.repeat(9000))],
	['cut in the middle', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096 + 100)],
	['overwritten in the middle', (file: string) => overwrite(file)]
])('a file that is %s is a sentence, each time it is opened', async (_what, spoil) => {
	const state = openAppState(home, { secret });
	for (let index = 0; index < 150; index++)
		await saveView(state, { sub: 'a' }, { ...view, name: `view ${index}`, search: `?${'x'.repeat(900)}` });
	await state.close();
	spoil(state.file);
	for (let round = 0; round < 2; round++) {
		expect(() => openAppState(home, { secret })).toThrow(StateError);
		expect(() => openAppState(home, { secret })).toThrow(/app\.sqlite is damaged .* put a backup in its place, or move it away/);
	}
});

test('a state from a newer onelane is refused, not changed', async () => {
	await openAppState(home, { secret }).close();
	const database = new DatabaseSync(join(home, 'app.sqlite'));
	database.exec('pragma user_version = 99');
	database.close();
	expect(() => openAppState(home, { secret })).toThrow(/written by a newer onelane .* update onelane/);
});

test('a migration that fails leaves everything as it was', () => {
	const database = new DatabaseSync(':memory:');
	expect(migrate(database, ['create table a (x)'])).toBe(1);
	expect(() => migrate(database, ['create table a (x)', 'create table b (x); insert into nowhere values (1)'])).toThrow(/nowhere/);
	expect(database.prepare('pragma user_version').get()).toEqual({ user_version: 1 });
	expect(database.prepare("select name from sqlite_schema where type = 'table'").all()).toEqual([{ name: 'a' }]);
	expect(migrate(database, ['create table a (x)', 'create table b (x)'])).toBe(2);
});

function overwrite(file: string): void {
	const bytes = readFileSync(file);
	for (let at = 8192; at < bytes.length; at += 4096) bytes.fill(0xff, at, at + 200);
	writeFileSync(file, bytes);
}

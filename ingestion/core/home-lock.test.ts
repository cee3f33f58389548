import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestHome } from '../testing.ts';
import { lockHome } from './home-lock.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'onelane-lock-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('the second of two writers is told who the first is; after its release the home is free', () => {
	const lock = lockHome(home, 'refresh');
	expect(() => lockHome(home, 'ingest')).toThrow(`"refresh" (process ${process.pid}, since `);
	expect(() => lockHome(home, 'ingest')).toThrow('Wait until it ends, or use another ONELANE_HOME.');
	lock.release();
	lock.release();
	lockHome(home, 'ingest').release();
	expect(existsSync(join(home, 'lock'))).toBe(false);
});

test('the lock of a process that is gone is taken over, also when its number was given again', () => {
	const { pid } = spawnSync(process.execPath, ['--version']);
	for (const stale of [
		{ pid, ticks: null, what: 'build', since: 'then' },
		{ pid: process.pid, ticks: '1', what: 'build', since: 'then' }
	]) {
		writeFileSync(join(home, 'lock'), JSON.stringify(stale));
		const lock = lockHome(home, 'ingest');
		expect(JSON.parse(readFileSync(join(home, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, what: 'ingest' });
		lock.release();
	}
	writeFileSync(join(home, 'lock'), 'half-writ');
	lockHome(home, 'ingest').release();
});

test('what a process leaves that is killed while it takes the lock is gone with the next one; a living one keeps its file', () => {
	const { pid } = spawnSync(process.execPath, ['--version']);
	for (const name of [`lock.${pid}`, `lock.stale.${pid}`, `lock.${process.ppid}`])
		writeFileSync(join(home, name), JSON.stringify({ pid, ticks: null, what: 'build', since: 'then' }));
	writeFileSync(join(home, 'lock.txt'), 'of somebody');
	lockHome(home, 'ingest').release();
	expect(readdirSync(home).sort()).toEqual([`lock.${process.ppid}`, 'lock.txt'].sort());
});

test('ingest refuses a home in use, and lands under a lock that its caller holds', async () => {
	const brand = new TestHome();
	brand.write('extracts/shop/leads.csv', 'id,updated_at\na,2026-01-05\n');
	const lock = lockHome(brand.home, 'refresh');
	await expect(brand.land()).rejects.toThrow('is already writing to');
	expect(await brand.land({ lock })).toMatchObject({ rows_landed: 1 });
	await expect(brand.land()).rejects.toThrow('is already writing to');
	lock.release();
	expect(await brand.land()).toMatchObject({ rows_read: 0 });
	brand.dispose();
});

import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { POINTER_FILE } from '../contracts/pointer.ts';
import { pointerOf } from '../testing/pointer.ts';
import { NotReadyError, PointerFollower } from './pointer.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'onelane-pointer-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const pause = () => new Promise((resolve) => setTimeout(resolve, 120));

function publish(version: string): void {
	writeFileSync(join(home, 'new'), JSON.stringify(pointerOf(version)));
	renameSync(join(home, 'new'), join(home, POINTER_FILE));
}

test('nothing published is said once and found when it appears', async () => {
	const problems: string[] = [];
	const follower = new PointerFollower(home, (problem) => problems.push(problem));
	for (const _ of [1, 2]) {
		await expect(follower.current()).rejects.toThrow(NotReadyError);
		await pause();
	}
	expect(problems).toHaveLength(1);
	expect(problems[0]).toMatch(/run "npx onelane refresh"/);
	publish('v20260101T000000000Z');
	await pause();
	expect(await follower.current()).toMatchObject({
		version: 'v20260101T000000000Z',
		place: { file: join(home, 'versions/v20260101T000000000Z.duckdb') }
	});
});

test('a new version is followed, a broken pointer or a missing one is not', async () => {
	publish('v20260101T000000000Z');
	const follower = new PointerFollower(home);
	await follower.current();
	publish('v20260102T000000000Z');
	await pause();
	expect((await follower.current()).version).toBe('v20260102T000000000Z');
	writeFileSync(join(home, POINTER_FILE), '{');
	await pause();
	expect((await follower.current()).version).toBe('v20260102T000000000Z');
	rmSync(join(home, POINTER_FILE));
	await pause();
	expect((await follower.current()).version).toBe('v20260102T000000000Z');
	publish('v20260101T000000000Z');
	await pause();
	expect((await follower.current()).version).toBe('v20260101T000000000Z');
});

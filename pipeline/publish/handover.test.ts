import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEXT_FILE, WARM_FILE } from '../../contracts/pointer.ts';
import { pointerOf } from '../../testing/pointer.ts';
import { writeJson } from '../files.ts';
import { writePointer } from '../state.ts';
import { handOver } from './handover.ts';

const [served, next] = [pointerOf('v20260101T000000000Z'), pointerOf('v20260102T000000000Z')];
const silent = { tell: () => undefined, line: () => undefined } as never;
const patience = { answerMs: 1000, readyMs: 3000 };
/** Clocks that are read at two places round in two ways. */
const ROUNDED = 5;

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'onelane-handover-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Milliseconds until the version may be served; nothing of the offer is left. */
async function waited(signal?: AbortSignal): Promise<number> {
	const began = performance.now();
	try {
		await handOver(home, next, silent, signal, patience);
	} finally {
		expect([NEXT_FILE, WARM_FILE].filter((name) => existsSync(join(home, name)))).toEqual([]);
	}
	return performance.now() - began;
}
const say = (ready: boolean, version = next.version) => writeJson(join(home, WARM_FILE), { version, ready });

test('the first version waits for nobody', async () => {
	expect(await waited()).toBeLessThan(200);
});

test('without a server a version is served soon', async () => {
	writePointer(home, served);
	const ms = await waited();
	expect(ms).toBeGreaterThanOrEqual(patience.answerMs - ROUNDED);
	expect(ms).toBeLessThan(patience.readyMs);
});

test('a server that is there is waited for until it is ready', async () => {
	writePointer(home, served);
	const waiting = waited();
	await sleep(100);
	expect(existsSync(join(home, NEXT_FILE))).toBe(true);
	say(false);
	await sleep(1200);
	say(true);
	const ms = await waiting;
	expect(ms).toBeGreaterThanOrEqual(1300);
	expect(ms).toBeLessThan(patience.readyMs);
});

test('a server that is never ready, or ready for another version, holds nobody up for long', async () => {
	writePointer(home, served);
	const waiting = waited();
	await sleep(100);
	say(false);
	expect(await waiting).toBeGreaterThanOrEqual(patience.readyMs - ROUNDED);
	const other = waited();
	await sleep(100);
	say(true, served.version);
	expect(await other).toBeLessThan(patience.readyMs);
});

test('an answer that makes no sense is none', async () => {
	writePointer(home, served);
	for (const text of ['{"version":', JSON.stringify({ version: next.version, ready: 'soon' })]) {
		const waiting = waited();
		await sleep(100);
		writeFileSync(join(home, WARM_FILE), text);
		expect(await waiting, text).toBeLessThan(patience.readyMs);
	}
});

test('whoever interrupts a refresh is not kept', async () => {
	writePointer(home, served);
	const leaving = new AbortController();
	const waiting = waited(leaving.signal);
	await sleep(100);
	say(false);
	leaving.abort(new Error('stopped'));
	await expect(waiting).rejects.toThrow('stopped');
});

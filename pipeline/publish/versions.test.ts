import { expect, test } from 'vitest';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextVersionName, versionName, versionTime } from '../state.ts';
import { GRACE_MINUTES, expired, sweepLeftovers } from './versions.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-22T00:00:00.000Z');
/** Newest first, a day apart. */
const daily = (count: number) =>
	Array.from({ length: count }, (_, index) => versionName(new Date(START + (count - index) * 1440 * MINUTE)));

test('a version name keeps its time and sorts by it', () => {
	const at = new Date('2026-11-23T02:45:00.123Z');
	expect(versionName(at)).toBe('v20261123T024500123Z');
	expect(versionTime(versionName(at))).toEqual(at);
});

test('three versions are kept', () => {
	const versions = daily(5);
	expect(expired(versions, versions[0] ?? '', new Date(START + 99 * 1440 * MINUTE))).toEqual(versions.slice(3));
});

test('after a rollback the served version stays however old it is', () => {
	const versions = daily(5);
	expect(expired(versions, versions[4] ?? '', new Date(START + 99 * 1440 * MINUTE))).toEqual([versions[2], versions[3]]);
});

test('a version that was replaced a moment ago may still be read', () => {
	const versions = daily(4);
	const successor = versionTime(versions[2] ?? '').getTime();
	expect(expired(versions, versions[0] ?? '', new Date(successor + (GRACE_MINUTES - 1) * MINUTE))).toEqual([]);
	expect(expired(versions, versions[0] ?? '', new Date(successor + (GRACE_MINUTES + 1) * MINUTE))).toEqual([versions[3]]);
});

test('a new version sorts last, also when the clock jumped back or stands still', () => {
	const kept = daily(3);
	for (const clock of [START - 9e9, START, versionTime(kept[0] ?? '').getTime()]) {
		const name = nextVersionName(new Date(clock), kept);
		expect([...kept, name].sort().at(-1)).toBe(name);
		expect(kept).not.toContain(name);
	}
	expect(nextVersionName(new Date(START), [])).toBe(versionName(new Date(START)));
});

test('what a killed publication left behind is removed, and nothing else', () => {
	const home = mkdtempSync(join(tmpdir(), 'onelane-versions-'));
	const folder = join(home, 'versions');
	mkdirSync(folder);
	const files = ['v1.duckdb', 'v1.json', 'v2.duckdb', 'v2.duckdb.wal', 'v3.json.77.new', 'notes.txt'];
	for (const name of files) writeFileSync(join(folder, name), '');
	writeFileSync(join(home, 'current.json.12.new'), '');
	sweepLeftovers(home);
	expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'v1.duckdb', 'v1.json']);
	expect(existsSync(join(home, 'current.json.12.new'))).toBe(false);
	rmSync(home, { recursive: true });
});

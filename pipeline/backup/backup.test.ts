import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listViews, openAppState, saveView } from '../../app-state/index.ts';
import { config } from '../../contracts/config.ts';
import { type Context, readContext } from '../context.ts';
import { ERASED_FILE } from '../erased.ts';
import { backup } from './backup.ts';
import { fingerprintOf } from './manifest.ts';
import { restore } from './restore.ts';

const KEY = 'a-key-of-a-test-that-is-long-enough-0123456789';
const SECRET = 'a-secret-of-a-test-that-is-long-enough-01234';
const view = { name: 'mine', page: '/funnel', search: '?period=all', shared: false };

let folder: string;
const at = (name: string) => join(folder, name);
const context = (home: string, key: string | undefined = KEY) => readContext({ ONELANE_HOME: at(home), ONELANE_ID_KEY: key });
const loaded = { config: config.parse({ sources: [{ kind: 'extracts', folder: 'extracts' }] }), dir: tmpdir(), file: 'onelane.config.ts' };
const restored = (into: Context, folder: string, erased: string | null = null) =>
	restore({ context: into, loaded, folder: at(folder), erased });

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'onelane-backup-'));
	mkdirSync(at('home/landing/crm/leads'), { recursive: true });
	writeFileSync(at('home/landing/crm/leads/1-x--leads.csv'), 'lead_id\n1\n');
	const instance = await DuckDBInstance.create(at('home/raw.duckdb'));
	const connection = await instance.connect();
	await connection.run(
		'create schema raw.raw; create schema raw.restricted; create table restricted.id_key (fingerprint varchar, created_at timestamp)'
	);
	await connection.run(
		`insert into restricted.id_key values ('${fingerprintOf(KEY)}', now()::timestamp); create table raw.raw.crm__leads as select 42 as n`
	);
	connection.closeSync();
	instance.closeSync();
	const state = openAppState(at('home'), { secret: SECRET });
	await saveView(state, { sub: 'somebody' }, view);
	await state.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a round trip keeps raw, landed files and what people made', async () => {
	const open = openAppState(at('home'), { secret: SECRET });
	const made = await backup(at('home'), at('backup'), '0.1.0');
	await open.close();
	expect(made.files.map(({ path }) => path)).toEqual(['app.sqlite', 'landing/crm/leads/1-x--leads.csv', 'raw.duckdb']);
	expect(statSync(at('backup')).mode & 0o077).toBe(0);
	expect(JSON.stringify(made)).not.toContain(KEY);

	await restored(context('other'), 'backup');
	expect(readFileSync(at('other/landing/crm/leads/1-x--leads.csv'), 'utf8')).toBe('lead_id\n1\n');
	const instance = await DuckDBInstance.create(at('other/raw.duckdb'), { access_mode: 'READ_ONLY' });
	const connection = await instance.connect();
	expect((await connection.runAndReadAll('select n from raw.raw.crm__leads')).getRows()).toEqual([[42]]);
	connection.closeSync();
	instance.closeSync();
	const state = openAppState(at('other'), { secret: SECRET });
	expect(await listViews(state, { sub: 'somebody' })).toMatchObject([view]);
	await state.close();
});

test('another id key is refused, and none as well', async () => {
	await backup(at('home'), at('backup'), '0.1.0');
	await expect(restored(context('other', `${KEY}!`), 'backup')).rejects.toThrow(/not the key/);
	await expect(restored(context('other', ''), 'backup')).rejects.toThrow(/Set ONELANE_ID_KEY/);
	expect(existsSync(at('other/raw.duckdb'))).toBe(false);
});

test('a damaged or partial backup is refused, and so is a home that holds something', async () => {
	await backup(at('home'), at('backup'), '0.1.0');
	await expect(restored(context('home'), 'backup')).rejects.toThrow(/not empty/);
	appendFileSync(at('backup/raw.duckdb'), 'x');
	await expect(restored(context('other'), 'backup')).rejects.toThrow(/damaged: raw.duckdb/);
	rmSync(at('backup/app.sqlite'));
	await expect(restored(context('other'), 'backup')).rejects.toThrow(/app.sqlite is missing/);
	await expect(restored(context('other'), 'home')).rejects.toThrow(/no backup/);
});

test('a backup does not write over another', async () => {
	await backup(at('home'), at('backup'), '0.1.0');
	await expect(backup(at('home'), at('backup'), '0.1.0')).rejects.toThrow(/exists already/);
});

test('a list of who was erased that is older than the backup brings nothing back', async () => {
	const line = (request: string) =>
		`${JSON.stringify({ request, by: 'phone', begun_at: '2026-01-01T00:00:00.000Z', person: { identifiers: [], records: [] } })}\n`;
	writeFileSync(at(`home/${ERASED_FILE}`), line('a') + line('b'));
	writeFileSync(at(ERASED_FILE), line('a'));
	await backup(at('home'), at('backup'), '0.1.0');
	await expect(restored(context('other'), 'backup', at(ERASED_FILE))).rejects.toThrow(/older than the backup: it lacks 1/);
	expect(existsSync(at('other/raw.duckdb'))).toBe(false);
});

test('a list of who was erased that is not there, or that can’t be read, brings nothing back', async () => {
	await backup(at('home'), at('backup'), '0.1.0');
	await expect(restored(context('other'), 'backup', at(ERASED_FILE))).rejects.toThrow(/There is no .*erased-people.ndjson/);
	writeFileSync(at(ERASED_FILE), '{"request":"x"}\n');
	await expect(restored(context('other'), 'backup', at(ERASED_FILE))).rejects.toThrow(/line 1 can't be read/);
	expect(existsSync(at('other/raw.duckdb'))).toBe(false);
});

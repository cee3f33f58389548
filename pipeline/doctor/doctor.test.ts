/** Each check of the doctor, well and unwell: whatever is wrong comes with the way to mend it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAppState, record } from '../../app-state/index.ts';
import type { FilePointer, RefreshState } from '../../contracts/pointer.ts';
import { pointerOf } from '../../testing/pointer.ts';
import { readContext } from '../context.ts';
import { examine } from '../doctor.ts';
import { freePort } from '../serve/ports.ts';
import { freshness, lastRefresh, pages, warehouse } from './data.ts';
import type { Finding } from './finding.ts';
import { accounts, home as homeCheck, permissions, secrets } from './home.ts';
import { clock, dbt, disk, node, port } from './machine.ts';

const SECRET = 'a secret of these tests: 0123456789abcdef';
const NOW = new Date('2026-11-25T12:00:00Z');
/** A way to mend it: a command, or who is to do something. */
const MENDS = /run "|set the clock|free some space|choose another|make each with|make the first with|compare it|restore|ask whoever/i;

let home = '';
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'onelane-doctor-'));
	chmodSync(home, 0o700);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const context = (env: Record<string, string> = {}) => readContext({ ONELANE_HOME: home, ONELANE_SECRET: SECRET, ...env });

function publish(changes: Partial<FilePointer> = {}): void {
	const pointer = pointerOf('v20261125T110000000Z', {
		built_at: '2026-11-25T11:00:00.000Z',
		freshness: [{ source: 'crm', loaded_at: '2026-11-25T10:00:00.000Z', data_until: '2026-11-25T09:00:00.000Z' }],
		...changes
	});
	writeFileSync(join(home, 'current.json'), JSON.stringify(pointer));
}

function refreshed(changes: Partial<RefreshState> = {}): void {
	const state: RefreshState = {
		status: 'published',
		started_at: '2026-11-25T10:30:00.000Z',
		finished_at: '2026-11-25T11:00:00.000Z',
		step: 'done',
		message: null,
		failed_tests: [],
		...changes
	};
	writeFileSync(join(home, 'refresh.json'), JSON.stringify(state));
}

function unwell(finding: Finding, level: Finding['level'], says: RegExp): void {
	expect(finding).toMatchObject({ level, detail: expect.stringMatching(says) as string });
	expect(finding.detail).toMatch(MENDS);
}

describe('the machine', () => {
	test('versions', async () => {
		expect(node('24.1.0').level).toBe('ok');
		unwell(node('20.19.0'), 'fail', /cannot run TypeScript/);
		unwell(await dbt({ ...context(), python: join(home, 'no-python') }), 'fail', /no Python environment/);
		const other = join(home, 'python');
		writeFileSync(other, '#!/bin/sh\necho 3.12.0 1.7.0 1.0.0\n', { mode: 0o700 });
		unwell(await dbt({ ...context(), python: other }), 'fail', /not whole/);
	});

	test('disk', () => {
		const room = (gigabytes: number) => () => ({ bavail: gigabytes * 1024 ** 2, bsize: 1024 });
		expect(disk({ home }, room(50)).level).toBe('ok');
		unwell(disk({ home }, room(1)), 'fail', /1\.0 GB free/);
	});

	test('a clock that was set back', () => {
		expect(clock({ home }, NOW).level).toBe('ok');
		publish();
		refreshed();
		expect(clock({ home }, NOW).level).toBe('ok');
		unwell(clock({ home }, new Date('2026-11-20T00:00:00Z')), 'fail', /2026-11-25T11:00:00.000Z has been already/);
		refreshed({ started_at: '2027-01-01T00:00:00.000Z' });
		unwell(clock({ home }, NOW), 'fail', /2027-01-01/);
	});

	test('ports', async () => {
		const free = await freePort('127.0.0.1');
		const at = (number: number) => port(context({ PORT: String(number) }));
		expect((await at(free)).level).toBe('ok');
		const taken: Server = createServer((socket) => socket.end());
		await new Promise<void>((done) => taken.listen(free, '127.0.0.1', done));
		unwell(await at(free), 'fail', /cannot be used/);
		taken.close();
	});
});

describe('the home', () => {
	test('who may look into it', () => {
		expect(homeCheck({ home }).level).toBe('ok');
		chmodSync(home, 0o755);
		unwell(homeCheck({ home }), 'warn', /look into/);
		expect(permissions({ home }).level).toBe('ok');
		writeFileSync(join(home, 'raw.duckdb'), '', { mode: 0o644 });
		mkdirSync(join(home, 'landing'), { mode: 0o755 });
		unwell(permissions({ home }), 'fail', /raw\.duckdb, landing/);
		chmodSync(join(home, 'raw.duckdb'), 0o600);
		chmodSync(join(home, 'landing'), 0o700);
		expect(permissions({ home }).level).toBe('ok');
	});

	test('secrets', () => {
		expect(secrets(context()).level).toBe('ok');
		mkdirSync(join(home, 'secrets'), { mode: 0o700 });
		writeFileSync(join(home, 'secrets', 'secret'), 'x', { mode: 0o644 });
		unwell(secrets(context()), 'fail', /Others can read secret/);
		chmodSync(join(home, 'secrets', 'secret'), 0o600);
		expect(secrets(context()).level).toBe('ok');
		const open = context();
		const environment = { ...open.environment, host: '0.0.0.0', secret: undefined };
		unwell(secrets({ ...open, environment }), 'fail', /must be given/);
	});

	test('accounts and the audit log', async () => {
		unwell(await accounts(context()), 'warn', /none yet/);
		const state = openAppState(home, { secret: SECRET });
		for (const target of ['a', 'b', 'c']) await record(state, { sub: 'x', name: 'x', address: 'x' }, { action: 'data.exported', target });
		await state.close();
		expect(await accounts(context())).toMatchObject({ level: 'ok', detail: expect.stringContaining('3 entries') as string });
		// Signatures of another secret cannot be checked.
		unwell(await accounts(context({ ONELANE_SECRET: `${SECRET} and another` })), 'fail', /not whole/);
		writeFileSync(join(home, 'app.sqlite'), 'nonsense');
		unwell(await accounts(context()), 'fail', /app\.sqlite/);
	});
});

describe('the data', () => {
	test('pages', () => {
		unwell(pages({ root: home }), 'fail', /not built/);
		mkdirSync(join(home, 'build', 'web'), { recursive: true });
		expect(pages({ root: home }).level).toBe('ok');
	});

	test('the served version', async () => {
		unwell(await warehouse(context()), 'warn', /Nothing is published/);
		publish();
		unwell(await warehouse(context()), 'fail', /is missing/);
		mkdirSync(join(home, 'versions'));
		writeFileSync(join(home, 'versions', 'v20261125T110000000Z.duckdb'), 'no DuckDB');
		unwell(await warehouse(context()), 'fail', /.+/);
		writeFileSync(join(home, 'current.json'), '{"version":');
		unwell(await warehouse(context()), 'fail', /current\.json/);
	});

	test('freshness', () => {
		unwell(freshness({ home }, NOW), 'warn', /Nothing is published/);
		publish();
		expect(freshness({ home }, NOW).level).toBe('ok');
		publish({ freshness: [{ source: 'crm', loaded_at: '2026-11-25T10:00:00.000Z', data_until: '2026-11-20T09:00:00.000Z' }] });
		unwell(freshness({ home }, NOW), 'warn', /crm \(5 days\)/);
		publish({ built_at: '2026-11-21T11:00:00.000Z' });
		unwell(freshness({ home }, NOW), 'fail', /built 4 days ago/);
	});

	test('the last refresh', () => {
		unwell(lastRefresh({ home }), 'warn', /none yet/);
		refreshed();
		expect(lastRefresh({ home }).level).toBe('ok');
		refreshed({ status: 'failed' });
		unwell(lastRefresh({ home }), 'fail', /failed/);
	});
});

test('every check is asked, and what is wrong is mended by what it says', async () => {
	const findings = await examine(context({ PORT: String(await freePort('127.0.0.1')) }));
	const names = findings.map(({ what }) => what);
	for (const what of [
		'node',
		'dbt',
		'home',
		'permissions',
		'disk',
		'clock',
		'secrets',
		'port',
		'pages',
		'accounts',
		'warehouse',
		'freshness',
		'refresh'
	])
		expect(names).toContain(what);
	for (const { level, detail } of findings) if (level !== 'ok') expect(detail).toMatch(MENDS);
});

/** A failing data test keeps what is served; a publish and a rollback lose no request. */
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION_HEADER } from '../../contracts/semantic.ts';
import type { FilePointer } from '../../contracts/pointer.ts';
import type { Build } from '../build.ts';
import { loadConfig } from '../config.ts';
import { type Context, ROOT, readContext } from '../context.ts';
import { type Servers, startServers } from '../lanes/servers.ts';
import { silent } from '../progress.ts';
import { publish } from '../publish/index.ts';
import { rollback } from '../publish/rollback.ts';
import { listVersions } from '../publish/versions.ts';
import { refresh } from '../refresh.ts';
import { readPointer, readRefresh, versionName } from '../state.ts';
import { readStatus } from '../status.ts';
import { BUILDING_FOLDER } from '../warehouse/duckdb.ts';
import { apiToken, claimsFor, demo } from './support.ts';

const TIMEZONE = 'Asia/Shanghai';
const scratch = mkdtempSync(join(tmpdir(), 'onelane-publishing-'));

describe.skipIf(demo === null)('publishing', () => {
	const home = join(scratch, 'home');
	let context: Context;
	let servers: Servers;

	beforeAll(async () => {
		const source = demo?.home ?? '';
		mkdirSync(home);
		for (const name of ['raw.duckdb', 'versions', 'secrets', 'current.json', 'refresh.json'])
			cpSync(join(source, name), join(home, name), { recursive: true });
		context = readContext({ ...process.env, ONELANE_HOME: home });
		servers = await startServers({ scratch, env: { ...process.env, ONELANE_HOME: home } }, home);
	});

	afterAll(async () => {
		await servers.stop();
		rmSync(scratch, { recursive: true, force: true });
	});

	const readyz = async () => {
		const response = await fetch(`${servers.url}/readyz`);
		return { status: response.status, body: await response.text() };
	};

	test('a failing data test keeps the served version, and is named in refresh.json, in the status and in /readyz', async () => {
		const before = readPointer(home);
		const loaded = await loadConfig(undefined, ROOT);
		const failing = { ...context, root: projectWithFailingTest(join(scratch, 'project')) };
		await expect(refresh({ context: failing, loaded, progress: silent, land: false })).rejects.toThrow(
			/was not published because a data test fails \(orders_are_never_negative\)/
		);

		expect(readPointer(home)).toEqual(before);
		expect(readRefresh(home)).toMatchObject({
			status: 'failed',
			step: 'build',
			failed_tests: [{ name: 'orders_are_never_negative', failures: 1 }]
		});
		expect(readStatus(home).summary).toContain('orders_are_never_negative');
		expect(readdirSync(join(home, BUILDING_FOLDER))).toEqual([]);
		const { status, body } = await readyz();
		expect(status).toBe(200);
		expect(body).toContain(before?.version);
		expect(body).toContain('failed');
	}, 240_000);

	test('readers lose no request while a version is published and while it is rolled back', async () => {
		const first = readPointer(home)?.version ?? '';
		const readers = startReaders(servers.url, await apiToken(home, claimsFor(home, 'analyst')));
		await readers.see(first);

		const next = await publish(context, (await loadConfig(undefined, ROOT)).config, TIMEZONE, builtAgain(home), silent);
		await readers.see(next.version);
		expect(next.previous).toContain(first);

		const { pointer } = await rollback(context, silent);
		expect(pointer.version).toBe(first);
		await readers.see(first);

		const { answered, failures } = await readers.stop();
		expect(failures).toEqual([]);
		expect(answered).toBeGreaterThan(100);
		expect(readRefresh(home)).toMatchObject({ status: 'rolled_back' });
		expect((await readyz()).body).toContain(first);
	}, 240_000);

	test('a rollback to a version that is not kept says which ones are', async () => {
		await expect(rollback(context, silent, 'v20200101T000000000Z')).rejects.toThrow(/is not kept in .*: choose one of v/);
		expect(listVersions(home).length).toBe(2);
	});
});

/** The project as it is, with one more data test, which fails. */
function projectWithFailingTest(folder: string): string {
	mkdirSync(join(folder, 'tests'), { recursive: true });
	for (const name of ['models', 'seeds', 'macros', 'semantic', 'contracts', 'node_modules', 'dbt_project.yml', 'profiles.yml'])
		symlinkSync(join(ROOT, name), join(folder, name));
	for (const name of existsSync(join(ROOT, 'tests')) ? readdirSync(join(ROOT, 'tests')) : [])
		symlinkSync(join(ROOT, 'tests', name), join(folder, 'tests', name));
	writeFileSync(
		join(folder, 'tests', 'orders_are_never_negative.sql'),
		"select count(*) as orders from {{ ref('fct_orders') }} having count(*) >= 0\n"
	);
	return folder;
}

/** Another build with the same rows: publishing does not care where a finished file comes from. */
function builtAgain(home: string): Build {
	const version = versionName(new Date());
	const file = join(home, BUILDING_FOLDER, `${version}.duckdb`);
	mkdirSync(join(home, BUILDING_FOLDER), { recursive: true });
	copyFileSync(join(home, (readPointer(home) as FilePointer).file), file);
	return { version, place: { file }, tests: [], brokenModels: [], models: 0, seconds: 0, wallSeconds: 0 };
}

const READERS = 4;
const SEEN_WITHIN = 30_000;

/** Programs that never stop asking, each time a little differently, so that no cache answers for the server. */
function startReaders(url: string, token: string) {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const failures: string[] = [];
	let answered = 0;
	let asking = true;
	let latest = '';
	const read = async (reader: number) => {
		for (let round = 0; asking; round++) {
			const query = {
				measures: ['leads.leads', 'leads.order_leads'],
				dimensions: [round % 2 === 0 ? 'leads.region_id' : 'leads.channel_id'],
				limit: 1000 + ((reader * 7919 + round) % 9000)
			};
			try {
				const response = await fetch(`${url}/api/v1/load`, { method: 'POST', headers, body: JSON.stringify({ query }) });
				const body = await response.text();
				if (response.status !== 200 || !body.includes('"data"')) failures.push(`${response.status} ${body.slice(0, 200)}`);
				else latest = response.headers.get(VERSION_HEADER) ?? latest;
			} catch (error) {
				failures.push(String(error));
			}
			answered++;
		}
	};
	const running = Array.from({ length: READERS }, (_, reader) => read(reader));
	return {
		/** Resolves once answers come from this version. */
		async see(version: string) {
			const until = Date.now() + SEEN_WITHIN;
			while (latest !== version) {
				if (Date.now() > until)
					throw new Error(`Answers come from ${latest}, not from ${version}; failures so far: ${failures.slice(0, 3).join(' | ')}`);
				await new Promise((done) => setTimeout(done, 50));
			}
		},
		async stop() {
			asking = false;
			await Promise.all(running);
			return { answered, failures };
		}
	};
}

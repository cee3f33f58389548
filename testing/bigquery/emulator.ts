/**
 * BigQuery without BigQuery: an emulator on loopback that tests and benchmarks start and stop. The client and the dbt adapter
 * that talk to it are the real ones.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BigQuerySettings } from '../../contracts/warehouse.ts';
import { type Proxy, startProxy } from './proxy.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const VENV = join(ROOT, '.venv-bigquery');
/** That of the emulator. */
export const PYTHON = process.platform === 'win32' ? join(VENV, 'Scripts', 'python.exe') : join(VENV, 'bin', 'python');
const STARTS_WITHIN = 120_000;

/** The only place that the emulator knows: everything in it is there. */
export const EMULATOR_LOCATION = 'US';
export const EMULATOR_PROJECT = 'test-project';

/** Said where tests are skipped for want of it. */
export const NO_EMULATOR =
	'there is no emulator of BigQuery: install Python 3.13 (or name it in ONELANE_PYTHON313) and run "npm test -- bigquery", which sets it up.';

export interface Emulator {
	/** Where clients go: a proxy in front of the emulator, see proxy.ts. */
	endpoint: string;
	/** Where the emulator itself answers. */
	direct: string;
	proxy: Proxy;
	stop(): Promise<void>;
}

export function hasEmulator(): boolean {
	return existsSync(join(VENV, '.onelane-stamp'));
}

/** Settings that reach the emulator; each test takes a dataset prefix of its own. */
export function emulatorSettings(endpoint: string, dataset: string): BigQuerySettings {
	return { project: EMULATOR_PROJECT, endpoint, location: EMULATOR_LOCATION, dataset };
}

/** The same as variables, for a process of its own. */
export function emulatorEnvironment(endpoint: string, dataset: string): Record<string, string> {
	return {
		ONELANE_WAREHOUSE: 'bigquery',
		ONELANE_BIGQUERY_PROJECT: EMULATOR_PROJECT,
		ONELANE_BIGQUERY_LOCATION: EMULATOR_LOCATION,
		ONELANE_BIGQUERY_ENDPOINT: endpoint,
		ONELANE_BIGQUERY_DATASET: dataset
	};
}

/** @throws Error with its last words when it does not answer in time */
export async function startEmulator(): Promise<Emulator> {
	if (!hasEmulator()) throw new Error(NO_EMULATOR);
	const folder = mkdtempSync(join(tmpdir(), 'onelane-bigquery-'));
	const port = await freePort();
	const args = [join('testing', 'bigquery', 'emulator.py'), `${port}`, `${await freePort()}`, EMULATOR_PROJECT, folder];
	// What Python compiles of it is kept, whatever the machine's own setting: the next one starts in a third of the time.
	const env = { ...process.env, PYTHONDONTWRITEBYTECODE: undefined };
	const child = spawn(PYTHON, args, { cwd: ROOT, env, stdio: ['pipe', 'pipe', 'pipe'] });
	let said = '';
	const take = (text: string) => (said = (said + text).slice(-20_000));
	child.stdout.setEncoding('utf8').on('data', take);
	child.stderr.setEncoding('utf8').on('data', take);
	const ended = new Promise<void>((done) => child.once('exit', () => done()));
	const end = async () => {
		child.kill('SIGKILL');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const direct = `http://127.0.0.1:${port}`;
		await untilAnswering(direct, child, () => said);
		const proxy = await startProxy(direct);
		return { endpoint: proxy.url, direct, proxy, stop: async () => void (await Promise.all([proxy.close(), end()])) };
	} catch (error) {
		await end();
		throw error;
	}
}

async function untilAnswering(url: string, child: ChildProcess, said: () => string): Promise<void> {
	const deadline = Date.now() + STARTS_WITHIN;
	while (Date.now() < deadline && child.exitCode === null) {
		const response = await fetch(`${url}/bigquery/v2/projects/${EMULATOR_PROJECT}/datasets`).catch(() => undefined);
		if (response?.ok) return void (await response.body?.cancel());
		if (response) throw new Error(`The emulator of BigQuery is not whole: ${await response.text()}\n${said()}`);
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`The emulator of BigQuery did not start: ${said()}`);
}

async function freePort(): Promise<number> {
	return new Promise((done, failed) => {
		const server = createServer();
		server.once('error', failed);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => (address !== null && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
		});
	});
}

/** Checks everything that onelane stands on, and says for each failing thing how to mend it. */
import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../contracts/environment.ts';
import { type Context, makeHome } from './context.ts';
import { sentence } from './errors.ts';
import { runProcess } from './process.ts';
import { secretsFolder } from './secrets.ts';
import { tryListen } from './serve/ports.ts';
import { readPointer, readRefresh } from './state.ts';
import { warehouseFor } from './warehouse/index.ts';

export interface Finding {
	what: string;
	/** warn: works, but somebody should know. */
	level: 'ok' | 'warn' | 'fail';
	detail: string;
}

const GIGABYTE = 1024 ** 3;
const LOW_DISK = 2;
const DBT = '1.11';

const ok = (what: string, detail: string): Finding => ({ what, level: 'ok', detail });
const warn = (what: string, detail: string): Finding => ({ what, level: 'warn', detail });
const fail = (what: string, detail: string): Finding => ({ what, level: 'fail', detail });

export async function examine(context: Context): Promise<Finding[]> {
	return [
		node(),
		await dbt(context),
		home(context),
		disk(context),
		secrets(context),
		await port(context),
		pages(context),
		await warehouse(context),
		lastRefresh(context)
	];
}

function node(): Finding {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const fits = major > 22 || (major === 22 && minor >= 17);
	return fits
		? ok('node', process.versions.node)
		: fail('node', `${process.versions.node} cannot run TypeScript: run "npm start", which brings Node 24.`);
}

async function dbt({ python, root }: Context): Promise<Finding> {
	if (!existsSync(python))
		return fail('dbt', `There is no Python environment in ${join(root, '.venv')}: run "npm start" or "npm test", which make it.`);
	const code = 'import sys, dbt.version, duckdb; print(sys.version.split()[0], dbt.version.__version__, duckdb.__version__)';
	const ended = await runProcess(python, ['-c', code], { cwd: root, env: process.env });
	const [version, core, duck] = ended.tail.trim().split(' ');
	if (ended.code !== 0 || !core?.startsWith(DBT)) {
		return fail('dbt', 'The Python environment is not whole: remove the folder .venv and run "npm start".');
	}
	return ok('dbt', `dbt ${core} and DuckDB ${duck} on Python ${version}`);
}

function home({ home }: Context): Finding {
	try {
		makeHome(home);
		return ok('home', home);
	} catch (error) {
		return fail('home', sentence(error));
	}
}

function disk({ home }: Context): Finding {
	if (!existsSync(home)) return warn('disk', `${home} does not exist yet.`);
	const { bavail, bsize } = statfsSync(home);
	const free = (bavail * bsize) / GIGABYTE;
	const text = `${free.toFixed(1)} GB free`;
	return free < LOW_DISK ? fail('disk', `${text}: a refresh needs about ${LOW_DISK} GB; free some space.`) : ok('disk', text);
}

function secrets({ home, environment }: Context): Finding {
	const folder = secretsFolder(home);
	const open = (path: string) => (statSync(path).mode & 0o077) !== 0;
	if (!isLoopback(environment.host) && (environment.secret === undefined || environment.idKey === undefined)) {
		return fail(
			'secrets',
			`HOST is ${environment.host}, so ONELANE_SECRET and ONELANE_ID_KEY must be given: make each with "openssl rand -hex 32".`
		);
	}
	if (!existsSync(folder)) return ok('secrets', 'none kept yet');
	const exposed = readdirSync(folder).filter((name) => open(join(folder, name)));
	if (exposed.length > 0) return fail('secrets', `Others can read ${exposed.join(', ')}: run "chmod 600 ${folder}/*".`);
	return ok('secrets', `kept in ${folder}, readable by their owner only`);
}

async function port({ environment: { host, port } }: Context): Promise<Finding> {
	const code = await tryListen(host, port);
	if (code === null) return ok('port', `${host}:${port} is free`);
	const answer = await fetch(`http://${host}:${port}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
	if (answer?.ok) return ok('port', `${host}:${port} answers: a server runs there`);
	return fail('port', `${host}:${port} cannot be used (${code}): stop the program that uses it, or choose another with PORT.`);
}

function pages({ root }: Context): Finding {
	return existsSync(join(root, 'build', 'web'))
		? ok('pages', 'built')
		: fail('pages', 'The pages are not built: run "npm start" or "npm run web:build".');
}

async function warehouse(context: Context): Promise<Finding> {
	try {
		const pointer = readPointer(context.home);
		if (pointer === null) return warn('warehouse', 'Nothing is published yet: run "onelane refresh".');
		const kept = warehouseFor(context, pointer);
		const where = 'file' in pointer ? join(context.home, pointer.file) : `Dataset ${pointer.dataset}`;
		if (!(await kept.exists(pointer))) return fail('warehouse', `${where} is missing: run "onelane rollback" or "onelane refresh".`);
		const tables = (await kept.marts(pointer)).length;
		return tables > 0
			? ok('warehouse', `${pointer.version} opens with ${tables} marts in ${'file' in pointer ? 'DuckDB' : 'BigQuery'}`)
			: fail('warehouse', `${pointer.version} holds no marts: run "onelane rollback".`);
	} catch (error) {
		return fail('warehouse', `${sentence(error)} Run "onelane rollback" or "onelane refresh".`);
	}
}

function lastRefresh({ home }: Context): Finding {
	const state = readRefresh(home);
	if (state === null) return warn('refresh', 'none yet');
	if (state.status === 'failed') return fail('refresh', state.message ?? 'failed');
	return ok('refresh', `${state.status} at ${state.finished_at ?? state.started_at}`);
}

/** Of the machine: programs, disk, clock, ports. */
import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { runProcess } from '../process.ts';
import { tryListen } from '../serve/ports.ts';
import { readPointer, readRefresh } from '../state.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const GIGABYTE = 1024 ** 3;
const LOW_DISK = 2;
const DBT = '1.11';
/** Clocks of machines differ by less. */
const CLOCK_MS = 5 * 60_000;

export function node(version: string = process.versions.node): Finding {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const fits = major > 22 || (major === 22 && minor >= 17);
	return fits ? ok('node', version) : fail('node', `${version} cannot run TypeScript: run "npm start", which brings Node 24.`);
}

export async function dbt({ python, root }: Context): Promise<Finding> {
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

export function disk({ home }: Pick<Context, 'home'>, space: (path: string) => { bavail: number; bsize: number } = statfsSync): Finding {
	if (!existsSync(home)) return warn('disk', `${home} does not exist yet.`);
	const { bavail, bsize } = space(home);
	const free = (bavail * bsize) / GIGABYTE;
	const text = `${free.toFixed(1)} GB free`;
	return free < LOW_DISK ? fail('disk', `${text}: a refresh needs about ${LOW_DISK} GB; free some space.`) : ok('disk', text);
}

/** A clock that was set back makes new versions older than old ones, and ends nobody's session. */
export function clock({ home }: Pick<Context, 'home'>, now: Date = new Date()): Finding {
	const known = [readPointer(home)?.built_at, readRefresh(home)?.started_at].flatMap((time) => time ?? []);
	const latest = known.sort().at(-1);
	const said = now.toISOString();
	if (latest !== undefined && Date.parse(latest) > now.getTime() + CLOCK_MS)
		return fail(
			'clock',
			`It is ${said} here, but ${latest} has been already: set the clock, and keep it right ("timedatectl set-ntp true").`
		);
	return ok('clock', said);
}

export async function port({ environment: { host, port } }: Pick<Context, 'environment'>): Promise<Finding> {
	const code = await tryListen(host, port);
	if (code === null) return ok('port', `${host}:${port} is free`);
	const answer = await fetch(`http://${host}:${port}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
	if (answer?.ok) return ok('port', `${host}:${port} answers: a server runs there`);
	return fail('port', `${host}:${port} cannot be used (${code}): stop the program that uses it, or choose another with PORT.`);
}

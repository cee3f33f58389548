/**
 * kill -9 while dbt builds, of dbt itself or of the whole command: nothing is published, and the next refresh is whole. Where dbt was at an
 * increment the refresh goes on by itself, and builds everything.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../context.ts';
import { readPointer, readRefresh } from '../state.ts';
import { onelane } from './program.ts';
import type { Struck } from './report.ts';
import { leftovers, servedProblem } from './state.ts';

const ID_KEY = 'faults-0123456789-abcdefghijklmnopqrstuvwxyz';
/** When to strike, as shares of what a refresh takes: before dbt writes, and just before it is done. */
const EARLIEST = 0.3;
const LATEST = 0.9;

export async function buildFaults({
	folder,
	extracts,
	count,
	random
}: {
	folder: string;
	extracts: string;
	count: number;
	random: () => number;
}): Promise<Struck[]> {
	const home = join(folder, 'building');
	const rows: Struck[] = [];
	const more = { ONELANE_DEMO_EXTRACTS: extracts };
	await onelane(home, ['refresh', '--json'], undefined, more);
	const began = Date.now();
	await onelane(home, ['refresh', '--no-land', '--json'], undefined, more);
	const takes = Date.now() - began;
	for (let index = 0; index < count; index++) {
		const before = readPointer(home)?.version;
		const delay = takes * (EARLIEST + random() * (LATEST - EARLIEST));
		const env = { ...process.env, ...more, ONELANE_HOME: home, ONELANE_ID_KEY: ID_KEY };
		const child = spawn(process.execPath, [join('pipeline', 'cli.ts'), 'refresh', '--no-land', '--json'], {
			cwd: ROOT,
			env,
			stdio: 'ignore'
		});
		const whole = index % 2 === 0;
		const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
		await Promise.race([sleep(delay), ended]);
		// Between two programs there is none.
		while (!whole && below(child) === undefined && child.exitCode === null) await sleep(20);
		const victim = whole ? child.pid : below(child);
		const struck = child.exitCode === null && victim !== undefined;
		for (const pid of whole ? [below(child), victim] : [victim]) if (pid !== undefined) tryKill(pid);
		const code = await ended;
		const pointer = readPointer(home);
		const after = pointer?.version;
		const builtAnew = !whole && code === 0 && after !== before && pointer?.built?.increments === 0;
		const state = readRefresh(home);
		const problem = await servedProblem(home);
		const fired = struck && (code !== 0 || builtAnew);
		const said = whole
			? 'killed'
			: builtAnew
				? 'dbt is killed; everything is built anew'
				: `dbt is killed; exit ${code}: ${(state?.message ?? '').slice(0, 100)}`;
		const healed = await onelane(home, ['refresh', '--no-land', '--json'], undefined, more);
		const left = leftovers(home);
		const ok = fired && problem === null && healed.code === 0 && left.length === 0 && readPointer(home)?.version !== before;
		rows.push({
			family: 'build',
			point: `${whole ? 'the refresh' : 'dbt'} after ${Math.round(delay / 1000)} s`,
			happened: fired ? said : `NOT KILLED: it ended with ${code}`,
			after: ok
				? `${after === before ? 'the last good' : 'the new'} version served, the next refresh publishes`
				: (problem ?? healed.tail.slice(-200) + left.join(', ')),
			ok
		});
	}
	rmSync(home, { recursive: true, force: true });
	return rows;
}

function below({ pid }: ChildProcess): number | undefined {
	try {
		const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
		return first === undefined ? undefined : Number(first);
	} catch {
		return undefined;
	}
}

function tryKill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It ended by itself.
	}
}

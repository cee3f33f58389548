/** Homes that the tests read: a small demo brand and, where its data is, Olist; refreshed by the command that people use. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from '../context.ts';
import { type Bench, type Outcome, failedWith, node, nothing, skippedWith, sum } from './lane.ts';

const CUSTOMERS = '2000';
const CLI = join('pipeline', 'cli.ts');

export const demoHome = (bench: Bench) => join(bench.scratch, 'demo-home');
/** Holds `extracts/` and the `truth/` behind them, which is never landed. */
export const demoFolder = (bench: Bench) => join(demoHome(bench), 'demo');
export const olistHome = (bench: Bench) => join(bench.scratch, 'olist-home');

export function olistFolder(env: Record<string, string | undefined>): string | undefined {
	const places = [env['ONELANE_OLIST_DIR'], resolve(ROOT, '..', 'shared', 'data', 'olist')];
	return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}

export async function demoLane(bench: Bench): Promise<Outcome> {
	const home = demoHome(bench);
	const made = await node(bench, 'demo', [
		CLI,
		'demo',
		'--customers',
		CUSTOMERS,
		'--seed',
		'7',
		'--until',
		'2026-11-22',
		'--out',
		demoFolder(bench),
		'--json'
	]);
	if (made.code !== 0) return failedWith(`onelane demo:\n${made.tail}`);
	return sum([{ ...nothing(), passed: 1 }, await refreshed(bench, 'refresh of the demo', home, ['--unit-tests'])]);
}

export async function olistLane(bench: Bench): Promise<Outcome> {
	const folder = olistFolder(bench.env);
	if (folder === undefined)
		return skippedWith('the Olist data is not here (name its folder in ONELANE_OLIST_DIR), so its known totals were not checked.');
	return refreshed(bench, 'refresh of Olist', olistHome(bench), ['--config', join('examples', 'olist', 'onelane.config.ts')], {
		ONELANE_OLIST_DIR: folder
	});
}

/** One refresh: itself, and each of dbt's data and unit tests, is a check. */
async function refreshed(
	bench: Bench,
	name: string,
	home: string,
	args: readonly string[],
	env: Record<string, string> = {}
): Promise<Outcome> {
	const ended = await node(bench, name, [CLI, 'refresh', ...args], { ONELANE_HOME: home, ...env });
	if (ended.code !== 0) {
		const failed = failedTests(home);
		return {
			...nothing(),
			failed: Math.max(1, failed.length),
			notes: [`${name}:\n${ended.tail.trim().slice(-4_000)}\n${failed.join('\n')}`]
		};
	}
	return { ...nothing(), passed: 1 + passedTests(home) };
}

interface RunResults {
	results: { unique_id: string; status: string }[];
}

function passedTests(home: string): number {
	const { results } = JSON.parse(readFileSync(join(home, 'dbt', 'target', 'run_results.json'), 'utf8')) as RunResults;
	return results.filter(({ unique_id, status }) => /^(unit_)?test\./.test(unique_id) && status === 'pass').length;
}

function failedTests(home: string): string[] {
	const file = join(home, 'refresh.json');
	if (!existsSync(file)) return [];
	const { failed_tests } = JSON.parse(readFileSync(file, 'utf8')) as { failed_tests?: { name: string }[] };
	return (failed_tests ?? []).map(({ name }) => name);
}

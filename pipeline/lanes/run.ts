/**
 * Runs every lane and ends with one line, `N passed, N failed`. Two tracks at a time: the machine that must carry it has two cores.
 * With names of lanes as arguments only those run (and what they stand on).
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentence } from '../errors.ts';
import { elapsed } from '../progress.ts';
import { bigQueryLane } from './bigquery.ts';
import { e2eLane } from './e2e.ts';
import { demoFolder, demoHome, demoLane, olistFolder, olistHome, olistLane } from './homes.ts';
import { type Bench, type Outcome, cleanEnvironment, failedWith, nothing, sum, vitest } from './lane.ts';
import { type Servers, startServers } from './servers.ts';
import { staticLane, syncSvelte } from './static.ts';

const LANES = ['static', 'unit', 'demo', 'olist', 'semantic', 'bigquery', 'integration', 'e2e'] as const;
type Lane = (typeof LANES)[number];

const began = Date.now();
const say = (text: string) => process.stdout.write(`${text}\n`);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !LANES.some((lane) => lane === name));
if (unknown !== undefined) {
	process.stderr.write(`Lane "${unknown}" is unknown: choose from ${LANES.join(', ')}.\n`);
	process.exit(2);
}
const wanted = (lane: Lane) => asked.length === 0 || asked.includes(lane);

async function lane(name: Lane, work: () => Promise<Outcome>): Promise<Outcome> {
	if (!wanted(name)) return nothing();
	const start = Date.now();
	const outcome = await work().catch((error: unknown) => failedWith(sentence(error)));
	const { passed, failed, skipped } = outcome;
	say(
		`  ${failed > 0 ? '✗' : '✓'} ${name.padEnd(12)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''} (${elapsed(start)})`
	);
	for (const note of outcome.notes) say(note.replaceAll(/^/gm, '      '));
	return outcome;
}

async function track(...lanes: (() => Promise<Outcome>)[]): Promise<Outcome> {
	const outcomes: Outcome[] = [];
	for (const next of lanes) outcomes.push(await next());
	return sum(outcomes);
}

async function overServers(bench: Bench): Promise<Outcome> {
	let demo: Servers | undefined;
	let olist: Servers | undefined;
	try {
		demo = await startServers(bench, demoHome(bench));
		const folder = olistFolder(bench.env);
		if (folder !== undefined && wanted('integration')) olist = await startServers(bench, olistHome(bench));
		const env = {
			ONELANE_TEST_HOME: demoHome(bench),
			ONELANE_TEST_DEMO: demoFolder(bench),
			ONELANE_TEST_URL: demo.url,
			ONELANE_TEST_SEMANTIC_URL: demo.semanticUrl,
			ONELANE_TEST_OLIST_HOME: olist && olistHome(bench),
			ONELANE_TEST_OLIST_URL: olist?.url,
			ONELANE_TEST_OLIST_SEMANTIC_URL: olist?.semanticUrl
		};
		const servers = demo;
		return sum([
			await lane('integration', () => vitest(bench, 'integration', ['--project', 'integration'], env)),
			await lane('e2e', () => e2eLane(bench, servers))
		]);
	} catch (error) {
		const outcome = failedWith(sentence(error));
		say(`  ✗ servers\n      ${sentence(error)}`);
		return outcome;
	} finally {
		await Promise.all([demo?.stop(), olist?.stop()]);
	}
}

/** Two tracks, about as long: code and warehouses; homes, and what is served from them. */
async function main(bench: Bench): Promise<Outcome> {
	const needsHomes = LANES.some((name) => name !== 'static' && name !== 'unit' && wanted(name));
	const made = needsHomes
		? track(
				() => home('demo', demoLane, bench),
				() => home('olist', olistLane, bench)
			)
		: Promise.resolve(nothing());
	const published = made.then(() => existsSync(join(demoHome(bench), 'current.json')));
	const overHomes = async (...lanes: (() => Promise<Outcome>)[]) => ((await published) ? track(...lanes) : nothing());
	const outcomes = await Promise.all([
		track(
			() => syncSvelte(bench),
			() => lane('static', () => staticLane(bench)),
			() =>
				lane('unit', () => vitest(bench, 'unit', ['--project', 'node', '--project', 'web'], { ONELANE_OLIST_DIR: olistFolder(bench.env) })),
			() =>
				overHomes(
					() => lane('semantic', () => vitest(bench, 'semantic', ['--project', 'semantic'], { ONELANE_TEST_HOME: demoHome(bench) })),
					() => lane('bigquery', () => bigQueryLane(bench))
				)
		),
		made,
		wanted('integration') || wanted('e2e') ? overHomes(() => overServers(bench)) : nothing()
	]);
	if (!needsHomes || (await published)) return sum(outcomes);
	const note = 'Nothing was published, so nothing after it could be tried.';
	say(`  ✗ ${note}`);
	return sum([...outcomes, failedWith(note)]);
}

async function runAll(): Promise<Outcome> {
	const interrupted = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
	const scratch = mkdtempSync(join(tmpdir(), 'onelane-test-'));
	const bench: Bench = {
		scratch,
		// Programs are started hundreds of times: what Node compiles of them it compiles once.
		env: { ...cleanEnvironment(process.env), NODE_COMPILE_CACHE: join(scratch, 'compiled') },
		signal: interrupted.signal
	};
	const total = await main(bench).catch((error: unknown) => failedWith(sentence(error)));
	if (total.failed === 0) rmSync(bench.scratch, { recursive: true, force: true });
	else say(`\nLogs and homes of this run are kept in ${bench.scratch}.`);
	return total;
}

/** A home that other lanes stand on is made even when its own lane was not asked for. */
async function home(name: 'demo' | 'olist', work: (bench: Bench) => Promise<Outcome>, bench: Bench): Promise<Outcome> {
	return wanted(name) ? lane(name, () => work(bench)) : work(bench);
}

const { passed, failed, skipped } = await runAll();
say(`\nThe tests took ${elapsed(began)}.`);
say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Commands that move data: demo, ingest, build, publish, refresh, rollback, export. */
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { record } from '../../app-state/index.ts';
import { note, withState } from '../app-state.ts';
import { readBuild, saveBuild } from '../build-record.ts';
import { build } from '../build.ts';
import { loadConfig } from '../config.ts';
import { exportMart } from '../export.ts';
import { publish } from '../publish/index.ts';
import { rollback } from '../publish/rollback.ts';
import { letReadersGoFirst } from '../readers-first.ts';
import { type Refreshed, describeBuild, describeIngest, land, refresh, timezoneOf, withLock } from '../refresh.ts';
import { readPointer } from '../state.ts';
import { sentence } from '../errors.ts';
import { type Call, CONFIG_OPTION, type CommonOptions, answer, isoDate, wholeNumber, withJson } from './shared.ts';

interface DataOptions extends CommonOptions {
	config?: string;
	only?: string[];
	land?: boolean;
	unitTests?: boolean;
	whole?: boolean;
}

const UNIT_TESTS_OPTION = [
	'--unit-tests',
	'also run the unit tests of the models, for whoever changes them: they say nothing of the data'
] as const;
const WHOLE_OPTION = ['--whole', 'build everything from raw, also where the rows since the last version would do'] as const;

const options = async (call: Call, given: DataOptions) => ({
	...call,
	loaded: await loadConfig(given.config, call.context.root),
	only: given.only
});

export function addDataCommands(program: Command): void {
	withJson(program.command('demo'))
		.description('write extracts of a simulated car brand, and the truth behind them')
		.option('--customers <n>', 'people who are simulated', wholeNumber(100), 30_000)
		.option('--seed <n>', 'the same seed gives the same bytes', wholeNumber(0), 1)
		.option('--until <date>', 'last day of the data', isoDate, '2026-11-22')
		.option('--flat', 'a brand where nobody differs from their peers: what chance alone looks like')
		.requiredOption('--out <folder>', 'where to write')
		.action((given: CommonOptions & { customers: number; seed: number; until: string; flat?: boolean; out: string }) =>
			answer(given, async () => {
				const { generateDemo } = await import('../../ingestion/demo/index.ts');
				const out = resolve(given.out);
				const report = generateDemo({ customers: given.customers, seed: given.seed, until: given.until, flat: given.flat === true, out });
				return {
					json: { out, ...report },
					text: `${report.rows.toLocaleString('en')} rows of the demo brand are in ${join(out, 'extracts')}.`
				};
			})
		);

	withJson(program.command('ingest'))
		.description('land the files of the configured sources in raw')
		.option(...CONFIG_OPTION)
		.option('--only <source...>', 'land these sources only')
		.action((given: DataOptions) =>
			answer(given, async (call) => {
				const prepared = await options(call, given);
				const report = await withLock(call.context.home, 'ingest', (lock) => land(prepared, lock));
				return { json: report, text: describeIngest(report) };
			})
		);

	withJson(program.command('build'))
		.description('build a new version from raw and run its data tests; nothing is published')
		.option(...CONFIG_OPTION)
		.option(...UNIT_TESTS_OPTION)
		.option(...WHOLE_OPTION)
		.action((given: DataOptions) =>
			answer(given, async (call) => {
				const prepared = await options(call, given);
				const { context, progress, signal } = call;
				const how = { signal, unitTests: given.unitTests, whole: given.whole };
				const built = await withLock(context.home, 'build', async () =>
					saveBuild(context.home, await build(context, prepared.loaded.config, timezoneOf(prepared), progress, how))
				);
				return { json: built, text: `${describeBuild(built)} Run "onelane publish" to serve ${built.version}.` };
			})
		);

	withJson(program.command('publish'))
		.description('serve the version that "onelane build" made')
		.option(...CONFIG_OPTION)
		.action((given: DataOptions) =>
			answer(given, async (call) => {
				const prepared = await options(call, given);
				const { context, progress, signal } = call;
				const pointer = await withLock(context.home, 'publish', async () =>
					publish(context, prepared.loaded.config, timezoneOf(prepared), await readBuild(context), progress, signal)
				);
				return { json: pointer, text: `${pointer.version} is served.` };
			})
		);

	withJson(program.command('refresh'))
		.description('ingest, build and publish; a failing data test keeps the last good version')
		.option(...CONFIG_OPTION)
		.option('--only <source...>', 'land these sources only')
		.option('--no-land', 'build and publish what is already landed')
		.option(...UNIT_TESTS_OPTION)
		.option(...WHOLE_OPTION)
		.action((given: DataOptions) =>
			answer(given, async (call) => {
				const prepared = await options(call, given);
				letReadersGoFirst();
				const done = await audited(call, () => refresh({ ...prepared, land: given.land, unitTests: given.unitTests, whole: given.whole }));
				return { json: done, text: `${done.pointer.version} is served; the refresh took ${Math.round(done.seconds)} s.` };
			})
		);

	withJson(program.command('rollback'))
		.description('serve an older version again')
		.option('--to <version>', 'which one (default: the one before)')
		.action((given: CommonOptions & { to?: string }) =>
			answer(given, async (call) => {
				const { context, progress } = call;
				const { from, pointer } = await withLock(context.home, 'rollback', () => rollback(context, progress, given.to));
				await note(call, { action: 'version.rolled_back', target: pointer.version, detail: { from } });
				return { json: { from, ...pointer }, text: `${pointer.version} is served${from ? ` instead of ${from}` : ''}.` };
			})
		);

	withJson(program.command('export'))
		.description('write one mart of the served version to a file')
		.argument('<mart>', 'table of schema marts, such as rpt_channel_daily')
		.option('--format <format>', 'csv or parquet', 'csv')
		.requiredOption('--out <file>', 'where to write')
		.action((mart: string, given: CommonOptions & { format: string; out: string }) =>
			answer(given, async ({ context }) => {
				// Noted first: nothing leaves the house unseen.
				const detail = { format: given.format, version: readPointer(context.home)?.version ?? null };
				await withState(context, (state, by) => record(state, by, { action: 'data.exported', target: mart, detail }));
				const result = await exportMart(context, mart, given.format, resolve(given.out));
				return { json: result, text: `${result.rows.toLocaleString('en')} rows of ${mart} are in ${result.file}.` };
			})
		);
}

/** A refresh is in the audit log however it ends. */
async function audited(call: Call, work: () => Promise<Refreshed>): Promise<Refreshed> {
	try {
		const done = await work();
		const detail = { seconds: Math.round(done.seconds), tests: done.build.tests, warnings: done.build.warnings };
		await note(call, { action: 'refresh.published', target: done.pointer.version, detail });
		return done;
	} catch (error) {
		await note(call, { action: 'refresh.failed', detail: { why: sentence(error).slice(0, 300) } });
		throw error;
	}
}

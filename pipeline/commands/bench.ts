/** The benchmark as a command. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ROOT } from '../context.ts';
import { UsageError } from '../errors.ts';
import { addSafetyBenches } from './bench-safety.ts';
import { exitCodeOf } from './bench-exit.ts';
import { type CommonOptions, answer, wholeNumber, withJson } from './shared.ts';

export function addBenchCommand(program: Command): void {
	const bench = withJson(program.command('bench'))
		.description('measure landing, build and answers against the budgets, in a throw-away home')
		.option('--customers <n>', 'size of the demo brand', wholeNumber(100), 30_000)
		.option('--times <n>', 'also build at this multiple of it (1: do not)', wholeNumber(1), 10)
		.option(
			'--copies <n>',
			'also build so many copies of what was landed, and half as many (36: a million leads, ten million touchpoints)',
			wholeNumber(1),
			1
		)
		.option('--mart-copies <n>', 'also ask over so many copies of the marts (351: ten million leads)', wholeNumber(1), 1)
		.action((given: CommonOptions & { customers: number; times: number; copies: number; martCopies: number }) =>
			answer(given, async ({ context, progress }) => {
				const { runBench, describeBench } = await import('../../bench/index.ts');
				const result = await runBench({
					context,
					customers: given.customers,
					times: given.times,
					copies: given.copies,
					martCopies: given.martCopies,
					progress
				});
				return { json: result, text: describeBench(result), exitCode: exitCodeOf(result) };
			})
		);
	bench.hook('preAction', () => {
		if (!existsSync(join(ROOT, 'bench'))) throw new UsageError('Benchmarks are not in an image: run them in a clone.');
	});
	addWebBench(bench);
	addSafetyBenches(bench);
	addStoriesBench(bench);
	addBigQueryBench(bench);
	addCostBench(bench);
}

function addBigQueryBench(bench: Command): void {
	withJson(bench.command('bigquery'))
		.description('measure landing on BigQuery against a bare load job of the same rows, with the emulator that tests use')
		.option('--rows <n>', 'rows to land', wholeNumber(1_000), 200_000)
		.option('--rounds <n>', 'landings; timings are their median', wholeNumber(1), 3)
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & { rows: number; rounds: number } = command.optsWithGlobals();
			return answer(given, async ({ context, progress }) => {
				const { runBigQueryBench } = await import('../../bench/bigquery.ts');
				const { describeBench } = await import('../../bench/index.ts');
				const result = await runBigQueryBench({ context, rows: given.rows, rounds: given.rounds, progress });
				return { json: result, text: describeBench(result), exitCode: exitCodeOf(result) };
			});
		});
}

function addCostBench(bench: Command): void {
	withJson(bench.command('cost'))
		.description(
			'estimate what each page and each build reads of BigQuery at 1, 10 and 100 million leads; with credentials also by a dry run'
		)
		.action((_: unknown, command: Command) =>
			answer(command.optsWithGlobals(), async ({ context, progress }) => {
				const { runCostBench } = await import('../../bench/cost/index.ts');
				const { describeBench } = await import('../../bench/index.ts');
				const result = await runCostBench(context, progress);
				return { json: result, text: describeBench(result), exitCode: exitCodeOf(result) };
			})
		);
}

function addWebBench(bench: Command): void {
	withJson(bench.command('web'))
		.description('measure the pages in Chromium against their budgets, over the version that an installation serves')
		.option('--home <folder>', 'installation to measure (default: ONELANE_HOME)')
		.option('--leads <n>', 'multiply its marts to about so many leads first, in a throw-away home', wholeNumber(1))
		.option('--page <name...>', 'pages to measure, such as cockpit or audit (default: all)')
		.option('--rounds <n>', 'openings of each page; timings are their median', wholeNumber(1), 5)
		.option('--lighthouse', 'also ask Lighthouse, which is fetched from npm')
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & { home?: string; leads?: number; page?: string[]; rounds: number; lighthouse?: boolean } =
				command.optsWithGlobals();
			return answer(given, async ({ context, progress, signal }) => {
				const { runWebBench, describeWebBench } = await import('../../bench/web/index.ts');
				const result = await runWebBench({
					context,
					home: resolve(given.home ?? context.home),
					leads: given.leads ?? null,
					pages: given.page ?? [],
					rounds: given.rounds,
					lighthouse: given.lighthouse === true,
					progress,
					signal
				});
				return { json: result, text: describeWebBench(result), exitCode: exitCodeOf(result) };
			});
		});
}

interface StoriesArguments {
	seeds: number;
	first: number;
	withStories: number;
	without: number;
	period: string[];
	template?: string;
}

function addStoriesBench(bench: Command): void {
	withJson(bench.command('stories'))
		.description('how often the answer line misses a story of the demo, and how often it invents one on a brand without any')
		.option('--seeds <n>', 'worlds of each kind', wholeNumber(1), 50)
		.option('--first <n>', 'first seed', wholeNumber(0), 101)
		.option('--with-stories <n>', 'customers of a world with stories', wholeNumber(100), 12_000)
		.option('--without <n>', 'customers of a flat world', wholeNumber(100), 4_000)
		.option('--period <preset...>', 'periods of the pages', ['all', 'ytd', 'mtd'])
		.option('--template <home>', "run the SQL of this home's last build, one of a demo brand, instead of having dbt write it anew")
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & StoriesArguments = command.optsWithGlobals();
			return answer(given, async ({ context, progress, signal }) => {
				const { runStories, describeStories } = await import('../../bench/stories/index.ts');
				const result = await runStories({
					context,
					seeds: given.seeds,
					first: given.first,
					customers: given.withStories,
					flatCustomers: given.without,
					periods: given.period,
					template: given.template,
					progress,
					signal
				});
				return { json: result, text: describeStories(result) };
			});
		});
}

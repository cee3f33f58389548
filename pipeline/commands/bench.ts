/** The benchmark as a command. */
import type { Command } from 'commander';
import { type CommonOptions, answer, wholeNumber, withJson } from './shared.ts';

export function addBenchCommand(program: Command): void {
	withJson(program.command('bench'))
		.description('measure landing, build and answers against the budgets, in a throw-away home')
		.option('--customers <n>', 'size of the demo brand', wholeNumber(100), 30_000)
		.option('--times <n>', 'also build at this multiple of it (1: do not)', wholeNumber(1), 10)
		.action((given: CommonOptions & { customers: number; times: number }) =>
			answer(given, async ({ context, progress }) => {
				const { runBench, describeBench } = await import('../../bench/index.ts');
				const result = await runBench({ context, customers: given.customers, times: given.times, progress });
				return { json: result, text: describeBench(result) };
			})
		);
}

/** Long versions of the tests of safety: the policy, faults, load. */
import type { Command } from 'commander';
import { exitCodeOf } from './bench-exit.ts';
import { type CommonOptions, answer, wholeNumber, withJson } from './shared.ts';

export function addSafetyBenches(bench: Command): void {
	withJson(bench.command('policy'))
		.description('generated questions under generated scopes, against data that was filtered beforehand')
		.option('--scopes <n>', 'different scopes', wholeNumber(2), 40)
		.option('--rounds <n>', 'rounds of up to three people asking at once', wholeNumber(2), 1_500)
		.option('--seed <n>', 'the same seed asks the same', wholeNumber(0), 1)
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & { scopes: number; rounds: number; seed: number } = command.optsWithGlobals();
			return answer(given, async ({ context, progress }) => {
				const { runPolicyBench } = await import('../../bench/policy.ts');
				const counts = await runPolicyBench({ context, ...given, progress });
				return { json: counts, text: `Every answer is that of the filtered data: ${JSON.stringify(counts)}` };
			});
		});

	withJson(bench.command('faults'))
		.description('kill -9 at seeded points, full disks, broken files, hanging servers; over a copy of what is served')
		.option('--seed <n>', 'the same seed strikes the same points', wholeNumber(0), 1)
		.option('--short', 'about ten kills and no servers')
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & { seed: number; short?: boolean } = command.optsWithGlobals();
			return answer(given, async ({ context, progress }) => {
				const { runFaultBench, describeFaults } = await import('../../bench/faults.ts');
				const result = await runFaultBench({ context, seed: given.seed, short: given.short === true, progress });
				const failed = result.rows.filter(({ ok }) => !ok).length;
				return { json: { ...result, failed }, text: describeFaults(result), exitCode: failed > 0 ? 1 : 0 };
			});
		});

	withJson(bench.command('load'))
		.description('people who browse the served version while it is refreshed: errors, time of a page, memory')
		.option('--people <n>', 'how many', wholeNumber(1), 200)
		.option('--minutes <n>', 'how long', wholeNumber(1), 10)
		.option('--refresh-every <minutes>', '0: not at all', wholeNumber(0), 2)
		.option('--pause <seconds>', 'between two clicks of one person', wholeNumber(1), 10)
		.action((_: unknown, command: Command) => {
			const given: CommonOptions & { people: number; minutes: number; refreshEvery: number; pause: number } = command.optsWithGlobals();
			return answer(given, async ({ context, progress, signal }) => {
				const { runLoad, describeLoad } = await import('../../bench/load.ts');
				const result = await runLoad({ context, ...given, progress, signal });
				return { json: result, text: describeLoad(result), exitCode: exitCodeOf(result) };
			});
		});

	withJson(bench.command('fuzz'))
		.description('every field of every endpoint is given what it does not expect, over a copy of what is served')
		.action((_: unknown, command: Command) => {
			const given: CommonOptions = command.optsWithGlobals();
			return answer(given, async ({ context, progress }) => {
				const { runFuzz } = await import('../../bench/fuzz.ts');
				const result = await runFuzz({ context, progress });
				return { json: result, text: result.text, exitCode: result.failed ? 1 : 0 };
			});
		});
}

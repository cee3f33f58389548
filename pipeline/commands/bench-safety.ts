/** Long versions of the tests of safety: the policy, faults, load. */
import type { Command } from 'commander';
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
}

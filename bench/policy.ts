/** The long metamorphic test of the policy, over the home that is served: see semantic/testing/metamorphic. */
import { join } from 'node:path';
import type { Context } from '../pipeline/context.ts';
import { PipelineError } from '../pipeline/errors.ts';
import { runProcess } from '../pipeline/process.ts';
import type { Progress } from '../pipeline/progress.ts';

export interface PolicyOptions {
	context: Context;
	scopes: number;
	rounds: number;
	seed: number;
	progress: Progress;
}

/** @throws PipelineError with the smallest case whose answers differ, and the seed that finds it again */
export async function runPolicyBench({ context, scopes, rounds, seed, progress }: PolicyOptions): Promise<Record<string, unknown>> {
	const script = join('semantic', 'testing', 'metamorphic', 'main.ts');
	const numbers = Object.entries({ scopes, rounds, seed }).flatMap(([name, value]) => [`--${name}`, String(value)]);
	let last = '';
	const ended = await runProcess(process.execPath, [script, '--home', context.home, ...numbers], {
		cwd: context.root,
		env: process.env,
		onLine: (line) => {
			last = line;
			progress.tell(line);
		}
	});
	if (ended.code !== 0) throw new PipelineError(`The policy does not hold (seed ${seed}):\n${ended.tail.trim().slice(-4_000)}`);
	return JSON.parse(last) as Record<string, unknown>;
}

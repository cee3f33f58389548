/** Reads what dbt wrote about a run. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { PipelineError } from './errors.ts';

const runResults = z.object({
	elapsed_time: z.number(),
	results: z.array(
		z.object({
			unique_id: z.string(),
			status: z.string(),
			failures: z.number().nullable(),
			message: z.string().nullable(),
			execution_time: z.number(),
			timing: z.array(z.object({ completed_at: z.string().nullable() }))
		})
	)
});

const manifest = z.object({
	nodes: z.record(
		z.string(),
		z.object({
			name: z.string(),
			attached_node: z.string().nullish(),
			depends_on: z.object({ nodes: z.array(z.string()).optional() }).optional()
		})
	),
	unit_tests: z.record(z.string(), z.object({ name: z.string(), model: z.string() })).optional()
});

/** One row of `rpt_test_results`. */
export interface TestResult {
	test_name: string;
	/** Model that the test guards; null for a test over several. */
	model: string | null;
	status: 'pass' | 'warn' | 'fail' | 'error' | 'skipped';
	/** Rows that broke the rule; null when the test could not run. */
	failures: number | null;
	/** Naive UTC. */
	ran_at: string;
}

export interface BuildResults {
	tests: TestResult[];
	/** Models and seeds that could not be built, with the database's words. */
	brokenModels: { name: string; message: string }[];
	models: number;
	/** dbt's own start is not part of it. */
	seconds: number;
}

const last = (id: string) => id.split('.').at(-1) ?? id;

export function readRunResults(targetPath: string): BuildResults {
	const file = `${targetPath}/run_results.json`;
	if (!existsSync(file))
		throw new PipelineError(`dbt left no results in ${file}: read its log beside it, then run "onelane refresh" again.`);
	const { results, elapsed_time } = runResults.parse(JSON.parse(readFileSync(file, 'utf8')));
	const known = manifest.parse(JSON.parse(readFileSync(`${targetPath}/manifest.json`, 'utf8')));
	const isTest = (id: string) => id.startsWith('test.') || id.startsWith('unit_test.');
	const tests = results.filter(({ unique_id }) => isTest(unique_id)).map((result) => testResult(result, known));
	const built = results.filter(({ unique_id }) => !isTest(unique_id));
	const brokenModels = built
		.filter(({ status }) => status === 'error' || status === 'fail')
		.map(({ unique_id, message }) => ({ name: last(unique_id), message: message ?? '' }));
	return { tests, brokenModels, models: built.length, seconds: elapsed_time };
}

function testResult(result: z.infer<typeof runResults>['results'][number], known: z.infer<typeof manifest>): TestResult {
	const { unique_id: id, status, failures, timing } = result;
	const unit = known.unit_tests?.[id];
	const node = known.nodes[id];
	const parents = node?.depends_on?.nodes ?? [];
	const guarded = unit ? `model.${unit.model}` : (node?.attached_node ?? (parents.length === 1 ? parents[0] : null));
	const completed = timing.at(-1)?.completed_at ?? new Date().toISOString();
	return {
		test_name: unit?.name ?? node?.name ?? last(id),
		model: guarded ? last(guarded) : null,
		status: toStatus(status),
		failures,
		ran_at: new Date(completed).toISOString().replace('T', ' ').replace('Z', '')
	};
}

function toStatus(status: string): TestResult['status'] {
	if (status === 'pass' || status === 'warn' || status === 'fail' || status === 'skipped') return status;
	return status === 'success' ? 'pass' : 'error';
}

/** A lane of the tests: some programs, and how many of their checks passed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../context.ts';
import { type Ended, runProcess } from '../process.ts';

export interface Outcome {
	passed: number;
	failed: number;
	skipped: number;
	/** What a person must know: failures in full, and why something was skipped. */
	notes: string[];
}

export const nothing = (): Outcome => ({ passed: 0, failed: 0, skipped: 0, notes: [] });
export const failedWith = (note: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, notes: [note] });
export const skippedWith = (note: string): Outcome => ({ passed: 0, failed: 0, skipped: 1, notes: [`SKIPPED: ${note}`] });

export function sum(outcomes: readonly Outcome[]): Outcome {
	return outcomes.reduce(
		(total, { passed, failed, skipped, notes }) => ({
			passed: total.passed + passed,
			failed: total.failed + failed,
			skipped: total.skipped + skipped,
			notes: [...total.notes, ...notes]
		}),
		nothing()
	);
}

export interface Bench {
	/** Throw-away folder of this run. */
	scratch: string;
	/** Environment of every program: nothing of the person who runs the tests leaks in. */
	env: Record<string, string | undefined>;
	/** Ends everything that was started, when the tests are interrupted. */
	signal?: AbortSignal;
}

const OWN_VARIABLES = ['HOST', 'PORT', 'ORIGIN', 'SEMANTIC_PORT', 'SEMANTIC_URL'];

export function cleanEnvironment(env: Record<string, string | undefined>): Record<string, string | undefined> {
	const kept = Object.entries(env).filter(
		([name]) => !OWN_VARIABLES.includes(name) && (!name.startsWith('ONELANE_') || name === 'ONELANE_OLIST_DIR')
	);
	return { ...Object.fromEntries(kept), NO_COLOR: '1', FORCE_COLOR: undefined };
}

/** Runs a script of a package or of the project on this Node. */
export function node(bench: Bench, name: string, args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ended> {
	return program(bench, name, process.execPath, args, env);
}

export async function program(
	bench: Bench,
	name: string,
	command: string,
	args: readonly string[],
	env: Record<string, string | undefined> = {}
): Promise<Ended> {
	let output = '';
	const onLine = (line: string) => {
		output += `${line}\n`;
	};
	const ended = await runProcess(command, args, { cwd: ROOT, env: { ...bench.env, ...env }, onLine, signal: bench.signal });
	const log = join(bench.scratch, 'logs', `${name}.log`);
	mkdirSync(dirname(log), { recursive: true });
	writeFileSync(log, output);
	return ended;
}

/** One program that passes or fails as a whole. */
export async function check(bench: Bench, name: string, args: readonly string[]): Promise<Outcome> {
	const ended = await node(bench, name, args);
	if (ended.code === 0) return { ...nothing(), passed: 1 };
	return failedWith(`${name}:\n${ended.tail.trim().split('\n').slice(-60).join('\n')}`);
}

interface VitestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	testResults: {
		name: string;
		status: string;
		message: string;
		assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
	}[];
}

export async function vitest(
	bench: Bench,
	name: string,
	args: readonly string[],
	env: Record<string, string | undefined> = {}
): Promise<Outcome> {
	const report = join(bench.scratch, 'reports', `${name}.json`);
	const common = ['run', '--reporter=json', '--reporter=default', `--outputFile.json=${report}`, '--passWithNoTests'];
	const ended = await node(bench, name, [join('node_modules', 'vitest', 'vitest.mjs'), ...common, ...args], env);
	let read: VitestReport;
	try {
		read = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
	} catch {
		return failedWith(`${name} gave no report:\n${ended.tail.slice(-4_000)}`);
	}
	const notes = read.testResults.flatMap((file) => [
		...(file.status === 'failed' && file.assertionResults.length === 0 ? [`${file.name}\n${file.message}`] : []),
		...file.assertionResults
			.filter(({ status }) => status === 'failed')
			.map(({ fullName, failureMessages }) => `${file.name}\n  ${fullName}\n${failureMessages.join('\n').slice(0, 4_000)}`)
	]);
	const skipped = read.testResults.flatMap(({ assertionResults }) =>
		assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => `SKIPPED: ${fullName.trim()}`)
	);
	const broken = ended.code !== 0 && read.numFailedTests === 0;
	if (broken && notes.length === 0) notes.push(`${name} ended with exit code ${ended.code}:\n${ended.tail.slice(-4_000)}`);
	return {
		passed: read.numPassedTests,
		failed: read.numFailedTests + (broken ? Math.max(1, notes.length) : 0),
		skipped: read.numPendingTests + read.numTodoTests,
		notes: [...notes, ...skipped]
	};
}

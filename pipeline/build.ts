/** Builds a new version: one `dbt build` from raw into a place that nobody serves. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../contracts/config.ts';
import type { Pointer, VersionPlace } from '../contracts/pointer.ts';
import type { Context } from './context.ts';
import { PipelineError } from './errors.ts';
import type { Progress } from './progress.ts';
import { runProcess } from './process.ts';
import { type BuildResults, readRunResults } from './run-results.ts';
import { listVersions } from './publish/versions.ts';
import { hashOf } from './setup/stamp.mjs';
import { nextVersionName, readPointer } from './state.ts';
import { warehouseOf } from './warehouse/index.ts';
import type { DbtTarget, Warehouse } from './warehouse/warehouse.ts';

/** Secrets that dbt has no use for: nothing that it writes may ever hold them. */
const KEPT_FROM_DBT = { ONELANE_ID_KEY: undefined, ONELANE_SECRET: undefined };

export interface Build extends BuildResults {
	version: string;
	/** Unpublished. */
	place: VersionPlace;
	wallSeconds: number;
	/** Absent where no build made it. */
	built?: Pointer['built'];
}

/** A whole build writes each table in its best order again, which increments leave bit by bit. */
const INCREMENTS_IN_A_ROW = 24;
/** Everything of a clone that the rows of a version follow from, with the definitions of the configuration. */
const INPUTS = ['models', 'macros', 'seeds', 'dbt_project.yml', 'requirements.lock'];

export function dbtVars(config: Config, timezone: string): Record<string, string | number> {
	return {
		business_timezone: timezone,
		currency: config.currency,
		order_state: config.definitions.order_state,
		duplicate_window_days: config.definitions.duplicate_window_days,
		attribution_lookback_days: config.definitions.attribution_lookback_days,
		first_attempt_sla_hours: config.definitions.first_attempt_sla_hours,
		cohort_days: config.definitions.cohort_days
	};
}

/** Command and environment of dbt over one home. */
export function dbtCommand(context: Context, { target, env }: DbtTarget, args: readonly string[]) {
	const { home, root } = context;
	const places = ['--project-dir', root, '--profiles-dir', root, '--target', target];
	places.push('--target-path', join(home, 'dbt', 'target'), '--log-path', join(home, 'dbt', 'logs'));
	return {
		command: context.python,
		args: ['-c', 'from dbt.cli.main import cli; cli()', ...args, ...places],
		env: {
			...process.env,
			...KEPT_FROM_DBT,
			...env,
			DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
			DO_NOT_TRACK: '1',
			PYTHONWARNINGS: 'ignore',
			// What Python compiles of dbt is kept beside it, whatever the machine's own setting: it is 7 s of each build.
			PYTHONDONTWRITEBYTECODE: undefined
		}
	};
}

export interface BuildOptions {
	signal?: AbortSignal | undefined;
	/** Also models against rows that are written down: that is a check of the project, and says nothing of the data. */
	unitTests?: boolean | undefined;
	/** Everything from raw, even where the rows since the last version would do. */
	whole?: boolean | undefined;
}

/**
 * An increment where the served version was built from the same definitions, else whole. An increment that does not come through,
 * because too much hangs on the new rows or for another reason of its own, is no failure: the version is built whole instead.
 * @throws PipelineError naming the tests that failed or the models that could not be built; the unfinished version is removed
 */
export async function build(
	context: Context,
	config: Config,
	timezone: string,
	progress: Progress,
	options: BuildOptions = {}
): Promise<Build> {
	const warehouse = warehouseOf(context);
	await warehouse.checkLanded();
	if (!existsSync(context.python))
		throw new PipelineError(`dbt is not installed in ${context.root}: run "npm start" or "npm test" once, which sets it up.`);
	const vars = JSON.stringify(dbtVars(config, timezone));
	const inputs = hashOf(context.root, INPUTS, [vars]);
	const before = options.whole ? null : await incrementOn(context, warehouse, inputs);
	const work = { context, warehouse, vars, progress, options };
	if (before) {
		try {
			const built = await buildVersion(work, before);
			return { ...built, built: { inputs, increments: (before.built?.increments ?? 0) + 1 } };
		} catch (error) {
			if (options.signal?.aborted || !(error instanceof PipelineError) || error.refused) throw error;
			const tests = error.failedTests.map(({ name }) => name).join(', ');
			progress.line(`The new rows could not be built by themselves${tests && ` (${tests})`}, so everything is built anew.`);
		}
	}
	return { ...(await buildVersion(work)), built: { inputs, increments: 0 } };
}

/** The version that an increment may stand on. */
async function incrementOn({ home }: Context, warehouse: Warehouse, inputs: string): Promise<Pointer | null> {
	const current = readPointer(home);
	if (current?.built?.inputs !== inputs || current.built.increments >= INCREMENTS_IN_A_ROW) return null;
	return (await warehouse.exists(current)) ? current : null;
}

interface Work {
	context: Context;
	warehouse: Warehouse;
	vars: string;
	progress: Progress;
	options: BuildOptions;
}

async function buildVersion({ context, warehouse, vars, progress, options }: Work, before?: VersionPlace): Promise<Omit<Build, 'built'>> {
	const { home } = context;
	const version = nextVersionName(new Date(), listVersions(home));
	const place = await warehouse.begin(version, before);
	const target = join(home, 'dbt', 'target');
	rmSync(join(target, 'run_results.json'), { force: true });
	forgetOtherClone(home, context.root);

	const { command, args, env } = dbtCommand(context, warehouse.dbt(place), [
		'--no-use-colors',
		'--no-version-check',
		'--log-format',
		'json',
		// Ten megabytes of each step's smallest doings, which nobody reads, are a tenth of dbt's own time.
		'--log-level-file',
		'info',
		'build',
		...(before ? [] : ['--full-refresh']),
		...(options.unitTests ? [] : ['--exclude-resource-type', 'unit_test']),
		'--vars',
		vars
	]);
	const problems: string[] = [];
	const ended = await runProcess(command, args, {
		cwd: context.root,
		env,
		signal: options.signal,
		onLine: (line) => readLogLine(line, progress, problems)
	});
	const results = existsSync(join(target, 'run_results.json')) ? readRunResults(target) : null;
	if (ended.code !== 0 || results === null) {
		const error = failure(results, problems, warehouse, join(home, 'dbt', 'logs', 'dbt.log'));
		// What goes wrong with tidying up says less than why; the next build tidies up again.
		await warehouse.discard(place).catch(() => undefined);
		throw error;
	}
	return { ...results, version, place, wallSeconds: ended.seconds };
}

/** What dbt keeps of its last parse names the seeds' files by the clone that parsed them: an upgrade in another folder must not look for them there. */
export function forgetOtherClone(home: string, root: string): void {
	const note = join(home, 'dbt', 'root');
	if (existsSync(note) && readFileSync(note, 'utf8') === root) return;
	rmSync(join(home, 'dbt', 'target', 'partial_parse.msgpack'), { force: true });
	mkdirSync(join(home, 'dbt'), { recursive: true });
	writeFileSync(note, root);
}

interface LogLine {
	info?: { level?: string; msg?: string };
	data?: { index?: number; total?: number; node_info?: { node_name?: string } };
}

function readLogLine(line: string, progress: Progress, problems: string[]): void {
	let entry: LogLine;
	try {
		entry = JSON.parse(line) as LogLine;
	} catch {
		if (line.trim() !== '') problems.push(line.trim());
		return;
	}
	if (entry.info?.level === 'error' && entry.info.msg) problems.push(entry.info.msg.trim());
	const { index, total, node_info: node } = entry.data ?? {};
	if (index !== undefined && total !== undefined) progress.tell(`build ${index} of ${total} · ${node?.node_name ?? ''}`);
}

function failure(results: BuildResults | null, problems: readonly string[], warehouse: Warehouse, log: string): PipelineError {
	const failed = results?.tests.filter(({ status }) => status === 'fail' || status === 'error') ?? [];
	const broken = results?.brokenModels ?? [];
	const named = (names: readonly string[]) =>
		names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
	const known = warehouse.explain(broken[0]?.message ?? (failed.every(({ status }) => status === 'error') ? problems.join('\n') : ''));
	let text: string;
	if (known !== undefined) {
		text = `The build stopped${broken.length > 0 ? ` at ${named(broken.map(({ name }) => name))}` : ''}. ${known} The last good version stays; see ${log}.`;
	} else if (broken.length > 0) {
		const [first] = broken;
		text = `The build stopped because ${named(broken.map(({ name }) => name))} could not be built (${firstLine(first?.message)}): the last good version stays; see ${log}.`;
	} else if (failed.length > 0) {
		const what = failed.length === 1 ? 'a data test fails' : `${failed.length} data tests fail`;
		text = `The new data was not published because ${what} (${named(failed.map(({ test_name }) => test_name))}): the last good version stays; see ${log}.`;
	} else {
		text = `dbt could not start the build (${firstLine(problems.find((line) => line !== '')) || 'no reason given'}): see ${log}.`;
	}
	const error = new PipelineError(text);
	error.failedTests = failed.map(({ test_name, failures }) => ({ name: test_name, failures }));
	error.refused = known !== undefined;
	return error;
}

const firstLine = (text: string | undefined) =>
	(text ?? '')
		.split('\n')
		.map((line) => line.trim())
		.filter(
			(line) =>
				line !== '' &&
				!/^(Encountered an error:)?\s*(Runtime|Compilation|Database|Parsing) Error( in.*)?$/.test(line) &&
				line !== 'Encountered an error:'
		)
		.slice(0, 2)
		.join(' ')
		.slice(0, 240);

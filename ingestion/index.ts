/** Landing: brings what the configured sources deliver into raw, in `$ONELANE_HOME/raw.duckdb` or on BigQuery. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../contracts/config.ts';
import type { BigQuerySettings } from '../contracts/warehouse.ts';
import { preparedAhead } from './core/ahead.ts';
import { type Choice, chooseFiles } from './core/choose.ts';
import { type HomeLock, lockHome } from './core/home-lock.ts';
import { type Load, type ResourceReport, runLoad } from './core/load.ts';
import { planTasks, type Task } from './core/plan.ts';
import { hmacSha256 } from './core/hmac.ts';
import { assertSameKey, type Hasher } from './core/protect.ts';
import { assertResidency } from './core/residency.ts';
import { type Resource, resourceName } from './core/resource.ts';
import { type ScannedFile, scanFiles } from './core/scan.ts';
import { openBigQuery } from './destinations/bigquery.ts';
import type { Patience } from './destinations/bigquery-jobs.ts';
import type { KnownFile, Landing } from './destinations/destination.ts';
import { openDuckDb } from './destinations/duckdb.ts';
import { SCRATCH_FOLDER } from './destinations/workbench.ts';
import { sources as builtIn } from './sources/index.ts';

export { IngestError } from './core/errors.ts';
export type { ResourceReport } from './core/load.ts';

export interface IngestReport {
	resources: ResourceReport[];
	seconds: number;
}

export type IngestProgress =
	| { kind: 'notice'; message: string }
	| { kind: 'started'; source: string; resource: string; files: number }
	| { kind: 'landed'; report: ResourceReport };

export interface IngestOptions {
	/** Absolute path of $ONELANE_HOME. */
	home: string;
	config: Config;
	/** Folder of the configuration file: relative paths in it start there. */
	configDir: string;
	/** Business time zone: the zone of sources that name none. */
	timezone: string;
	/** ONELANE_ID_KEY. */
	idKey: string;
	/** Sources or resources to land; all when absent. */
	only?: readonly string[] | undefined;
	onProgress?: ((progress: IngestProgress) => void) | undefined;
	/** The home's lock, when the caller holds it already (refresh: over ingest and build). */
	lock?: HomeLock | undefined;
	/** Where BigQuery is, when it is the warehouse; else DuckDB is. */
	bigquery?: BigQuerySettings | undefined;
	/** How a busy warehouse is waited for; for tests. */
	patience?: Patience;
	/** Instant of the run, `_loaded_at` of its rows; now unless a test needs another. */
	startedAt?: Date;
	/** Known sources; those of onelane unless a test brings its own. */
	sources?: Readonly<Record<string, readonly Resource[]>>;
}

/**
 * Lands everything new. Each resource of each source is one load: committed whole, or failed whole with an
 * {@link IngestError} that says what, where and what to do; loads before it stay.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
	const lock = options.lock ? undefined : lockHome(options.home, 'ingest');
	try {
		return await ingestLocked(options);
	} finally {
		lock?.release();
	}
}

async function ingestLocked(options: IngestOptions): Promise<IngestReport> {
	const { home, config, configDir, timezone, only, idKey, bigquery } = options;
	const startedAt = options.startedAt ?? new Date();
	const progress = options.onProgress ?? (() => undefined);
	const sources = options.sources ?? builtIn;
	const planned = planTasks({ config, configDir, timezone, sources, only, notice: (message) => progress({ kind: 'notice', message }) });
	const tasks = planned.filter(({ files }) => files.length > 0);
	const scratch = join(home, SCRATCH_FOLDER);
	rmSync(scratch, { recursive: true, force: true });
	if (bigquery) assertResidency(config.residency, bigquery.location, tasks);
	const all = Object.values(sources).flat();
	const landing = await (bigquery ? openBigQuery(home, bigquery, all, options.patience) : openDuckDb(home, all));
	const resources: ResourceReport[] = [];
	try {
		await assertSameKey(landing, idKey);
		const hash = hmacSha256(idKey);
		const known = await knownFiles(landing, tasks);
		const read = (task: Task) => readTask(task, known.get(task) ?? [], home, scratch);
		const run = { ...options, startedAt, scratch, hash, progress };
		for await (const task of preparedAhead(tasks, read)) resources.push(await land(task, landing, run));
		if (!only) noticeForgotten(await landing.sources(), planned, progress);
	} catch (error) {
		throw landing.explained(error);
	} finally {
		landing.close();
		rmSync(scratch, { recursive: true, force: true });
	}
	return { resources, seconds: (Date.now() - startedAt.getTime()) / 1000 };
}

/** Rows of a source that was renamed or taken out of the configuration still count: whoever did that should know. */
function noticeForgotten(landed: readonly string[], tasks: readonly Task[], progress: (progress: IngestProgress) => void): void {
	for (const source of landed.filter((name) => !tasks.some((task) => task.source === name))) {
		progress({ kind: 'notice', message: `Source "${source}" is no longer configured; what it landed before is still in use.` });
	}
}

interface Run extends IngestOptions {
	/** Also `_loaded_at` of all rows of the run, so that it does not depend on the order of resources. */
	startedAt: Date;
	scratch: string;
	hash: Hasher;
	progress(progress: IngestProgress): void;
}

/** A resource whose new files were copied and scanned: what can be done while those before are still being written. */
interface ReadTask extends Choice {
	task: Task;
	scanned: ScannedFile[];
}

async function readTask(task: Task, known: readonly KnownFile[], home: string, scratch: string): Promise<ReadTask> {
	const choice = await chooseFiles(task, known, home);
	return { task, ...choice, scanned: await scanFiles(choice.files, scratch) };
}

/** Asked before anything is read: a connection that is writing answers no questions. */
async function knownFiles(landing: Landing, tasks: readonly Task[]): Promise<Map<Task, KnownFile[]>> {
	const known = new Map<Task, KnownFile[]>();
	for (const task of tasks) known.set(task, await landing.knownFiles(task.source, resourceName(task.resource)));
	return known;
}

async function land({ task, ...chosen }: ReadTask, landing: Landing, run: Run): Promise<ResourceReport> {
	const { source, resource } = task;
	const startedAt = new Date();
	run.progress({ kind: 'started', source, resource: resourceName(resource), files: chosen.files.length });
	const load: Load = {
		source,
		resource,
		...chosen,
		batchId: `${run.startedAt.toISOString().replace(/[-:.]/g, '')}-${source}-${resourceName(resource)}`,
		loadedAt: run.startedAt,
		startedAt,
		threshold: run.config.quarantine.threshold,
		scratch: run.scratch
	};
	const report = chosen.files.length === 0 ? unchanged(task, startedAt) : await runLoad(landing, load, run.hash);
	run.progress({ kind: 'landed', report });
	return report;
}

function unchanged({ source, resource }: Task, startedAt: Date): ResourceReport {
	return {
		source,
		resource: resourceName(resource),
		rows_read: 0,
		rows_landed: 0,
		rows_changed: 0,
		rows_duplicate: 0,
		rows_quarantined: 0,
		rows_tombstoned: 0,
		rows_withheld: 0,
		seconds: (Date.now() - startedAt.getTime()) / 1000,
		seconds_merge: 0
	};
}

/** Ingest → build → publish, as one thing that either happens or leaves what is served as it was. */
import type { Pointer, RefreshState } from '../contracts/pointer.ts';
import { type HomeLock, lockHome } from '../ingestion/core/home-lock.ts';
import { type IngestProgress, type IngestReport, ingest } from '../ingestion/index.ts';
import { type Build, build } from './build.ts';
import type { LoadedConfig } from './config.ts';
import { type Context, makeHome } from './context.ts';
import { PipelineError, sentence } from './errors.ts';
import type { Progress } from './progress.ts';
import { publish } from './publish/index.ts';
import { secretOf } from './secrets.ts';
import { isFull } from './setup/run.mjs';
import { writeRefresh } from './state.ts';

export type Step = 'ingest' | 'build' | 'publish';

export interface Refreshed {
	ingest: IngestReport | null;
	build: Pick<Build, 'version' | 'models' | 'seconds' | 'wallSeconds' | 'built'> & { tests: number; warnings: number };
	pointer: Pointer;
	seconds: number;
}

export interface RefreshOptions {
	context: Context;
	loaded: LoadedConfig;
	progress: Progress;
	/** Only these sources are landed. */
	only?: string[];
	/** False builds and publishes what is already landed. */
	land?: boolean;
	/** Both as of `BuildOptions`. */
	unitTests?: boolean | undefined;
	whole?: boolean | undefined;
	signal?: AbortSignal;
}

export const timezoneOf = ({ context, loaded }: Pick<RefreshOptions, 'context' | 'loaded'>) =>
	context.environment.timezone ?? loaded.config.timezone;

export async function land({ context, loaded, progress, only }: RefreshOptions, lock: HomeLock): Promise<IngestReport> {
	return ingest({
		home: context.home,
		config: loaded.config,
		configDir: loaded.dir,
		timezone: timezoneOf({ context, loaded }),
		idKey: secretOf('ONELANE_ID_KEY', context.environment),
		bigquery: context.environment.bigquery,
		only,
		lock,
		onProgress: (event) => tellIngest(event, progress)
	});
}

function tellIngest(event: IngestProgress, progress: Progress): void {
	if (event.kind === 'notice') progress.line(event.message);
	if (event.kind === 'started') progress.tell(`ingest · ${event.source} ${event.resource}`);
}

/** One writer a home, from the first file landed to the pointer. @throws PipelineError when another one works there */
export async function withLock<T>(home: string, what: string, work: (lock: HomeLock) => Promise<T>): Promise<T> {
	makeHome(home);
	const lock = lockHome(home, what);
	try {
		return await work(lock);
	} finally {
		lock.release();
	}
}

/** @throws PipelineError; `refresh.json` then says the same, and the pointer is untouched */
export async function refresh(options: RefreshOptions): Promise<Refreshed> {
	return withLock(options.context.home, 'refresh', (lock) => refreshLocked(options, lock));
}

async function refreshLocked(options: RefreshOptions, lock: HomeLock): Promise<Refreshed> {
	const { context, loaded, progress, signal } = options;
	const began = Date.now();
	const state: RefreshState = {
		status: 'running',
		started_at: new Date(began).toISOString(),
		finished_at: null,
		step: 'ingest',
		message: null,
		failed_tests: []
	};
	const enter = (step: Step) => {
		signal?.throwIfAborted();
		state.step = step;
		writeRefresh(context.home, state);
	};
	try {
		enter('ingest');
		const landed = options.land === false ? null : await land(options, lock);
		if (landed) progress.line(describeIngest(landed));
		enter('build');
		const timezone = timezoneOf(options);
		const built = await build(context, loaded.config, timezone, progress, { signal, unitTests: options.unitTests, whole: options.whole });
		progress.line(describeBuild(built));
		enter('publish');
		const pointer = await publish(context, loaded.config, timezone, built, progress, signal);
		writeRefresh(context.home, { ...state, status: 'published', step: 'done', finished_at: new Date().toISOString() });
		const warnings = built.tests.filter(({ status }) => status === 'warn').length;
		const { version, models, seconds, wallSeconds, built: how } = built;
		return {
			ingest: landed,
			build: { version, models, seconds, wallSeconds, built: how, tests: built.tests.length, warnings },
			pointer,
			seconds: (Date.now() - began) / 1000
		};
	} catch (error) {
		const told = signal?.aborted ? 'The refresh was interrupted: run "onelane refresh" to do it again.' : withoutRoom(context.home, error);
		const failed_tests = error instanceof PipelineError ? error.failedTests : [];
		const ended: RefreshState = {
			...state,
			status: 'failed',
			finished_at: new Date().toISOString(),
			message: told ?? sentence(error),
			failed_tests
		};
		keep(() => writeRefresh(context.home, ended));
		throw told === undefined ? error : new PipelineError(told);
	}
}

/** What DuckDB and dbt say of a full disk seldom names it. */
function withoutRoom(home: string, error: unknown): string | undefined {
	if (!isFull(home)) return undefined;
	return `The disk of ${home} is full: free some space and run "onelane refresh" again; what is served stays as it was. (${sentence(error)})`;
}

/** A state that finds no room must not hide why there is none. */
function keep(write: () => void): void {
	try {
		write();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
	}
}

export function describeIngest(report: IngestReport): string {
	const sum = (key: 'rows_read' | 'rows_landed' | 'rows_quarantined') =>
		report.resources.reduce((total, resource) => total + resource[key], 0);
	const count = (value: number) => value.toLocaleString('en');
	const bad = sum('rows_quarantined');
	return `Landed ${count(sum('rows_landed'))} of ${count(sum('rows_read'))} rows read in ${report.seconds.toFixed(1)} s${bad > 0 ? `; ${count(bad)} are in quarantine` : ''}.`;
}

export function describeBuild(built: Pick<Build, 'models' | 'tests' | 'wallSeconds' | 'built'>): string {
	const what = built.built && built.built.increments > 0 ? 'Built what new rows touch in' : 'Built';
	return `${what} ${built.models} models and passed ${built.tests.filter(({ status }) => status === 'pass').length} data tests in ${built.wallSeconds.toFixed(1)} s.`;
}

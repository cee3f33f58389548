/** Publishes a finished build: sealed, with rollups where they are kept, settled under its name, then the pointer. Readers move over by themselves. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Pointer, VERSIONS_FOLDER } from '../../contracts/pointer.ts';
import type { Config } from '../../contracts/config.ts';
import { lineageFile } from '../../contracts/lineage.ts';
import type { Build } from '../build.ts';
import type { Context } from '../context.ts';
import { PipelineError, sentence } from '../errors.ts';
import { writeJson } from '../files.ts';
import { compiledIn, runProcess } from '../process.ts';
import type { Progress } from '../progress.ts';
import { readPointer, writePointer } from '../state.ts';
import { warehouseFor } from '../warehouse/index.ts';
import { handOver } from './handover.ts';
import { readLineage } from './lineage.ts';
import { expired, listVersions, removeVersions, sweepLeftovers, versionRecord } from './versions.ts';

/** @throws PipelineError when the version cannot be finished; the pointer is then untouched */
export async function publish(...parameters: Parameters<typeof finish>): Promise<Pointer> {
	const [context, , , , progress, signal] = parameters;
	const { home } = context;
	try {
		const version = await finish(...parameters);
		await handOver(home, version, progress, signal);
		return await pointTo(context, version, progress);
	} catch (error) {
		if (!(error instanceof PipelineError) || readPointer(home) === null) throw error;
		throw new PipelineError(`${error.message} The last good version stays.`);
	}
}

/** Everything but the pointer. */
async function finish(
	context: Context,
	config: Config,
	timezone: string,
	built: Build,
	progress: Progress,
	signal?: AbortSignal
): Promise<Pointer> {
	const { home } = context;
	sweepLeftovers(home);
	progress.tell('publish · closing the version');
	const warehouse = warehouseFor(context, built.place);
	const { freshness, days } = await warehouse.seal(built.place, built.tests);
	if (warehouse.rollups && 'file' in built.place) {
		progress.tell('publish · rollups');
		await buildRollups(context, built.place.file, signal);
	}
	const lineage = readLineage(built.version, join(home, 'dbt', 'target', 'manifest.json'), built.tests, await warehouse.sizes(built.place));
	const place = await warehouse.settle(built.place, built.version);
	const pointer: Pointer = {
		version: built.version,
		...place,
		built_at: new Date().toISOString(),
		timezone,
		currency: config.currency,
		default_period: config.screens.default_period,
		brand: config.brand,
		previous: [],
		freshness,
		...(built.built ? { built: built.built } : {}),
		...(days ? { days } : {})
	};
	mkdirSync(join(home, VERSIONS_FOLDER), { recursive: true });
	writeJson(join(home, lineageFile(built.version)), lineage);
	writeJson(join(home, versionRecord(built.version)), pointer);
	return pointer;
}

/** Makes a version the served one, lists the others as places to go back to, and removes what nobody can need. */
export async function pointTo(context: Context, version: Pointer, progress: Progress): Promise<Pointer> {
	const { home } = context;
	const versions = listVersions(home);
	const gone = expired(versions, version.version, new Date());
	const previous = versions.filter((name) => name !== version.version && !gone.includes(name));
	const pointer = { ...version, previous };
	writePointer(home, pointer);
	// From here on the version is served: what is left undone is done by the next refresh, and must not be said to have failed.
	const warn = (error: unknown) =>
		progress.line(`${pointer.version} is served, but not everything around it is in order. ${sentence(error)}`);
	await warehouseFor(context, pointer).face(pointer).catch(warn);
	await removeVersions(context, gone).catch(warn);
	return pointer;
}

async function buildRollups(context: Context, file: string, signal?: AbortSignal): Promise<void> {
	const env = {
		...process.env,
		ONELANE_HOME: context.home,
		NODE_COMPILE_CACHE: compiledIn(context.home),
		ONELANE_ID_KEY: undefined,
		ONELANE_SECRET: undefined
	};
	const ended = await runProcess(process.execPath, [join('semantic', 'build-rollups.ts'), '--file', file], {
		cwd: context.root,
		env,
		signal
	});
	if (ended.code === 0) return;
	const said = ended.tail
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !/^(at |Node\.js v|[\^}])/.test(line));
	const reason = said.findLast((line) => /error|cannot|could not/i.test(line)) ?? said.at(-1) ?? 'no reason given';
	await warehouseFor(context, { file }).discard({ file });
	throw new PipelineError(`The rollups of the new version could not be built (${reason}).`);
}

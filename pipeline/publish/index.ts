/** Publishes a finished build: rollups into its file, rename into place, then the pointer. Readers move over by themselves. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Pointer, VERSIONS_FOLDER } from '../../contracts/pointer.ts';
import type { Config } from '../../contracts/config.ts';
import { lineageFile } from '../../contracts/lineage.ts';
import type { Build } from '../build.ts';
import type { Context } from '../context.ts';
import { PipelineError } from '../errors.ts';
import { syncFile, syncFolder, writeJson } from '../files.ts';
import { runProcess } from '../process.ts';
import type { Progress } from '../progress.ts';
import { readPointer, writePointer } from '../state.ts';
import { readLineage } from './lineage.ts';
import { sealVersion } from './seal.ts';
import { expired, listVersions, removeVersions, sweepLeftovers, versionFile, versionRecord } from './versions.ts';

/** @throws PipelineError when rollups cannot be built; the pointer is then untouched */
export async function publish(
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
	const freshness = await sealVersion(built.file, built.tests);
	progress.tell('publish · rollups');
	await buildRollups(context, built.file, signal);
	const lineage = await readLineage(built.file, built.version, join(home, 'dbt', 'target', 'manifest.json'), built.tests);

	syncFile(built.file);
	mkdirSync(join(home, VERSIONS_FOLDER), { recursive: true });
	const pointer: Pointer = {
		version: built.version,
		file: versionFile(built.version),
		built_at: new Date().toISOString(),
		timezone,
		currency: config.currency,
		default_period: config.screens.default_period,
		brand: config.brand,
		previous: [],
		freshness
	};
	renameSync(built.file, join(home, pointer.file));
	syncFolder(dirname(join(home, pointer.file)));
	writeJson(join(home, lineageFile(built.version)), lineage);
	writeJson(join(home, versionRecord(built.version)), pointer);
	return pointTo(home, pointer);
}

/** Makes a version the served one, lists the others as places to go back to, and removes what nobody can need. */
export function pointTo(home: string, version: Pointer): Pointer {
	const versions = listVersions(home);
	const gone = expired(versions, version.version, new Date());
	const previous = versions.filter((name) => name !== version.version && !gone.includes(name));
	const pointer = { ...version, previous };
	writePointer(home, pointer);
	removeVersions(home, gone);
	return pointer;
}

async function buildRollups(context: Context, file: string, signal?: AbortSignal): Promise<void> {
	const env = { ...process.env, ONELANE_HOME: context.home, ONELANE_ID_KEY: undefined, ONELANE_SECRET: undefined };
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
	const served = readPointer(context.home) === null ? '' : ' The last good version stays.';
	rmSync(file, { force: true });
	throw new PipelineError(`The rollups of the new version could not be built (${reason}).${served}`);
}

/** The pointer to the served version, and how the last refresh went. Shapes are contracts/pointer.ts. */
import { join } from 'node:path';
import {
	type FilePointer,
	POINTER_FILE,
	type Pointer,
	REFRESH_FILE,
	type RefreshState,
	type VersionPlace,
	pointer,
	refreshState
} from '../contracts/pointer.ts';
import { PipelineError } from './errors.ts';
import { readJson, writeJson } from './files.ts';

export const readPointer = (home: string): Pointer | null => readJson(join(home, POINTER_FILE), pointer);
export const writePointer = (home: string, value: Pointer): void => writeJson(join(home, POINTER_FILE), pointer.parse(value));

/** The DuckDB file of a version. @throws PipelineError when the version is a dataset of BigQuery */
export function fileOf(place: VersionPlace): string {
	if ('file' in place) return place.file;
	throw new PipelineError(`The version is the dataset ${place.dataset} of BigQuery; this works on versions of DuckDB only.`);
}

/** The pointer where versions are files. @throws PipelineError when they are datasets */
export function readFilePointer(home: string): FilePointer | null {
	const served = readPointer(home);
	return served === null ? null : { ...served, file: fileOf(served) };
}

export const readRefresh = (home: string): RefreshState | null => readJson(join(home, REFRESH_FILE), refreshState);
export const writeRefresh = (home: string, value: RefreshState): void => writeJson(join(home, REFRESH_FILE), refreshState.parse(value));

/** `v20261123T024500123Z`: sorts by time, and is a legal name of a file, a dataset and a catalog. */
export function versionName(at: Date): string {
	return `v${at.toISOString().replace(/[-:.]/g, '')}`;
}

/**
 * The name of a new version, always after every other one: versions are sorted by it, also when the clock was set back since the last.
 * @param others names of the versions that are kept
 */
export function nextVersionName(now: Date, others: readonly string[]): string {
	const latest = Math.max(...others.map((version) => versionTime(version).getTime()).filter((time) => !Number.isNaN(time)), 0);
	return versionName(new Date(Math.max(now.getTime(), latest + 1)));
}

/** When a version's build began, from its name. */
export function versionTime(version: string): Date {
	const [, year, month, day, hour, minute, second, millisecond] = /^v(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(version) ?? [];
	return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
}

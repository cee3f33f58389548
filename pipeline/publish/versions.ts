/** Versions that are kept: `versions/<version>.json` is the pointer as it was when that version was published, and says where its data is. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lineageFile } from '../../contracts/lineage.ts';
import { type Pointer, VERSIONS_FOLDER, pointer } from '../../contracts/pointer.ts';
import type { Context } from '../context.ts';
import { readJson } from '../files.ts';
import { versionTime } from '../state.ts';
import { warehouseFor } from '../warehouse/index.ts';

/** The current one and those that a rollback can reach. */
export const KEPT_VERSIONS = 3;
/** A reader that followed the pointer just before a switch may open its file for this long. */
export const GRACE_MINUTES = 15;

export const versionRecord = (version: string) => join(VERSIONS_FOLDER, `${version}.json`);

/** Published versions, newest first. */
export function listVersions(home: string): string[] {
	const folder = join(home, VERSIONS_FOLDER);
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.flatMap((name) => /^(v[^.]+)\.json$/.exec(name)?.[1] ?? [])
		.sort()
		.reverse();
}

/**
 * Removes what a publication or a write that was killed left behind: a version without its record, which nobody can ever be shown, and files
 * that were to replace others. Only while the home's lock is held, when nobody else writes such files.
 */
export function sweepLeftovers(home: string): void {
	const folder = join(home, VERSIONS_FOLDER);
	const versions = existsSync(folder) ? readdirSync(folder) : [];
	for (const name of versions) {
		const [version = ''] = name.split('.');
		if (/\.duckdb(\.wal)?$/.test(name) && !versions.includes(`${version}.json`)) rmSync(join(folder, name), { force: true });
	}
	for (const place of [home, folder])
		for (const name of existsSync(place) ? readdirSync(place) : [])
			if (/\.\d+\.new$/.test(name)) rmSync(join(place, name), { force: true });
}

export function readVersion(home: string, version: string): Pointer | null {
	return readJson(join(home, versionRecord(version)), pointer);
}

/**
 * Versions to remove: beyond the kept ones, never the served one, and only once their successor is older than the grace.
 * @param versions newest first
 */
export function expired(versions: readonly string[], current: string, now: Date): string[] {
	const others = versions.filter((version) => version !== current);
	return others.slice(KEPT_VERSIONS - 1).filter((version) => {
		const successor = versions[versions.indexOf(version) - 1];
		return successor !== undefined && now.getTime() - versionTime(successor).getTime() > GRACE_MINUTES * 60_000;
	});
}

export async function removeVersions(context: Context, versions: readonly string[]): Promise<void> {
	for (const version of versions) {
		const record = readVersion(context.home, version);
		if (record) await warehouseFor(context, record).remove(record);
		rmSync(join(context.home, lineageFile(version)), { force: true });
		// Last, so that what could not be removed is tried again.
		rmSync(join(context.home, versionRecord(version)), { force: true });
	}
}

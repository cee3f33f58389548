/** Copies what can't be made again: raw, the files that were landed, and what people made. Marts are built from raw; secrets are kept apart. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { STATE_FILE } from '../../app-state/index.ts';
import { RECEIPTS_FILE } from '../erase.ts';
import { ERASED_FILE } from '../erased.ts';
import { PipelineError } from '../errors.ts';
import { syncFolder, writeJson } from '../files.ts';
import { withLock } from '../refresh.ts';
import { readPointer } from '../state.ts';
import { versionRecord } from '../publish/versions.ts';
import { MANIFEST, type Manifest, digestOf, fingerprintIn } from './manifest.ts';

const RAW = 'raw.duckdb';

export interface BackedUp extends Manifest {
	folder: string;
	bytes: number;
}

/**
 * Holds the home's lock, so that nothing is landed meanwhile; servers keep serving.
 * @param out folder that does not exist yet; it appears when it is whole
 * @throws PipelineError
 */
export async function backup(home: string, out: string, version: string): Promise<BackedUp> {
	if (existsSync(out)) throw new PipelineError(`${out} exists already: name a folder that does not.`);
	if (!existsSync(home)) throw new PipelineError(`There is no home at ${home}.`);
	return withLock(home, 'backup', async () => {
		const beside = `${out}.${process.pid}.part`;
		rmSync(beside, { recursive: true, force: true });
		mkdirSync(beside, { recursive: true, mode: 0o700 });
		try {
			for (const path of wanted(home)) {
				const to = join(beside, path);
				mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
				copyFileSync(join(home, path), to);
				chmodSync(to, 0o600);
			}
			copyState(home, beside);
			const files = await Promise.all(
				filesIn(beside).map(async (path) => ({
					path,
					bytes: statSync(join(beside, path)).size,
					sha256: await digestOf(join(beside, path))
				}))
			);
			const made: Manifest = {
				format: 1,
				onelane: version,
				created_at: new Date().toISOString(),
				id_key_fingerprint: existsSync(join(beside, RAW)) ? await fingerprintIn(beside) : null,
				files
			};
			writeJson(join(beside, MANIFEST), made);
			renameSync(beside, out);
			syncFolder(dirname(out));
			return { ...made, folder: out, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
		} catch (error) {
			rmSync(beside, { recursive: true, force: true });
			throw error;
		}
	});
}

/** The served version comes along, so that pages are there at once after a restore. */
function wanted(home: string): string[] {
	const pointer = readPointer(home);
	const served = pointer ? ['current.json', ...('file' in pointer ? [pointer.file] : []), versionRecord(pointer.version)] : [];
	const landed = existsSync(join(home, 'landing')) ? filesIn(join(home, 'landing')).map((path) => `landing/${path}`) : [];
	return [RAW, `${RAW}.wal`, ERASED_FILE, RECEIPTS_FILE, ...served, ...landed].filter((path) => existsSync(join(home, path)));
}

/** A copy of its own by SQLite: servers may be writing. */
function copyState(home: string, to: string): void {
	if (!existsSync(join(home, STATE_FILE))) return;
	const database = new DatabaseSync(join(home, STATE_FILE), { readOnly: true });
	try {
		database.prepare('vacuum into ?').run(join(to, STATE_FILE));
	} finally {
		database.close();
	}
	chmodSync(join(to, STATE_FILE), 0o600);
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}

/** Puts a backup into an empty home: checked first, whole or not at all. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { POINTER_FILE, VERSIONS_FOLDER } from '../../contracts/pointer.ts';
import { erasePerson } from '../../ingestion/erase.ts';
import type { LoadedConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { ERASED_FILE, type Erasure, isSame, keepErased, missingIn, readErased } from '../erased.ts';
import { PipelineError } from '../errors.ts';
import { readJson } from '../files.ts';
import { COMPILED_FOLDER } from '../process.ts';
import { timezoneOf, withLock } from '../refresh.ts';
import { secretsFolder } from '../secrets.ts';
import { MANIFEST, type Manifest, digestOf, fingerprintOf, manifest as schema } from './manifest.ts';

/** What a home may hold and still be empty: the key has to be there before. */
const NO_DATA = ['secrets', 'logs', 'lock', COMPILED_FOLDER];

export interface RestoreOptions {
	context: Context;
	loaded: LoadedConfig;
	/** What `onelane backup` wrote. */
	folder: string;
	/** File with all who were erased, of the home that was used last or of its newest backup; null: nobody was since the backup was made. */
	erased: string | null;
}

export interface Restored extends Manifest {
	/** Erasures that the backup was too old to know. */
	erased_again: number;
}

/** @throws PipelineError when the backup is damaged, the home is not empty, the id key is another one, or the list can't be read */
export async function restore({ context, loaded, folder, erased }: RestoreOptions): Promise<Restored> {
	const { home } = context;
	const said = readJson(join(folder, MANIFEST), schema);
	if (said === null) throw new PipelineError(`${folder} is no backup of onelane: it has no ${MANIFEST}.`);
	await assertWhole(folder, said);
	const idKey = keyOf(context, said);
	const missing = erased === null ? [] : missingIn(folder, listOf(erased, folder));
	return withLock(home, 'restore', async () => {
		const there = readdirSync(home).filter((name) => !NO_DATA.includes(name) && !name.startsWith('lock.'));
		if (there.length > 0)
			throw new PipelineError(
				`${home} is not empty (${there.slice(0, 3).join(', ')}): restore into another ONELANE_HOME, or move it away.`
			);
		const beside = join(home, 'restoring');
		mkdirSync(beside, { mode: 0o700 });
		try {
			for (const { path } of said.files) {
				mkdirSync(dirname(join(beside, path)), { recursive: true, mode: 0o700 });
				copyFileSync(join(folder, path), join(beside, path));
			}
			await eraseAgain(beside, missing, { context, loaded, idKey });
			// The pointer last: nobody is pointed to what is not there yet.
			for (const name of readdirSync(beside).sort((a, b) => Number(a === 'current.json') - Number(b === 'current.json')))
				renameSync(join(beside, name), join(home, name));
		} finally {
			rmSync(beside, { recursive: true, force: true });
		}
		return { ...said, erased_again: missing.length };
	});
}

async function assertWhole(folder: string, { files }: Manifest): Promise<void> {
	for (const { path, bytes, sha256 } of files) {
		const file = join(folder, path);
		if (!existsSync(file)) throw new PipelineError(`The backup ${folder} is not whole: ${path} is missing.`);
		if (statSync(file).size !== bytes || (await digestOf(file)) !== sha256)
			throw new PipelineError(`The backup ${folder} is damaged: ${path} is not what was written.`);
	}
}

/** @param folder the backup, whose own erasures a list that is later must have */
function listOf(file: string, folder: string): Erasure[] {
	if (!existsSync(file)) throw new PipelineError(`There is no ${file}: give the ${ERASED_FILE} of the home that was used last.`);
	const list = readErased(file);
	const own = join(folder, ERASED_FILE);
	const lacking = existsSync(own) ? readErased(own).filter((one) => !list.some((other) => isSame(one, other))).length : 0;
	if (lacking > 0)
		throw new PipelineError(`${file} is older than the backup: it lacks ${lacking} erasures that the backup knows. Give the latest list.`);
	return list;
}

/** In the copy, before it is anybody's home. The version that came along was built with them: without it the next refresh builds one. */
async function eraseAgain(
	copy: string,
	missing: readonly Erasure[],
	{ context, loaded, idKey }: Pick<RestoreOptions, 'context' | 'loaded'> & { idKey: string | null }
): Promise<void> {
	if (missing.length === 0) return;
	rmSync(join(copy, POINTER_FILE), { force: true });
	rmSync(join(copy, VERSIONS_FOLDER), { recursive: true, force: true });
	const timezone = timezoneOf({ context, loaded });
	for (const one of missing) {
		const asked = { home: copy, config: loaded.config, configDir: loaded.dir, timezone, person: one.person, at: new Date(one.begun_at) };
		// Without a key nothing was landed, and there is nobody to erase.
		if (idKey !== null) await erasePerson({ ...asked, idKey });
		keepErased(copy, one);
	}
}

/** With another key the same phone would become another person, silently. Null: nothing was landed, so nothing was hashed. */
function keyOf({ environment, home }: Context, { id_key_fingerprint: needed }: Manifest): string | null {
	if (needed === null) return null;
	const kept = join(secretsFolder(home), 'id-key');
	const key = environment.idKey ?? (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : null);
	if (key === null)
		throw new PipelineError('Set ONELANE_ID_KEY to the key of the installation that was backed up: its identifiers were hashed with it.');
	if (fingerprintOf(key) !== needed)
		throw new PipelineError('ONELANE_ID_KEY is not the key that the identifiers of this backup were hashed with: give the former one.');
	return key;
}

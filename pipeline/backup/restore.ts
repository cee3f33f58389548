/** Puts a backup into an empty home: checked first, whole or not at all. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { PipelineError } from '../errors.ts';
import { readJson } from '../files.ts';
import { COMPILED_FOLDER } from '../process.ts';
import { withLock } from '../refresh.ts';
import { secretsFolder } from '../secrets.ts';
import { MANIFEST, type Manifest, digestOf, fingerprintOf, manifest as schema } from './manifest.ts';

/** What a home may hold and still be empty: the key has to be there before. */
const NO_DATA = ['secrets', 'logs', 'lock', COMPILED_FOLDER];

/** @throws PipelineError when the backup is damaged, the home is not empty, or the id key is another one */
export async function restore(context: Context, folder: string): Promise<Manifest> {
	const { home } = context;
	const said = readJson(join(folder, MANIFEST), schema);
	if (said === null) throw new PipelineError(`${folder} is no backup of onelane: it has no ${MANIFEST}.`);
	await assertWhole(folder, said);
	assertKey(context, said);
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
			// The pointer last: nobody is pointed to what is not there yet.
			for (const name of readdirSync(beside).sort((a, b) => Number(a === 'current.json') - Number(b === 'current.json')))
				renameSync(join(beside, name), join(home, name));
		} finally {
			rmSync(beside, { recursive: true, force: true });
		}
		return said;
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

/** With another key the same phone would become another person, silently. */
function assertKey({ environment, home }: Context, { id_key_fingerprint: needed }: Manifest): void {
	if (needed === null) return;
	const kept = join(secretsFolder(home), 'id-key');
	const key = environment.idKey ?? (existsSync(kept) ? readFileSync(kept, 'utf8').trim() : null);
	if (key === null)
		throw new PipelineError('Set ONELANE_ID_KEY to the key of the installation that was backed up: its identifiers were hashed with it.');
	if (fingerprintOf(key) !== needed)
		throw new PipelineError('ONELANE_ID_KEY is not the key that the identifiers of this backup were hashed with: give the former one.');
}

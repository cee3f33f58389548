/** Files on their way in: opened, unpacked, decoded, fingerprinted, and kept under `landing/`. */
import { createHash } from 'node:crypto';
import { constants, copyFileSync, createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Encoding, toUtf8 } from './encoding.ts';
import { IngestError } from './errors.ts';

const CHUNK = 1 << 20;

/** Hands the file's text to `take`, as UTF-8 bytes in chunks. */
export async function readText(
	path: string,
	shown: string,
	encoding: Encoding,
	take: (chunk: Buffer) => Promise<void> | void
): Promise<void> {
	const gunzip = isGzip(path) ? [createGunzip({ chunkSize: CHUNK })] : [];
	const decode = toUtf8(encoding, shown);
	const sink = new Writable({
		write(chunk: Buffer, _, done) {
			Promise.resolve()
				.then(() => take(chunk))
				.then(() => done(), done);
		}
	});
	try {
		await pipeline([createReadStream(path, { highWaterMark: CHUNK }), ...gunzip, ...(decode ? [decode] : []), sink]);
	} catch (error) {
		throw unreadable(error, shown);
	}
}

export function isGzip(path: string): boolean {
	return path.endsWith('.gz');
}

/** Size and SHA-256 of a file: two files with the same fingerprint have the same content. */
export async function fingerprint(path: string, shown: string): Promise<string> {
	const hash = createHash('sha256');
	try {
		await pipeline(createReadStream(path, { highWaterMark: CHUNK }), hash);
		return `${statSync(path).size}-${hash.digest('hex').slice(0, 32)}`;
	} catch (error) {
		throw unreadable(error, shown);
	}
}

/**
 * Keeps a copy under `folder`, named by its content, so that what was landed can be read again whatever becomes of the
 * original. A copy, not a hard link: a source that rewrites its file in place would change a link too.
 */
export async function keepCopy(path: string, shown: string, folder: string, print: string): Promise<string> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const kept = keptAs(folder, shown, print);
	if (existsSync(kept)) return kept;
	const arriving = `${kept.replace(/(\.gz)?$/, '')}.arriving`;
	try {
		copyFileSync(path, arriving, constants.COPYFILE_FICLONE);
		if ((await fingerprint(arriving, shown)) !== print) {
			throw new IngestError(`File ${shown} changed while it was being read. Run ingest again when its export is complete.`);
		}
		renameSync(arriving, kept);
		return kept;
	} catch (error) {
		throw unreadable(error, shown);
	} finally {
		rmSync(arriving, { force: true });
	}
}

/** Where the content with this fingerprint of a file that people know as `shown` is kept. */
export function keptAs(folder: string, shown: string, print: string): string {
	return join(folder, `${print}${keptSuffix(shown)}`);
}

/** How the name of each kept content of a file ends. */
export function keptSuffix(shown: string): string {
	return `--${basename(shown).replace(/[^A-Za-z0-9._-]/g, '_')}`;
}

function unreadable(error: unknown, shown: string): Error {
	if (error instanceof IngestError) return error;
	const { code, message } = error as NodeJS.ErrnoException;
	if (code === 'ENOENT') return new IngestError(`File ${shown} does not exist. Check the path in onelane.config.ts.`);
	if (code === 'EACCES' || code === 'EPERM') return new IngestError(`File ${shown} may not be read by this user. Change its permissions.`);
	if (code === 'EISDIR') return new IngestError(`${shown} is a folder, not a file. Give a file, or a pattern such as "folder/*.csv".`);
	if (code === 'ENOSPC') return new IngestError(`The disk is full: ${shown} could not be kept. Free some space and run ingest again.`);
	if (code?.startsWith('Z_')) return new IngestError(`File ${shown} is not a complete gzip file (${message}). Export it again.`);
	return new IngestError(`File ${shown} cannot be read: ${message}.`);
}

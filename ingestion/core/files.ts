/** Files on their way in: opened, unpacked, decoded, fingerprinted, and kept under `landing/`. */
import { createHash } from 'node:crypto';
import { constants, copyFileSync, createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Encoding, toUtf8 } from './encoding.ts';
import { IngestError } from './errors.ts';

const CHUNK = 1 << 20;

/**
 * Hands the file's text to `take`, as UTF-8 bytes that are good only during the call; `take` says how many of them it is done with,
 * and sees the others again with what follows. The last call is `last`, and may be of nothing.
 */
export async function readText(
	path: string,
	shown: string,
	encoding: Encoding,
	take: (text: Buffer, last: boolean) => Promise<number> | number
): Promise<void> {
	const steps = [...(isGzip(path) ? [createGunzip({ chunkSize: CHUNK })] : []), ...toUtf8(encoding, shown)];
	const seam = new Seam();
	const each = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
		for await (const chunk of chunks) seam.drop(await take(seam.add(chunk), false));
		await take(seam.add(Buffer.alloc(0)), true);
	};
	try {
		if (steps.length === 0) await each(bytesOf(path));
		else await pipeline([createReadStream(path, { highWaterMark: CHUNK }), ...steps, Duplex.from(each)]);
	} catch (error) {
		throw unreadable(error, shown);
	}
}

/** What one chunk left over, and the next behind it, in memory that is used again. */
class Seam {
	#memory = Buffer.alloc(0);
	#size = 0;

	add(chunk: Buffer): Buffer {
		const size = this.#size + chunk.length;
		if (size > this.#memory.length) this.#memory = Buffer.concat([this.#memory.subarray(0, this.#size)], 2 * size);
		chunk.copy(this.#memory, this.#size);
		this.#size = size;
		return this.#memory.subarray(0, size);
	}

	drop(bytes: number): void {
		this.#memory.copyWithin(0, bytes, this.#size);
		this.#size -= bytes;
	}
}

/**
 * Chunks of a file, one after the other in the same memory, of which a small file takes little: hundreds of files a day, and a buffer
 * for each chunk, would cost more in collecting them than the reading.
 */
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const memory = Buffer.allocUnsafe(Math.min(CHUNK, size + 1));
		for (;;) {
			const { bytesRead } = await file.read(memory, 0, memory.length);
			if (bytesRead === 0) return;
			yield memory.subarray(0, bytesRead);
		}
	} finally {
		await file.close();
	}
}

export function isGzip(path: string): boolean {
	return path.endsWith('.gz');
}

/** Size and SHA-256 of a file: two files with the same fingerprint have the same content. */
export async function fingerprint(path: string, shown: string): Promise<string> {
	const hash = createHash('sha256');
	try {
		for await (const chunk of bytesOf(path)) hash.update(chunk);
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

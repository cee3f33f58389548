/** Files that must be whole or absent, whatever happens while they are written. */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { PipelineError } from './errors.ts';

export function syncFile(path: string): void {
	const handle = openSync(path, 'r+');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** Makes a rename durable. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
	if (process.platform === 'win32') return;
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** Readers see the old content or the new one, never a part: written beside, synced, renamed. */
export function writeAtomically(path: string, content: string, mode = 0o644): void {
	const beside = `${path}.${process.pid}.new`;
	const handle = openSync(beside, 'w', mode);
	try {
		writeFileSync(handle, content);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	renameSync(beside, path);
	syncFolder(dirname(path));
}

export function writeJson(path: string, value: unknown): void {
	writeAtomically(path, `${JSON.stringify(value, null, '\t')}\n`);
}

/** Null when the file does not exist. @throws PipelineError when it is there and wrong */
export function readJson<T>(path: string, schema: z.ZodType<T>): T | null {
	if (!existsSync(path)) return null;
	let value: unknown;
	try {
		value = JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		throw new PipelineError(`${path} is not valid JSON: run "onelane rollback" or "onelane refresh" to write it anew.`);
	}
	const result = schema.safeParse(value);
	if (!result.success) {
		const [issue] = result.error.issues;
		throw new PipelineError(
			`${path} is not what onelane writes (${issue?.path.join('.')}: ${issue?.message}): run "onelane refresh" to write it anew.`
		);
	}
	return result.data;
}

/** A line of JSON that is on the disk when this returns. */
export function appendDurably(file: string, value: object): void {
	appendFileSync(file, `${JSON.stringify(value)}\n`, { mode: 0o600 });
	syncFile(file);
}

/** What is served and how the last refresh went, from the two small files that the pipeline publishes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	POINTER_FILE,
	REFRESH_FILE,
	pointer as pointerSchema,
	refreshState as refreshSchema,
	type Pointer,
	type RefreshState
} from '../../../../contracts/pointer.ts';
import { environment } from './environment.ts';

export interface Status {
	/** Null until something has been published. */
	pointer: Pointer | null;
	refresh: RefreshState | null;
}

/** Time between two looks at the files: a page asks several times, and the semantic server looks as often. */
const LOOK_EVERY_MS = 100;
let looked: { home: string; at: number; status: Promise<Status> } | undefined;

/** Never throws; as of a moment ago. */
export function readStatus(): Promise<Status> {
	const { home } = environment();
	const now = performance.now();
	if (looked?.home !== home || now - looked.at >= LOOK_EVERY_MS) looked = { home, at: now, status: readStatusOf(home) };
	return looked.status;
}

/** The last pointer of each home that could be read. */
const lastGood = new Map<string, Pointer>();

/** Never throws. A missing file counts as nothing published; a pointer that can't be read leaves the last good one, as the semantic server does. */
export async function readStatusOf(home: string): Promise<Status> {
	const [pointer, refresh] = await Promise.all([readJson(join(home, POINTER_FILE)), readJson(join(home, REFRESH_FILE))]);
	const read = pointerSchema.safeParse(pointer).data;
	if (read) lastGood.set(home, read);
	return {
		pointer: read ?? (pointer === MISSING ? null : (lastGood.get(home) ?? null)),
		refresh: refreshSchema.safeParse(refresh).data ?? null
	};
}

const MISSING = Symbol('missing');

async function readJson(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(path, 'utf8'));
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ENOENT' ? MISSING : null;
	}
}

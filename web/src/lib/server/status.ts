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

/** The last pointer of each home that could be read. */
const lastGood = new Map<string, Pointer>();

/** Never throws. A missing file counts as nothing published; a pointer that can't be read leaves the last good one, as the semantic server does. */
export async function readStatus(home = environment().home): Promise<Status> {
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

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

/** Never throws: a missing or broken file counts as nothing published. */
export async function readStatus(home = environment().home): Promise<Status> {
	const [pointer, refresh] = await Promise.all([readJson(join(home, POINTER_FILE)), readJson(join(home, REFRESH_FILE))]);
	return { pointer: pointerSchema.safeParse(pointer).data ?? null, refresh: refreshSchema.safeParse(refresh).data ?? null };
}

async function readJson(path: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(path, 'utf8'));
	} catch {
		return null;
	}
}

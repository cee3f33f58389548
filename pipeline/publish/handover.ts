/** Gives a server that is running the time to make ready for a version before it is served. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEXT_FILE, type Pointer, WARM_FILE, type WarmState, warmState } from '../../contracts/pointer.ts';
import { readJson, writeJson } from '../files.ts';
import type { Progress } from '../progress.ts';
import { readPointer } from '../state.ts';

/** A server that is there says so within this time. */
const ANSWER_MS = 1000;
/** The longest that a version waits for a server. */
const READY_MS = 30_000;
const LOOK_EVERY_MS = 50;

export interface Patience {
	answerMs: number;
	readyMs: number;
}

/** Comes back when a server is ready for `next`, when none is there, or when it takes too long: the version is served then in any case. */
export async function handOver(
	home: string,
	next: Pointer,
	progress: Progress,
	signal?: AbortSignal,
	{ answerMs, readyMs }: Patience = { answerMs: ANSWER_MS, readyMs: READY_MS }
): Promise<void> {
	// Nobody reads what was never served.
	if (readPointer(home) === null) return;
	forget(home);
	try {
		writeJson(join(home, NEXT_FILE), next);
		const began = Date.now();
		for (let known = false; Date.now() - began < (known ? readyMs : answerMs); await sleep(LOOK_EVERY_MS)) {
			signal?.throwIfAborted();
			const state = answered(home);
			if (state?.version !== next.version) continue;
			if (state.ready) return;
			known = true;
			progress.tell('publish · the servers make ready');
		}
	} finally {
		forget(home);
	}
}

/** Nonsense is no answer: a version that is finished is not kept back for it. */
function answered(home: string): WarmState | null {
	try {
		return readJson(join(home, WARM_FILE), warmState);
	} catch {
		return null;
	}
}

function forget(home: string): void {
	for (const name of [NEXT_FILE, WARM_FILE]) rmSync(join(home, name), { force: true });
}

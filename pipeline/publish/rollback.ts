/** Goes back to a version that is still kept. */
import type { Pointer } from '../../contracts/pointer.ts';
import type { Context } from '../context.ts';
import { interruptedErasure } from '../erase.ts';
import { PipelineError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { readPointer, writeRefresh } from '../state.ts';
import { warehouseFor } from '../warehouse/index.ts';
import { pointTo } from './index.ts';
import { listVersions, readVersion } from './versions.ts';

/**
 * @param to a version's name; by default the newest one that is older than the served one
 * @throws PipelineError when there is none
 */
export async function rollback(context: Context, progress: Progress, to?: string): Promise<{ from: string | null; pointer: Pointer }> {
	const { home } = context;
	if (interruptedErasure(home))
		throw new PipelineError('An erasure was interrupted, and older versions may hold the person: run "onelane erase --resume" first.');
	const from = servedNow(home);
	const kept = listVersions(home);
	const target = to ?? kept.find((version) => from === null || version < from);
	if (target === undefined)
		throw new PipelineError(`There is no older version in ${home} to go back to: run "onelane refresh" to build one.`);
	if (target === from) throw new PipelineError(`${target} is already served.`);
	const version = readVersion(home, target);
	if (version === null || !(await warehouseFor(context, version).exists(version))) {
		throw new PipelineError(
			`Version ${target} is not kept in ${home}: choose one of ${kept.filter((name) => name !== from).join(', ') || 'none'}.`
		);
	}
	const began = new Date().toISOString();
	const pointer = await pointTo(context, version, progress);
	writeRefresh(home, {
		status: 'rolled_back',
		started_at: began,
		finished_at: new Date().toISOString(),
		step: 'done',
		message: `Rolled back from ${from ?? 'nothing'} to ${target}: run "onelane refresh" to go forward again.`,
		failed_tests: []
	});
	return { from, pointer };
}

/** A pointer that can't be read names nothing, and is what somebody may want to go back from. */
function servedNow(home: string): string | null {
	try {
		return readPointer(home)?.version ?? null;
	} catch (error) {
		if (error instanceof PipelineError) return null;
		throw error;
	}
}

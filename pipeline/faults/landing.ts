/** kill -9 while landing: the next landing ends with the rows of one that nothing happened to. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onelane } from './program.ts';
import type { Struck } from './report.ts';
import { rawDigest } from './state.ts';

export interface Landing {
	/** Throw-away. */
	folder: string;
	/** Of a demo brand: holds `demo/extracts`. */
	extracts: string;
	sources: readonly string[];
	numbers: (most: number) => number[];
}

export async function landingFaults({ folder, extracts, sources, numbers }: Landing): Promise<Struck[]> {
	const args = ['ingest', ...(sources.length > 0 ? ['--only', ...sources] : []), '--json'];
	const more = { ONELANE_DEMO_EXTRACTS: extracts };
	const whole = join(folder, 'whole');
	const counted = await onelane(whole, args, { at: 0 }, more);
	if (counted.code !== 0) throw new Error(`Landing without a fault fails: ${counted.tail}`);
	const expected = JSON.stringify(await rawDigest(whole));
	const rows: Struck[] = [];
	for (const [index, at] of numbers(counted.points).entries()) {
		const home = join(folder, `landing-${index}`);
		// Every other one has something landed already, and is read again.
		if (index % 2 === 1) cpSync(whole, home, { recursive: true });
		const killed = await onelane(home, args, { at }, more);
		const healed = await onelane(home, args, undefined, more);
		const same = JSON.stringify(await rawDigest(home)) === expected;
		rows.push({
			family: 'landing',
			point: `${at} of ${counted.points}: ${killed.last}`,
			happened: killed.signal === 'SIGKILL' ? 'killed' : `ended with ${killed.code}`,
			after: same ? 'the next landing holds each row once' : `the next landing (exit ${healed.code}) differs: ${healed.tail.slice(-200)}`,
			ok: same && healed.code === 0
		});
		rmSync(home, { recursive: true, force: true });
	}
	return rows;
}

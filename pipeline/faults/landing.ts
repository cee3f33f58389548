/** kill -9 while landing: the next landing ends with the rows of one that nothing happened to. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onelane } from './program.ts';
import { outcome, type Struck } from './report.ts';
import { rawDigest } from './state.ts';

export interface Landing {
	/** Throw-away. */
	folder: string;
	/** Of a demo brand: holds `demo/extracts`. */
	extracts: string;
	sources: readonly string[];
	count: number;
	/** So many numbers from 1 to `most`. */
	numbers: (count: number, most: number) => number[];
}

/** A home that landed without a fault, in the folder: what every other is compared with. */
export const WHOLE = 'whole';

export async function landingFaults({ folder, extracts, sources, count, numbers }: Landing): Promise<Struck[]> {
	const args = ['ingest', ...(sources.length > 0 ? ['--only', ...sources] : []), '--json'];
	const more = { ONELANE_DEMO_EXTRACTS: extracts };
	const whole = join(folder, WHOLE);
	const counted = await onelane(whole, args, { at: 0 }, more);
	if (counted.code !== 0) throw new Error(`Landing without a fault fails: ${counted.tail}`);
	const expected = JSON.stringify(await rawDigest(whole));
	// Reading again what has been landed does less, so it has points of its own.
	const twice = join(folder, 'twice');
	cpSync(whole, twice, { recursive: true });
	const again = await onelane(twice, args, { at: 0 }, more);
	rmSync(twice, { recursive: true, force: true });
	const rows: Struck[] = [];
	const half = Math.ceil(count / 2);
	const first = numbers(half, counted.points).map((at) => ({ at, of: counted.points, onto: 'nothing' }));
	const second = numbers(count - half, again.points).map((at) => ({ at, of: again.points, onto: 'the same' }));
	for (const [index, { at, of, onto }] of [...first, ...second].entries()) {
		const home = join(folder, `landing-${index}`);
		if (onto === 'the same') cpSync(whole, home, { recursive: true });
		const killed = await onelane(home, args, { at }, more);
		const { fired, happened } = outcome(killed, { at });
		const healed = await onelane(home, args, undefined, more);
		const same = JSON.stringify(await rawDigest(home)) === expected;
		rows.push({
			family: 'landing',
			point: `${at} of ${of}, onto ${onto}: ${killed.last}`,
			happened,
			after: same ? 'the next landing holds each row once' : `the next landing (exit ${healed.code}) differs: ${healed.tail.slice(-200)}`,
			ok: fired && same && healed.code === 0
		});
		rmSync(home, { recursive: true, force: true });
	}
	return rows;
}

/** Everything that can be made to happen to an installation, each in a throw-away home, and what is true afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../context.ts';
import { runProcess } from '../process.ts';
import type { Progress } from '../progress.ts';
import { appStateFaults } from './app-state.ts';
import { buildFaults } from './building.ts';
import { diskFull, fileFaults } from './files.ts';
import { handoverFaults } from './handover.ts';
import { landingFaults } from './landing.ts';
import { publishingFaults } from './publishing.ts';
import type { Struck } from './report.ts';
import { servingFaults } from './serving.ts';

export interface FaultPlan {
	/** A home that is served; it is only read. */
	served: string;
	/** Extracts of a small demo brand. */
	extracts: string;
	seed: number;
	/** Kills of each family. */
	points: { landing: number; publishing: number; rollups: number; state: number; build: number };
	/** Servers that die and hang, and ten thousand connections: minutes. */
	serving: boolean;
	/** Land these only; empty: all. */
	sources: readonly string[];
	progress: Progress;
}

/** Of 100 kills most strike where something could be lost. */
export const LONG = { landing: 52, publishing: 26, rollups: 4, state: 14, build: 4 } as const;
export const SHORT = { landing: 4, publishing: 2, rollups: 1, state: 3, build: 0 } as const;

export interface FaultResult {
	rows: Struck[];
	/** What could not be tried here. */
	skipped: string[];
}

export async function runFaults({ served, extracts, seed, points, serving, sources, progress }: FaultPlan): Promise<FaultResult> {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-faults-'));
	const rows: Struck[] = [];
	const skipped: string[] = [];
	const random = randomOf(seed);
	const numbers = (count: number, most: number) => spread(count, most, random);
	const add = (more: readonly Struck[]) => {
		rows.push(...more);
		for (const { ok, family, point, after } of more) progress.line(`${ok ? '✓' : '✗'} ${family} · ${point} → ${after}`);
	};
	try {
		add(await landingFaults({ folder, extracts, sources, count: points.landing, numbers }));
		add(await publishingFaults({ folder, served, numbers: (most) => numbers(points.publishing, most), inRollups: points.rollups }));
		add(await handoverFaults({ folder, served, servers: serving }));
		add(await appStateFaults({ folder, numbers: (most) => numbers(points.state, most) }));
		add(await fileFaults({ folder, extracts, sources }));
		const inNamespace = (script: string) =>
			runProcess('unshare', ['-m', 'sh', '-c', script], { cwd: ROOT, env: process.env }).catch(() => ({ code: 77, tail: '' }));
		const full = await diskFull({ folder, extracts, sources, run: inNamespace });
		if (full === null) skipped.push('a full disk was not tried: this account may not mount a small one (it needs "unshare -m").');
		else add(full);
		if (points.build > 0) add(await buildFaults({ folder, extracts, count: points.build, random }));
		if (serving) add(await servingFaults({ folder, served, long: points.landing > SHORT.landing }));
		return { rows, skipped };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Numbers from 1 to `most`, one from each part of equal length, so that every stretch of the work is struck. */
function spread(count: number, most: number, random: () => number): number[] {
	return [...new Set(Array.from({ length: count }, (_, index) => 1 + Math.floor(((index + random()) / count) * most)))];
}

/** Mulberry32: the same seed strikes the same points. */
function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

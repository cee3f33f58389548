/** kill -9 while publishing: readers always find a whole version, and the next publication leaves nothing behind. */
import { cpSync, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Build } from '../build.ts';
import { saveBuild } from '../build-record.ts';
import { readFilePointer, versionName } from '../state.ts';
import { BUILDING_FOLDER } from '../warehouse/duckdb.ts';
import { type Kill, onelane } from './program.ts';
import { outcome, type Struck } from './report.ts';
import { leftovers, servedProblem } from './state.ts';

export interface Publishing {
	folder: string;
	/** A home that is served: its version stands for the last good one and, copied, for the new one. */
	served: string;
	numbers: (most: number) => number[];
	/** Also kill the program that builds rollups this often. */
	inRollups: number;
}

export async function publishingFaults({ folder, served, numbers, inRollups }: Publishing): Promise<Struck[]> {
	const first = join(folder, 'publish-whole');
	makeHome(served, first);
	const counted = await onelane(first, ['publish', '--json'], { at: 0 });
	if (counted.code !== 0) throw new Error(`Publishing without a fault fails: ${counted.tail}`);
	const kills: Kill[] = numbers(counted.points).map((at) => ({ at }));
	for (let index = 0; index < inRollups; index++) kills.push({ at: 3 + 7 * index, within: 'build-rollups.ts' });
	rmSync(first, { recursive: true, force: true });
	const rows: Struck[] = [];
	for (const [index, kill] of kills.entries()) {
		const home = join(folder, `publish-${index}`);
		makeHome(served, home);
		const killed = await onelane(home, ['publish', '--json'], kill);
		const { fired, happened } = outcome(killed, kill);
		const problem = await servedProblem(home);
		const between = readFilePointer(home)?.version;
		// What waits is published, or, when it was moved away already, the next build is.
		if (!existsSync(join(home, BUILDING_FOLDER, 'build.json')) || (await onelane(home, ['publish', '--json'])).code !== 0)
			newBuild(served, home);
		const healed = await onelane(home, ['publish', '--json']);
		const wellAfter = (await servedProblem(home)) ?? (leftovers(home).length > 0 ? `left behind: ${leftovers(home).join(', ')}` : null);
		const moved = readFilePointer(home)?.version !== readFilePointer(served)?.version;
		rows.push({
			family: 'publishing',
			point: `${kill.within ?? 'publish'} ${kill.at}: ${killed.last}`,
			happened,
			after:
				problem ??
				wellAfter ??
				`${between === readFilePointer(served)?.version ? 'the last good' : 'the new'} version served, then the next published`,
			ok: fired && problem === null && wellAfter === null && moved && (healed.code === 0 || /already|No finished build/.test(healed.tail))
		});
		rmSync(home, { recursive: true, force: true });
	}
	return rows;
}

/** A home that serves a copy of what is served elsewhere, and has a finished build. */
export function makeHome(served: string, home: string): void {
	const pointer = readFilePointer(served);
	if (pointer === null) throw new Error(`${served} serves nothing: refresh it first.`);
	mkdirSync(join(home, dirname(pointer.file)), { recursive: true });
	copyFileSync(join(served, pointer.file), join(home, pointer.file));
	for (const name of ['current.json', join('versions', `${pointer.version}.json`)]) cpSync(join(served, name), join(home, name));
	// What dbt leaves beside a build, and publishing reads.
	cpSync(join(served, 'dbt', 'target'), join(home, 'dbt', 'target'), {
		recursive: true,
		filter: (path) => !/\/(compiled|run)(\/|$)/.test(path)
	});
	newBuild(served, home);
}

/** As if dbt had just made a version. */
export function newBuild(served: string, home: string): void {
	const version = versionName(new Date());
	const file = join(home, BUILDING_FOLDER, `${version}.duckdb`);
	mkdirSync(dirname(file), { recursive: true });
	copyFileSync(join(served, readFilePointer(served)?.file ?? ''), file);
	saveBuild(home, { version, place: { file }, models: 1, tests: [], brokenModels: [], seconds: 1, wallSeconds: 1 } satisfies Build);
}

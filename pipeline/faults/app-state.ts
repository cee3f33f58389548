/** kill -9 while people's state is written: what was said to be kept is kept, and the file is whole. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listViews, openAppState } from '../../app-state/index.ts';
import { script } from './program.ts';
import { outcome, type Struck } from './report.ts';
import { WRITER_SECRET } from './writer-secret.ts';

const WRITER = join(import.meta.dirname, 'writer.ts');

export async function appStateFaults({ folder, numbers }: { folder: string; numbers: (most: number) => number[] }): Promise<Struck[]> {
	const first = join(folder, 'state-whole');
	mkdirSync(first, { recursive: true });
	const counted = await script(first, [WRITER], { at: 0 });
	if (counted.code !== 0) throw new Error(`Writing without a fault fails: ${counted.tail}`);
	const rows: Struck[] = [];
	for (const [index, at] of numbers(counted.points).entries()) {
		const home = join(folder, `state-${index}`);
		mkdirSync(home, { recursive: true });
		const killed = await script(home, [WRITER], { at });
		const { fired, happened } = outcome(killed, { at });
		const said = [...killed.tail.matchAll(/^kept (.+)$/gm)].map(([, name]) => name ?? '');
		let after: string;
		let ok = false;
		try {
			const state = openAppState(home, { secret: WRITER_SECRET });
			const kept = new Set((await listViews(state, { sub: 'writer' })).map(({ name }) => name));
			await state.close();
			const lost = said.filter((name) => !kept.has(name));
			ok = lost.length === 0 && kept.size <= said.length + 1;
			after = ok ? `whole; ${kept.size} views kept of ${said.length} confirmed` : `${lost.length} views are lost, ${kept.size} kept`;
		} catch (error) {
			after = error instanceof Error ? error.message : String(error);
		}
		rows.push({
			family: 'app state',
			point: `${at} of ${counted.points}: ${killed.last}`,
			happened,
			after,
			ok: fired && ok
		});
		rmSync(home, { recursive: true, force: true });
	}
	return rows;
}

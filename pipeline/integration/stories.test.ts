/** The answer line against one world with the demo's stories and a flat one; `npx onelane bench stories` does it for fifty. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { StoriesResult } from '../../bench/stories/index.ts';
import { ROOT } from '../context.ts';
import { runProcess } from '../process.ts';
import { demo } from './support.ts';

const MINUTES = 60_000;

test.skipIf(!demo)(
	'finds the stories of a world, and invents none in a flat one',
	async () => {
		let printed = '';
		const args = ['bench', 'stories', '--seeds', '1', '--first', '106', '--period', 'all', '--template', demo?.home ?? '', '--json'];
		const { code } = await runProcess(process.execPath, [join(ROOT, 'pipeline', 'cli.ts'), ...args], {
			cwd: ROOT,
			env: { ...process.env, ONELANE_HOME: demo?.home },
			onLine: (line) => (printed += `${line}\n`)
		});
		expect(code).toBe(0);
		const { periods } = JSON.parse(printed.slice(printed.indexOf('{'))) as StoriesResult;
		expect(periods['all']?.falseClaims).toEqual([]);
		expect(periods['all']?.missed).toMatchObject({
			region_slump: 0,
			cheap_invalid_channel: 0,
			excellent_store: 0,
			overdue_inviter: 0,
			recapturing_campaign: 0
		});
	},
	10 * MINUTES
);

/** The fuzz of the integration tests with all of its requests, against servers over a copy of what is served. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../pipeline/context.ts';
import { Served } from '../pipeline/faults/served.ts';
import { runProcess } from '../pipeline/process.ts';
import type { Progress } from '../pipeline/progress.ts';

export async function runFuzz({ context, progress }: { context: Context; progress: Progress }): Promise<{ failed: boolean; text: string }> {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-fuzz-'));
	const home = join(folder, 'home');
	Served.copy(context.home, home);
	cpSync(join(context.home, 'secrets'), join(home, 'secrets'), { recursive: true });
	const served = await Served.start(home, undefined, ['--demo-login']);
	try {
		await served.becomesReady();
		let counts = '';
		const args = [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'integration', 'pipeline/integration/fuzz.test.ts'];
		const ended = await runProcess(process.execPath, args, {
			cwd: context.root,
			env: {
				...process.env,
				ONELANE_FUZZ: 'full',
				ONELANE_TEST_HOME: home,
				ONELANE_TEST_URL: served.url,
				ONELANE_TEST_SEMANTIC_URL: served.semanticUrl
			},
			onLine: (line) => {
				progress.tell(line);
				if (line.includes('fuzz: ')) counts = line.trim();
			}
		});
		return { failed: ended.code !== 0, text: ended.code === 0 ? counts : ended.tail.slice(-6_000) };
	} finally {
		await served.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

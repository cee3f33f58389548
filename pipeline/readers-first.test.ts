import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const hasChrt = process.platform === 'linux' && spawnSync('chrt', ['--version']).status === 0;

test.skipIf(!hasChrt)('what a refresh starts is nice, and works while nobody else does', () => {
	const program = `
		const { letReadersGoFirst } = await import(${JSON.stringify(join(import.meta.dirname, 'readers-first.ts'))});
		const { execFileSync } = await import('node:child_process');
		letReadersGoFirst();
		process.stdout.write(execFileSync('sh', ['-c', 'cat /proc/self/stat']));`;
	const stat = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	// See proc(5): the third field of the line is the first here.
	const [nice, policy] = [fields[19 - 3], fields[41 - 3]];
	const SCHED_IDLE = '5';
	expect({ nice, policy }).toEqual({ nice: '19', policy: SCHED_IDLE });
});

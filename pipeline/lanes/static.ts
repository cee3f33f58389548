/** Lint, format and types. */
import { join } from 'node:path';
import { type Bench, type Outcome, check, sum } from './lane.ts';

const package_ = (...parts: string[]) => join('node_modules', ...parts);

export async function syncSvelte(bench: Bench): Promise<Outcome> {
	return check(bench, 'svelte-kit sync', [package_('@sveltejs', 'kit', 'svelte-kit.js'), 'sync', '--config', 'web/vite.config.ts']);
}

export async function staticLane(bench: Bench): Promise<Outcome> {
	return sum([
		await check(bench, 'eslint', [package_('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']),
		await check(bench, 'prettier', [package_('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']),
		await check(bench, 'tsc', [package_('typescript', 'bin', 'tsc'), '-p', '.']),
		await check(bench, 'svelte-check', [
			package_('svelte-check', 'bin', 'svelte-check'),
			'--workspace',
			'web',
			'--tsconfig',
			'./tsconfig.json',
			'--fail-on-warnings',
			'--output',
			'human'
		])
	]);
}

/** What the image is made of: the whole of what runs, and neither tests, nor what they stand on, nor benchmarks. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './context.ts';

/** As Docker reads them: of the root, or of any folder. */
const patterns = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
	.split('\n')
	.filter(Boolean)
	.map((line) => {
		const [, anywhere, name = ''] = /^(\*\*\/)?(.*)$/.exec(line) ?? [];
		const glob = name.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
		return new RegExp(`^${anywhere ? '(.*/)?' : ''}${glob}(/|$)`);
	});
const isLeftOut = (file: string) => patterns.some((pattern) => pattern.test(file));

/** What starts in the image, and what it builds its pages from. */
const STARTS = [
	'pipeline/cli.ts',
	'web/server.ts',
	'semantic/start.ts',
	'onelane.config.ts',
	'web/src/hooks.server.ts',
	'web/vite.config.ts'
];
/** Asked for by name when they are called; the command says that they are not there. */
const BENCHES = /^pipeline\/commands\/bench(-\w+)?\.ts$/;

function importsOf(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const what = BENCHES.test(file) ? /\b(?:from|import) '(\.[^']+)'/g : /\b(?:from|import)\b\s*\(?\s*'(\.[^']+)'/g;
	return [...text.matchAll(what)]
		.map(([, specifier = '']) => relative(ROOT, join(ROOT, dirname(file), specifier)))
		.filter((name) => existsSync(join(ROOT, name)) && statSync(join(ROOT, name)).isFile());
}

test('what runs is in the image', () => {
	const reached = new Set(STARTS);
	for (const file of reached) if (/\.(ts|mjs)$/.test(file)) for (const next of importsOf(file)) reached.add(next);
	expect(reached.size).toBeGreaterThan(150);
	expect([...reached].filter(isLeftOut)).toEqual([]);
});

test('tests, what they stand on and benchmarks are not', () => {
	for (const file of [
		'.git/config',
		'pipeline/image.test.ts',
		'pipeline/integration/fuzz/routes.ts',
		'pipeline/lanes/run.ts',
		'pipeline/faults/run.ts',
		'semantic/testing/suites/policy.ts',
		'app-state/accounts/testing.ts',
		'ingestion/testing-homes.ts',
		'testing/bigquery/emulator.ts',
		'bench/index.ts',
		'web/e2e/servers.ts',
		'web/playwright.config.ts'
	]) {
		if (!file.startsWith('.git/')) expect(existsSync(join(ROOT, file)), file).toBe(true);
		expect(isLeftOut(file), file).toBe(true);
	}
});

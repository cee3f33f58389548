/** Tests in the system's browser, against servers over the demo brand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../context.ts';
import { type Bench, type Outcome, failedWith, node, skippedWith } from './lane.ts';
import { demoHome } from './homes.ts';
import type { Servers } from './servers.ts';

interface Suite {
	suites?: Suite[];
	specs?: { title: string; file: string; ok: boolean; tests: { projectName: string; results: { error?: { message?: string } }[] }[] }[];
}

interface Report {
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
	errors: { message?: string }[];
	suites: Suite[];
}

const CONFIG = join('web', 'playwright.config.ts');

export async function e2eLane(bench: Bench, servers: Servers): Promise<Outcome> {
	const chromium = process.env['CHROMIUM_PATH'];
	if (!chromium) return skippedWith('no Chromium is installed and it could not be installed here, so no page was tried in a browser.');
	if (!existsSync(join(ROOT, CONFIG))) return failedWith(`${CONFIG} is missing.`);
	const report = join(bench.scratch, 'reports', 'e2e.json');
	const ended = await node(
		bench,
		'e2e',
		[join('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', CONFIG, '--reporter=json'],
		{
			E2E_BASE_URL: servers.url,
			E2E_SEMANTIC_URL: servers.semanticUrl,
			E2E_HOME: demoHome(bench),
			CHROMIUM_PATH: chromium,
			PLAYWRIGHT_JSON_OUTPUT_NAME: report
		}
	);
	if (!existsSync(report)) return failedWith(`The tests in the browser gave no report:\n${ended.tail.slice(-4_000)}`);
	const { stats, errors, suites } = JSON.parse(readFileSync(report, 'utf8')) as Report;
	const notes = [...errors.map(({ message }) => message ?? ''), ...suites.flatMap(failures)];
	const failed = stats.unexpected + errors.length;
	return { passed: stats.expected + stats.flaky, failed: failed === 0 && ended.code !== 0 ? 1 : failed, skipped: stats.skipped, notes };
}

function failures(suite: Suite): string[] {
	const own = (suite.specs ?? [])
		.filter(({ ok }) => !ok)
		.map(
			({ file, title, tests }) =>
				`${file}: ${title}\n${tests
					.flatMap(({ results }) => results.map(({ error }) => error?.message ?? ''))
					.join('\n')
					.slice(0, 3_000)}`
		);
	return [...own, ...(suite.suites ?? []).flatMap(failures)];
}

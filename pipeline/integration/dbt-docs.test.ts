/** The analyst's `dbt docs`, over a copy of what is served. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContext, ROOT } from '../context.ts';
import { runProcess } from '../process.ts';
import { readFilePointer } from '../state.ts';
import { demo } from './support.ts';

test.skipIf(!demo)('describes every mart with its columns', { timeout: 120_000 }, async () => {
	const home = demo?.home ?? '';
	const folder = mkdtempSync(join(tmpdir(), 'onelane-dbt-docs-'));
	try {
		const build = join(folder, 'build.duckdb');
		copyFileSync(join(home, readFilePointer(home)?.file ?? ''), build);
		const { code, tail } = await runProcess(
			readContext({ ONELANE_HOME: home }).python,
			['-c', 'from dbt.cli.main import cli; cli()', 'docs', 'generate', '--target-path', folder, '--log-path', folder],
			{ cwd: ROOT, env: { ...process.env, ONELANE_BUILD_FILE: build, ONELANE_RAW_FILE: join(home, 'raw.duckdb') } }
		);
		expect(code, tail).toBe(0);
		expect(existsSync(join(folder, 'index.html'))).toBe(true);
		const { nodes, errors } = JSON.parse(readFileSync(join(folder, 'catalog.json'), 'utf8')) as {
			nodes: Record<string, { metadata: { name: string; schema: string }; columns: object }>;
			errors: unknown;
		};
		expect(errors).toBeNull();
		const marts = Object.values(nodes).filter(({ metadata }) => metadata.schema === 'marts');
		expect(marts.map(({ metadata }) => metadata.name)).toEqual(
			expect.arrayContaining(['dim_customers', 'fct_leads', 'fct_attribution_credits'])
		);
		for (const { metadata, columns } of marts) expect(Object.keys(columns).length, metadata.name).toBeGreaterThan(1);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

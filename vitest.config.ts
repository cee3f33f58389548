import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const skip = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', '**/target/**'];

const BIGQUERY = '**/*.bigquery.test.ts';

export default defineConfig({
	test: {
		reporters: ['default'],
		projects: [
			{
				test: {
					name: 'node',
					include: ['{contracts,app-state,ingestion,pipeline,bench}/**/*.test.ts'],
					exclude: [...skip, 'pipeline/integration/**', BIGQUERY],
					environment: 'node',
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				// Tests that read a refreshed home take it from ONELANE_TEST_HOME, which `npm test` makes; without it they are skipped.
				test: {
					name: 'semantic',
					include: ['semantic/**/*.test.ts'],
					exclude: [...skip, BIGQUERY],
					environment: 'node',
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			},
			{
				// The whole way, against a demo brand and servers that `npm test` starts; see pipeline/lanes.
				test: {
					name: 'integration',
					include: ['pipeline/integration/**/*.test.ts', 'examples/**/*.test.ts'],
					exclude: [...skip, BIGQUERY],
					environment: 'node',
					testTimeout: 120_000,
					hookTimeout: 300_000,
					fileParallelism: false
				}
			},
			{
				// Against an emulator of BigQuery that this project starts and stops: files are named *.bigquery.test.ts, in any room.
				test: {
					name: 'bigquery',
					include: [BIGQUERY, 'testing/**/*.test.ts'],
					exclude: skip,
					environment: 'node',
					globalSetup: ['testing/bigquery/global-setup.ts'],
					testTimeout: 120_000,
					hookTimeout: 300_000,
					// One worker for the house, which has an emulator of its own, and one for the rest.
					maxWorkers: 2
				}
			},
			{
				plugins: [svelte({ configFile: false })],
				test: { name: 'web', include: ['web/{*,src/**/*}.test.ts'], exclude: skip, environment: 'node', testTimeout: 30_000 }
			}
		]
	}
});

import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';

const skip = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**', '**/target/**'];

export default defineConfig({
	test: {
		reporters: ['default'],
		projects: [
			{
				test: {
					name: 'node',
					include: ['{contracts,ingestion,semantic,pipeline,bench,examples,macros}/**/*.test.ts'],
					exclude: skip,
					environment: 'node',
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				plugins: [svelte({ configFile: false })],
				test: { name: 'web', include: ['web/src/**/*.test.ts'], exclude: skip, environment: 'node', testTimeout: 30_000 }
			}
		]
	}
});

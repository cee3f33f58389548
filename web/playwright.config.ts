/** Tests in a browser, against servers that are already running: E2E_BASE_URL says where, CHROMIUM_PATH which browser. */
import { defineConfig, devices } from '@playwright/test';

const root = process.getuid?.() === 0;

export default defineConfig({
	testDir: 'e2e',
	outputDir: '../build/test-results',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	timeout: 30_000,
	expect: { timeout: 8_000 },
	reporter: 'list',
	use: {
		...devices['Desktop Chrome'],
		baseURL: process.env.E2E_BASE_URL ?? 'http://127.0.0.1:3000',
		viewport: { width: 1440, height: 900 },
		locale: 'zh-CN',
		timezoneId: 'America/New_York',
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: [
				...(root ? ['--no-sandbox'] : []),
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-default-apps',
				'--disable-sync',
				'--metrics-recording-only',
				'--no-first-run'
			]
		}
	}
});

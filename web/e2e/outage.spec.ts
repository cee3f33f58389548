import { expect, test } from '@playwright/test';
import { expectAccessible, signIn, watch } from './helpers.ts';
import { HOME, NOWHERE, SEMANTIC_URL, ownWeb, type OwnWeb } from './servers.ts';

const PAGES = ['/', '/funnel', '/organisation', '/channels', '/leads', '/wall'];

test.describe('the semantic layer down', () => {
	// Only who runs one file over servers of their own has no home to name: `npm test` always gives it, and counts what is skipped.
	test.skip(!HOME, 'E2E_HOME names no home');
	let web: OwnWeb;
	test.beforeAll(async () => {
		web = await ownWeb(HOME ?? '', NOWHERE);
	});
	test.afterAll(() => web?.stop());

	for (const path of PAGES) {
		test(`${path} says what happened and what to do, in both languages`, async ({ page, context }) => {
			const login = await page.request.post(`${web.url}/login`, {
				form: { role: 'executive' },
				headers: { origin: web.url },
				maxRedirects: 0
			});
			expect(login.status()).toBeLessThan(400);
			for (const [locale, title, retry] of [
				['zh-CN', '暂时取不到数据', '重试'],
				['en', 'The data is out of reach', 'Try again']
			] as const) {
				await context.addCookies([{ name: 'lang', value: locale, domain: '127.0.0.1', path: '/' }]);
				const response = await page.goto(web.url + path);
				expect(response?.status()).toBe(503);
				expect(response?.headers()['retry-after']).toBeDefined();
				await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
				await expect(page.getByRole('link', { name: retry })).toHaveAttribute('href', path);
				await expect(page.locator('body')).not.toContainText(/ECONNREFUSED|fetch failed|undefined|Internal Error/);
				await expectAccessible(page);
			}
		});
	}

	test('the sign-in page opens, and an export fails as a whole', async ({ page }) => {
		await page.goto(`${web.url}/login`);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expect(page.locator('form:has(input[value="executive"]) button')).toBeEnabled();
		await expect(page.locator('input[name="role"][value="store_manager"]')).toHaveCount(0);
		await expect(page.getByRole('alert')).toContainText('语义层没有回应');
		await expectAccessible(page);
		await page.request.post(`${web.url}/login`, { form: { role: 'executive' }, headers: { origin: web.url }, maxRedirects: 0 });
		const file = await page.request.get(`${web.url}/export/leads.csv`);
		expect(file.status()).toBe(503);
	});
});

test.describe('a refresh that runs, one that failed, one that was left out', () => {
	// As above: the states are made in a home of the test's own, over the semantic layer that is there.
	test.skip(!HOME || !SEMANTIC_URL, 'E2E_HOME and E2E_SEMANTIC_URL name no servers');
	const LONG_AGO = '2026-11-22T02:00:00.000Z';
	const started = { started_at: '2026-11-22T02:00:00.000Z', failed_tests: [] };
	for (const [state, words] of [
		[{ ...started, status: 'running', step: 'build', finished_at: null, message: null }, 'A refresh is running'],
		[
			{ ...started, status: 'failed', step: 'build', finished_at: '2026-11-22T02:05:00.000Z', message: 'A test failed.' },
			'The last refresh did not succeed'
		],
		[
			{ ...started, status: 'published', step: 'done', finished_at: LONG_AGO, message: null },
			'The data was not updated when it should have been'
		]
	] as const) {
		test(`${state.status}: said on each page, over the figures of the served version`, async ({ browser }) => {
			test.slow();
			const builtAt = state.status === 'published' ? LONG_AGO : undefined;
			const web = await ownWeb(HOME ?? '', SEMANTIC_URL ?? '', { ...state, failed_tests: [] }, builtAt);
			const context = await browser.newContext({ baseURL: web.url });
			try {
				const page = await context.newPage();
				const problems = watch(page);
				await signIn(page, 'executive', { locale: 'en' });
				for (const path of PAGES.filter((each) => each !== '/wall')) {
					await page.goto(path);
					await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
					await expect(page.locator('table, figure').first()).toBeAttached();
				}
				await expectAccessible(page);
				expect(problems).toEqual([]);
			} finally {
				await context.close();
				await web.stop();
			}
		});
	}
});

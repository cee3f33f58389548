import { expect, test } from '@playwright/test';
import { signIn, toNumber } from './helpers.ts';

test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

test('a filter is in the address, survives going to another page, and goes back', async ({ page }) => {
	await page.goto('/funnel?by=region');
	const row = page
		.getByRole('table', { name: /region/i })
		.last()
		.getByRole('row')
		.nth(1);
	const name = (await row.getByRole('link').first().textContent())?.trim() ?? '';
	await row.getByRole('link').first().click();
	await expect(page).toHaveURL(/region=/);
	await expect(page.getByText(name).filter({ visible: true }).first()).toBeVisible();
	await page.getByRole('link', { name: 'Cockpit', exact: true }).click();
	await expect(page).toHaveURL(/^[^?]+\/\?region=/);
	await page.goBack();
	await expect(page).toHaveURL(/\/funnel\?region=/);
	await page.getByRole('link', { name: 'Clear all filters' }).click();
	await expect(page).not.toHaveURL(/region=/);
});

test('the parts of a split add up to the funnel above it', async ({ page }) => {
	await page.goto('/funnel?by=channel&period=ytd');
	const total = toNumber(
		await page
			.getByRole('row', { name: /^Total/ })
			.getByRole('cell')
			.first()
			.textContent()
	);
	const answer = await page.locator('p.answer').textContent();
	expect(answer).toContain(total.toLocaleString('en-US'));
});

test('what is not understood is said and left out, never an error', async ({ page }) => {
	const response = await page.goto('/funnel?period=yesterdayish&colour=blue&from=2026-13-01&by=moon');
	expect(response?.status()).toBe(200);
	await expect(page.getByText('were not understood')).toBeVisible();
	await expect(page.getByText('There is no filter “colour”')).toBeVisible();
});

test('chosen days are applied, and a period without data says what to do', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('group', { name: 'Filters' }).locator('summary').first().click();
	await page.getByRole('link', { name: 'Last month' }).click();
	await expect(page).toHaveURL(/period=last_month/);
	await page.goto('/?from=1999-01-01&to=1999-01-31');
	await expect(page.getByText('Nothing in this period')).toBeVisible();
});

test('filters work without script', async ({ browser, page, baseURL }) => {
	const cookies = await page.context().cookies();
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	await context.addCookies(cookies);
	const plain = await context.newPage();
	await plain.goto('/');
	await plain.locator('details.chip').nth(2).locator('summary').click();
	await plain.locator('input[name="region"]').first().check();
	await plain.locator('details.chip').nth(2).getByRole('button', { name: 'Apply' }).click();
	await expect(plain).toHaveURL(/region=/);
	await expect(plain.getByRole('heading', { level: 1 })).toBeVisible();
	await context.close();
});

test('a table is downloaded as a file that spreadsheets read', async ({ page }) => {
	const response = await page.request.get('/export/funnel-split?by=channel&period=ytd');
	expect(response.status()).toBe(200);
	expect(response.headers()['content-type']).toContain('text/csv');
	const body = (await response.body()).toString('utf8');
	expect(body.charCodeAt(0)).toBe(0xfeff);
	expect(body.split('\r\n')[0]).toContain('Channel');
	expect((await page.request.get('/export/nothing')).status()).toBe(404);
});

for (const width of [1440, 1100])
	test(`at ${width} pixels every panel of a filter opens inside the window`, async ({ page }) => {
		await page.setViewportSize({ width, height: 900 });
		await page.goto('/organisation?period=ytd', { waitUntil: 'networkidle' });
		const chips = page.locator('details.chip');
		expect(await chips.count()).toBeGreaterThan(4);
		for (const chip of await chips.all()) {
			await chip.locator('summary').click();
			const panel = chip.locator('.panel');
			await expect(panel.locator('a, button, input').filter({ visible: true }).first()).toBeVisible();
			const { x, width: wide } = (await panel.boundingBox()) ?? { x: -1, width: 0 };
			expect(x).toBeGreaterThanOrEqual(0);
			expect(x + wide).toBeLessThanOrEqual(width);
		}
	});

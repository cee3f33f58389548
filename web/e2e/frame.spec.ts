import { expect, test, type Locator, type Page } from '@playwright/test';
import { expectAccessible, holdScripts, signIn, watch } from './helpers.ts';

const FOLDED = 60;

test('the rail folds and stays so: written by the server, without a jump', async ({ page }) => {
	const problems = watch(page);
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/');
	const rail = page.locator('header.rail');
	const fold = rail.locator('.fold button');
	await expect(fold).toHaveAccessibleName('Fold the rail');
	await fold.press('Enter');
	await expect(fold).toHaveAccessibleName('Unfold the rail');
	await expect(fold).toBeFocused();
	expect((await rail.boundingBox())?.width).toBe(FOLDED);
	// Those who listen still hear the names.
	await expect(rail.getByRole('link', { name: 'Funnel', exact: true })).toBeVisible();
	await expectAccessible(page, 'header.rail');
	const response = await page.goto('/funnel');
	expect(await response?.text()).toContain('data-rail="folded"');
	expect((await rail.boundingBox())?.width).toBe(FOLDED);
	await rail.locator('details.who summary').click();
	await expect(rail.getByRole('link', { name: 'My account' })).toBeInViewport({ ratio: 1 });
	await rail.locator('details.who summary').click();
	// The choice is kept by the server, which a page that is loaded again at once would not wait for.
	const kept = page.waitForResponse((answer) => answer.request().method() === 'POST');
	await fold.click();
	await expect(fold).toHaveAccessibleName('Fold the rail');
	await kept;
	await page.reload();
	expect((await rail.boundingBox())?.width).toBeGreaterThan(FOLDED);
	expect(problems).toEqual([]);
});

test('the rail folds without script, and not at all where it is a bar below', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await signIn(page, 'executive', { locale: 'en', script: false });
	await page.goto('/funnel?period=ytd');
	await page.getByRole('button', { name: 'Fold the rail' }).click();
	await expect(page).toHaveURL('/funnel?period=ytd');
	expect((await page.locator('header.rail').boundingBox())?.width).toBe(FOLDED);
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(page.getByRole('button', { name: 'Unfold the rail' })).toBeHidden();
	await expect(page.locator('header.rail').getByText('Funnel')).toBeInViewport();
	await context.close();
});

test('a row is a link as a whole before any script runs', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await signIn(page, 'executive', { locale: 'en', script: false });
	// Where the cell is: the link lies over it.
	const press = async (cell: Locator, share: number) => {
		await cell.evaluate((element) => element.scrollIntoView({ block: 'center' }));
		const { x, y, width, height } = (await cell.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
		await page.mouse.click(x + width * share, y + height / 2);
		await expect(page).toHaveURL(/region=/);
		await page.goto('/organisation?period=ytd');
	};
	await page.goto('/organisation?period=ytd');
	const row = page.locator('tr.linked').nth(1);
	for (const column of [1, 4, -1]) await press(row.locator('td').nth(column), 0.5);
	await press(row.locator('th'), 0.97);
	await context.close();
});

for (const [path, link, next] of [
	['/organisation?period=ytd', 'Stores', /by=store/],
	['/leads?period=ytd', 'Visit', /stage=visit/]
] as const)
	test(`who was in ${path} before its script ran sees the next page, too`, async ({ page }) => {
		const problems = watch(page);
		await signIn(page, 'executive', { locale: 'en', script: false });
		const release = await holdScripts(page);
		await page.goto(path, { waitUntil: 'commit' });
		const inside = page.locator('main .island').getByRole('link', { name: link, exact: true });
		await inside.focus();
		await release();
		await page.waitForLoadState('networkidle');
		await inside.click();
		await expect(page).toHaveURL(next);
		await expect(page.locator('main .island').getByRole('table')).toBeVisible();
		expect(problems).toEqual([]);
	});

/** From now on code that the page has not asked for yet is gone, as after a deploy. */
async function deploy(page: Page): Promise<void> {
	const known = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
	await page.route(/\/_app\/immutable\/.*\.js$/, (route) =>
		known.includes(route.request().url()) ? route.continue() : route.fulfill({ status: 404, body: 'gone' })
	);
}

test('a deploy while a page is open: it is loaded anew once, and says so when that does not help', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/funnel?period=ytd');
	await page.waitForLoadState('networkidle');
	await deploy(page);
	const loads: string[] = [];
	page.on('framenavigated', (frame) => frame === page.mainFrame() && loads.push(frame.url()));
	await page.keyboard.press('?');
	await expect.poll(() => loads.length).toBe(1);
	await page.waitForSelector('html[data-alive]', { state: 'attached' });
	await page.keyboard.press('?');
	const toast = page.getByRole('status').filter({ hasText: 'did not load' });
	await expect(toast).toBeVisible();
	await expectAccessible(page);
	expect(loads).toHaveLength(1);
	await page.unroute(/\/_app\/immutable\/.*\.js$/);
	const loaded = page.waitForEvent('load');
	await toast.getByRole('link', { name: 'Load again' }).click();
	await loaded;
	await page.waitForSelector('html[data-alive]', { state: 'attached' });
	await expect(toast).toBeHidden();
	await expect(page).toHaveURL('/funnel?period=ytd');
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toContainText('Find pages');
});

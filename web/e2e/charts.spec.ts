import { expect, test } from '@playwright/test';
import { expectAccessible, signIn, watch } from './helpers.ts';

test('charts and tables are there without script', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await signIn(page, 'executive', { locale: 'en', script: false });
	await page.goto('/organisation?period=ytd');
	const chart = page.getByRole('img', { name: /^Order rate of Regions/ });
	await expect(chart.locator('svg').filter({ visible: true })).toHaveCount(1);
	await page.getByText('View as table').first().click();
	await expect(page.getByRole('columnheader', { name: '90% interval' }).first()).toBeVisible();
	await context.close();
});

test('a chart wakes when it is pointed at, in its place, and a page sends its picture once', async ({ page }) => {
	const problems = watch(page);
	await signIn(page, 'executive', { locale: 'en' });
	const response = await page.goto('/organisation?period=ytd');
	const html = (await response?.text()) ?? '';
	expect(html.match(/<svg aria-hidden="true" focusable="false" class="w-300/g)).toHaveLength(2);
	expect(html).not.toMatch(/ style="/);
	const chart = page.locator('#picture-ranking-0');
	const before = await chart.boundingBox();
	await expect(chart).not.toHaveClass(/awake/);
	await chart.hover();
	await expect(chart).toHaveClass(/awake/);
	expect(await chart.boundingBox()).toEqual(before);
	await chart.hover({ position: { x: 200, y: 90 } });
	await expect(chart.locator('.live text').filter({ hasText: '90% interval' })).toHaveCount(1);
	expect(problems).toEqual([]);
});

test('a chart that wakes says what its picture said, to the letter', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	for (const path of ['/funnel', '/organisation', '/channels']) {
		await page.goto(`${path}?period=ytd`);
		for (const picture of await page.locator('figure.chart .picture[tabindex]').all()) {
			const texts = (svg: string) =>
				picture.locator(svg).evaluateAll((found) => {
					const shown = found.find((each) => getComputedStyle(each).display !== 'none');
					return [...(shown?.querySelectorAll('text') ?? [])].map((text) => text.textContent).sort();
				});
			const drawn = await texts(':scope > svg');
			await picture.focus();
			await expect(picture.locator('.live svg')).toBeAttached();
			expect(await texts('.live svg'), path).toEqual(drawn);
		}
	}
});

test('whoever was here before gets each picture once, drawn for their window, and again when it changes', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/organisation?period=ytd');
	await expect(page.locator('html')).toHaveAttribute('data-alive');
	const response = await page.reload();
	const widths = [...((await response?.text()) ?? '').matchAll(/<svg aria-hidden="true" focusable="false" class="w-(\d+)"/g)];
	expect(widths.map(([, width]) => width)).toEqual(['520', '520']);
	await expect(page.locator('html')).toHaveAttribute('data-alive');
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(page.locator('#picture-ranking-0 svg')).toHaveClass('w-300');
	await expect(page.locator('#picture-ranking-0 svg')).toHaveCount(1);
});

test('client navigation brings pictures along', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/channels?period=ytd');
	await expect(page.locator('#picture-costs svg').filter({ visible: true })).toHaveCount(1);
	await page.getByRole('link', { name: 'Campaigns', exact: true }).click();
	await expect(
		page
			.getByRole('columnheader', { name: 'Sort by Campaigns' })
			.or(page.getByRole('columnheader', { name: 'Campaigns' }))
			.first()
	).toBeVisible();
	await expect(page.locator('#picture-costs svg').filter({ visible: true })).toHaveCount(1);
	await page.goBack();
	await expect(page.locator('#picture-models svg').filter({ visible: true })).toHaveCount(1);
});

test('the way down from region to leads, and back', async ({ page }) => {
	test.slow();
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/organisation?period=ytd');
	for (const level of ['area', 'store', 'advisor']) {
		await page.locator('tbody tr.linked').first().click();
		await expect(page).toHaveURL(new RegExp(level === 'advisor' ? 'store=' : level === 'store' ? 'area=' : 'region='));
		await expect(page.locator('tbody tr.linked').first()).toBeVisible();
	}
	await page.locator('tbody tr.linked').first().click();
	await expect(page.getByRole('heading', { name: 'Leads', exact: true })).toBeVisible();
	await expect(page.getByRole('cell', { name: /^\d{3}\*{4}\d{4}$/ }).first()).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'Whole country' }).click();
	await expect(page).toHaveURL('/organisation?period=ytd');
});

test('marketing sees no list of leads, a store manager no spend', async ({ page, context }) => {
	test.slow();
	await signIn(page, 'marketing', { locale: 'en' });
	await page.goto('/organisation?period=ytd');
	for (const level of ['region=', 'area=', 'store=', 'advisor=']) {
		await page.locator('tbody tr.linked').first().click();
		await expect(page).toHaveURL(new RegExp(level));
	}
	await expect(page.getByText('Marketing sees totals, not single leads.')).toBeVisible();
	await context.clearCookies();
	await signIn(page, 'store_manager', { locale: 'en' });
	await page.goto('/channels?period=ytd');
	await expect(page.getByText('Spend is known by channel, campaign and region only.')).toBeVisible();
	await expect(page.getByRole('columnheader', { name: /Spend/ })).toHaveCount(0);
	await expectAccessible(page);
});

test('the models add up to the same total', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/channels?period=ytd');
	const total = page.getByRole('group', { name: 'Channels: net orders under four attribution models' }).locator('tfoot td');
	const texts = (await total.allTextContents()).slice(0, 4).map((text) => text.trim());
	expect(texts[0]).toMatch(/^[\d,]+$/);
	expect(new Set(texts).size).toBe(1);
});

test('who comes back with another window gets pictures drawn for it, without touching it', async ({ page }) => {
	await page.setViewportSize({ width: 1920, height: 1080 });
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/funnel?period=ytd');
	await expect.poll(async () => (await page.context().cookies()).find(({ name }) => name === 'window')?.value).toBe('1920');
	// The same reader in a window that was never as wide.
	const narrow = await page.context().newPage();
	await narrow.setViewportSize({ width: 1100, height: 800 });
	await narrow.goto('/funnel?period=ytd');
	const shrunk = () =>
		narrow.locator('#picture-lead > svg').evaluate((svg: SVGSVGElement) => svg.viewBox.baseVal.width / svg.getBoundingClientRect().width);
	await expect.poll(shrunk).toBeLessThanOrEqual(1);
	expect((await narrow.context().cookies()).find(({ name }) => name === 'window')?.value).toBe('1100');
});

test('orders without a campaign do not flatten the lines of those that have one', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/channels?by=campaign&period=ytd');
	await expect(page.getByRole('group', { name: 'Campaigns: net orders under four attribution models' })).toContainText('(no campaign)');
	await expect(page.locator('#picture-models')).not.toContainText('(no campaign)');
	await expect(page.getByText('orders without a campaign get no line')).toBeVisible();
});

test('leads of nobody are in the table and its total, but are not ranked among peers', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/funnel?by=region&period=ytd');
	await expect(page.getByRole('row', { name: /^\(unknown\)/ }).first()).toBeVisible();
	await expect(page.locator('#picture-ranking')).toContainText('East China');
	await expect(page.locator('#picture-ranking')).not.toContainText('(unknown)');
});

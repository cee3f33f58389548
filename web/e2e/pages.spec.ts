import { expect, test } from '@playwright/test';
import { expectAccessible, signIn, watch } from './helpers.ts';

const PAGES = ['/', '/funnel', '/funnel?basis=period&by=channel', '/organisation', '/channels', '/leads'];

for (const theme of ['light', 'dark'] as const) {
	for (const path of PAGES) {
		test(`${path} is accessible in ${theme}, and quiet`, async ({ page }) => {
			const problems = watch(page);
			await signIn(page, 'executive', { theme });
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectAccessible(page);
			expect(problems).toEqual([]);
		});
	}
}

for (const path of PAGES) {
	test(`${path} fits a phone without sideways scrolling`, async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 844 });
		await signIn(page, 'executive', { locale: 'en' });
		await page.goto(path);
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect(overflow).toBe(0);
		await expectAccessible(page);
	});
}

test('the sign-in page is accessible in both themes', async ({ page }) => {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.goto('/login');
		await expectAccessible(page);
	}
});

test('an unknown address says so and leads home', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	const response = await page.goto('/nowhere');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
	await expectAccessible(page);
	await page.getByRole('link', { name: 'Back to the cockpit' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
});

for (const path of [...PAGES, '/wall', '/account', '/admin/users', '/admin/audit']) {
	test(`${path} weighs little before anyone interacts`, async ({ page }) => {
		await signIn(page, path.startsWith('/admin') ? 'administrator' : 'executive');
		// Where the pointer rests something may be fetched ahead; here it rests on nothing.
		await page.mouse.move(0, 0);
		await page.waitForLoadState('networkidle');
		const client = await page.context().newCDPSession(page);
		await client.send('Network.enable');
		await client.send('Network.setCacheDisabled', { cacheDisabled: true });
		const scripts = new Set<string>();
		let bytes = 0;
		let requests = 0;
		client.on('Network.responseReceived', ({ requestId, type }) => {
			requests += 1;
			if (type === 'Script') scripts.add(requestId);
		});
		client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			if (scripts.has(requestId)) bytes += encodedDataLength;
		});
		await page.goto(path, { waitUntil: path === '/wall' ? 'load' : 'networkidle' });
		await page.waitForTimeout(500);
		// Headers of each file are counted along; the budget is 60 kB of script.
		expect(bytes).toBeGreaterThan(10_000);
		expect(bytes).toBeLessThan(66_000);
		expect(requests).toBeLessThanOrEqual(15);
	});
}

test('the first click on a page is answered, though its body comes alive with it', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/channels?period=ytd');
	const more = page.getByRole('button', { name: /: more$/ }).first();
	await more.evaluate((button) => button.scrollIntoView({ block: 'center' }));
	const { x, y, width, height } = (await more.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	// A press without the way to it: the browser's own click is the first that the page hears of anybody.
	const client = await page.context().newCDPSession(page);
	for (const type of ['mousePressed', 'mouseReleased'] as const)
		await client.send('Input.dispatchMouseEvent', { type, x: x + width / 2, y: y + height / 2, button: 'left', clickCount: 1 });
	await expect(page.getByRole('menu')).toBeVisible();
});

test('a body that the server wrote is the one that comes alive: nothing is drawn anew', async ({ page }) => {
	const problems = watch(page);
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/funnel');
	const card = page.locator('section.card').first();
	await card.evaluate((element) => element.setAttribute('data-mark', 'kept'));
	const loaded = page.waitForResponse(
		(response) => /Body|nodes|chunks/.test(response.url()) && response.request().resourceType() === 'script'
	);
	await card.hover();
	await loaded;
	await page.waitForTimeout(300);
	await expect(page.locator('section.card').first()).toHaveAttribute('data-mark', 'kept');
	expect(problems).toEqual([]);
});

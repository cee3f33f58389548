import { expect, test } from '@playwright/test';
import { expectAccessible, signIn, watch } from './helpers.ts';

test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

test('the proof of a figure says what it means, how it was asked and where it comes from; its address opens it again', async ({ page }) => {
	const problems = watch(page);
	await page.goto('/channels?period=ytd');
	await page.getByRole('link', { name: 'Per order', exact: true }).click();
	const panel = page.getByRole('dialog', { name: 'Definition and proof' });
	await expect(panel.getByText('channels.cost_per_order').first()).toBeVisible();
	await expect(panel.getByText('rpt_channel_daily').first()).toBeVisible();
	await expect(panel.locator('pre')).toContainText('SELECT');
	await expect(panel.getByRole('row', { name: /^Ad platforms/ })).toBeVisible();
	await expect(panel.getByText(/of \d+ passed/)).toBeVisible();
	await expectAccessible(page, 'dialog');
	await expect(page).toHaveURL(/proof=channels/);
	const address = page.url();
	await page.keyboard.press('Escape');
	await expect(panel).toHaveCount(0);
	await expect(page).not.toHaveURL(/proof=/);
	await page.goto(address);
	await expect(panel.locator('pre')).toContainText('SELECT');
	expect(problems).toEqual([]);
});

test('every figure of the cockpit has its proof', async ({ page }) => {
	await page.goto('/?period=ytd');
	const addresses = await page
		.locator('main a[href*="proof="]')
		.evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('proof') ?? ''));
	for (const of of ['events:funnel.orders_net', 'targets:targets.target', 'people:leads.sla_rate', 'paid:channels.cost_per_order'])
		expect(addresses).toContain(`cockpit.${of}`);
	for (const proof of new Set(addresses)) {
		const response = await page.request.get(`/proof/${proof}?period=ytd`);
		expect({ proof, status: response.status() }).toEqual({ proof, status: 200 });
		const { sql, metrics } = (await response.json()) as { sql: string; metrics: { member: string }[] };
		expect(sql).toContain('SELECT');
		const [, measure] = proof.split(':');
		if (measure) expect(metrics.map(({ member }) => member)).toEqual([measure]);
	}
	await page.locator('dt').getByRole('link', { name: 'Cost per order' }).click();
	await expect(page.getByRole('dialog', { name: 'Definition and proof' }).getByText('channels.cost_per_order').first()).toBeVisible();
});

test('a store manager reads whose rows the policy lets through', async ({ page, context }) => {
	await context.clearCookies();
	await signIn(page, 'store_manager', { locale: 'en' });
	await page.goto('/funnel?period=ytd&proof=funnel.lead');
	await expect(page.getByRole('dialog').getByText(/As store manager, only rows of/)).toBeVisible();
});

test('in Chinese the proof says in Chinese what a mart holds', async ({ page, context }) => {
	await context.clearCookies();
	await signIn(page, 'executive');
	await page.goto('/funnel?period=ytd&proof=funnel.lead');
	await expect(page.getByRole('dialog').getByText('每条线索一行。')).toBeVisible();
	await expect(page.getByRole('dialog').getByText('负责人：销售运营 · 测试：')).toBeVisible();
	await expect(page.getByRole('dialog').getByRole('row', { name: /^广告平台/ })).toBeVisible();
});

test('a proof that is not on the page says so', async ({ page }) => {
	await page.goto('/funnel?proof=funnel.nothing');
	await expect(page.getByRole('dialog').getByText('is not on this page')).toBeVisible();
	expect((await page.request.get('/proof/moon.x')).status()).toBe(404);
});

test('the palette finds a store by a part of its name, by keyboard alone', async ({ page }) => {
	await page.goto('/funnel?period=ytd', { waitUntil: 'networkidle' });
	await page.keyboard.press('Control+k');
	const field = page.getByRole('combobox', { name: 'Find' });
	await expect(field).toBeFocused();
	await expect(page.getByRole('option', { name: /Cockpit/ })).toBeVisible();
	await page.keyboard.type('4S');
	const store = page.getByRole('option').filter({ hasText: 'Stores' }).filter({ hasText: '4S' }).first();
	await expect(store).toBeVisible();
	await expectAccessible(page, 'dialog');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/organisation\?period=ytd&store=/);
	await page.keyboard.press('/');
	await expect(field).toBeFocused();
	await page.keyboard.type('zzzz');
	await expect(page.getByText('Nothing is called that')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('keys lead to pages and through periods, and are listed', async ({ page }) => {
	await page.goto('/funnel', { waitUntil: 'networkidle' });
	await page.keyboard.press('[');
	await expect(page).toHaveURL(/from=\d{4}-\d\d-01&to=/);
	await page.keyboard.press('g');
	await page.keyboard.press('h');
	await expect(page).toHaveURL(/\/channels\?from=/);
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
	await expectAccessible(page, 'dialog');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the list of keys comes over whatever is open, and nothing comes after Escape', async ({ page }) => {
	const keys = page.getByRole('dialog', { name: 'Keys' });
	const palette = page.getByRole('dialog', { name: 'Find' });
	await page.goto('/funnel?proof=funnel.lead');
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Control+k');
	await expect(palette).toBeVisible();
	await page.keyboard.press('Control+k');
	await expect(palette).toHaveCount(0);
	await page.keyboard.press('?');
	await expect(keys).toBeVisible();
	await page.keyboard.press('?');
	await expect(keys).toHaveCount(0);
	await expect(page.getByRole('dialog')).toBeVisible();

	// A key that began nothing does not take the next one with it, and a box that is ticked takes no letters.
	await page.goto('/leads');
	await page.keyboard.press('g');
	await page.keyboard.press('?');
	await expect(keys).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(keys).toHaveCount(0);
	await page.evaluate(() => {
		const box = document.body.appendChild(Object.assign(document.createElement('input'), { type: 'checkbox' }));
		box.focus();
	});
	await page.keyboard.press('?');
	await expect(keys).toBeVisible();

	await page.goto('/channels', { waitUntil: 'networkidle' });
	let release = () => {};
	const held = new Promise<void>((done) => (release = done));
	await page.route(/\/_app\/immutable\/.*\.js$/, async (route) => {
		await held;
		await route.continue();
	});
	await page.keyboard.press('Control+k');
	await page.keyboard.press('Escape');
	await page.keyboard.press('?');
	release();
	await expect(keys).toBeVisible();
	await expect(palette).toHaveCount(0);
});

test('language and appearance change without a new page', async ({ page }) => {
	await page.goto('/funnel');
	await page.evaluate(() => ((window as Window & { same?: boolean }).same = true));
	await page.locator('details.who summary').click();
	await page.getByRole('button', { name: /中文/ }).click();
	await expect(page.getByRole('heading', { level: 1, name: '漏斗' })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
	expect(await page.evaluate(() => (window as Window & { same?: boolean }).same)).toBe(true);
});

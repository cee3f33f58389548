import { expect, test } from '@playwright/test';
import { expectAccessible, signIn } from './helpers.ts';

test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

for (const path of ['/', '/funnel', '/organisation', '/channels', '/leads']) {
	test(`${path}: days outside the data lead back to those that have some`, async ({ page }) => {
		await page.goto(`${path}?from=1999-01-01&to=1999-01-31`);
		await expect(page.getByRole('heading', { name: 'Nothing in this period' })).toBeVisible();
		await expectAccessible(page);
		await page.getByRole('link', { name: 'Show the latest period with data' }).click();
		await expect(page.locator('table, figure').first()).toBeAttached();
		await expect(page.getByRole('heading', { name: 'Nothing in this period' })).toHaveCount(0);
	});

	test(`${path}: a member that nobody knows is named, and taken out`, async ({ page }) => {
		await page.goto(`${path}?region=moon`);
		await expect(page.getByText('moon was not found')).toBeVisible();
		await page.getByRole('link', { name: 'Show without it' }).click();
		await expect(page).not.toHaveURL(/moon/);
	});
}

test('filters that leave nothing can be loosened', async ({ page }) => {
	await page.goto('/leads?stage=delivery&stopped=valid&grade=H&province=%E5%8F%B0%E6%B9%BE');
	await expect(page.getByRole('heading', { name: 'These filters leave nothing' })).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Clear all filters' }).last().click();
	await expect(page.locator('tbody tr').first()).toBeAttached();
});

test('a session that ended leads to the sign-in and back', async ({ page, context }) => {
	await page.goto('/funnel?period=ytd');
	await context.clearCookies({ name: 'onelane_session' });
	await page.getByRole('link', { name: 'Channels', exact: true }).click();
	await expect(page).toHaveURL(/\/login\?to=/);
	await expect(page.getByText('then you go on where you wanted to')).toBeVisible();
	await page.locator('form:has(input[name="role"][value="executive"]) button').click();
	await expect(page).toHaveURL(/\/channels\?period=ytd/);
});

test('an answer that broke on its way is asked for again as a whole page', async ({ page }) => {
	await page.goto('/funnel');
	await page.route(/__data\.json/, (route) => route.fulfill({ status: 502, body: 'x' }));
	await page.getByRole('link', { name: 'Channels', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Channels' })).toBeVisible();
});

test('an answer that takes long says that it is on its way, and the old page dims until then', async ({ page }) => {
	await page.goto('/funnel');
	let answer = () => {};
	await page.route(/__data\.json/, async (route) => {
		await new Promise<void>((done) => (answer = done));
		await route.continue();
	});
	await page.getByRole('link', { name: 'Channels', exact: true }).click();
	await expect(page.locator('[aria-busy="true"]')).toBeVisible();
	await expect(page.getByText('Still computing')).toBeVisible();
	answer();
	await expect(page.getByRole('heading', { level: 1, name: 'Channels' })).toBeVisible();
	await expect(page.getByText('Still computing')).toHaveCount(0);
});

test('a panel whose answer fails says so and tries again', async ({ page }) => {
	await page.route(/\/proof\//, (route) => route.fulfill({ status: 503, body: 'x' }));
	await page.goto('/funnel?proof=funnel.lead');
	await expect(page.getByRole('alert')).toContainText('cannot be fetched');
	await page.unroute(/\/proof\//);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByRole('dialog').locator('pre')).toContainText('SELECT');
});

import { expect, test } from '@playwright/test';
import { signIn } from './helpers.ts';

test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

test('any number of last days, by the form and by the address', async ({ page }) => {
	await page.goto('/');
	await page.locator('details.chip > summary').first().click();
	await page.getByLabel(/^Last/).fill('45');
	await page.locator('form:has(input[name="last"]) button').click();
	await expect(page).toHaveURL(/last=45/);
	await page.goto('/?period=last_14');
	await expect(page.getByText('were not understood')).toHaveCount(0);
});

test('last year is laid by weekday and by holiday, and the days are said', async ({ page }) => {
	await page.goto('/?compare=year&align=weekday&from=2026-11-16&to=2026-11-22');
	await expect(page.getByText('17–23 Nov 2025').first()).toBeAttached();
	await page.goto('/?compare=year&align=holiday&from=2026-02-11&to=2026-02-26');
	await expect(page.getByText(/by Spring Festival/).first()).toBeAttached();
	await page.locator('summary', { hasText: 'Compare' }).click();
	await expect(page.getByText('23 Jan – 7 Feb 2025').first()).toBeVisible();
	// Where no holiday falls into the days, weekdays are aligned, and that is said.
	await page.goto('/?compare=year&align=holiday&from=2026-11-16&to=2026-11-22');
	await expect(page.getByText(/by weekday/).first()).toBeAttached();
});

test('one region beside another, chosen from the list', async ({ page }) => {
	await page.goto('/?region=east');
	await page.locator('details.chip > summary').nth(1).click();
	await page.locator('.others a').first().click();
	await expect(page).toHaveURL(/compare=member&with=/);
	const name = (await page.locator('details.chip > summary b').nth(1).textContent()) ?? '';
	await expect(page.locator('.hero').getByText(name)).toBeVisible();
	await expect(page.getByText(`grey line: ${name}`)).toBeVisible();
	// Another page that stands two members side by side takes it along; one that does not says so.
	await page.getByRole('link', { name: 'Funnel', exact: true }).click();
	await expect(page.getByText(name).first()).toBeVisible();
	await page.goto('/channels?region=east&compare=member&with=south');
	await expect(page.getByText(/no comparison with “member”/)).toBeVisible();
});

test('a store is found by name with the keyboard alone', async ({ page }) => {
	await page.goto('/');
	const summary = page.locator('details.chip > summary').nth(2);
	await summary.focus();
	await page.keyboard.press('Enter');
	const search = page.getByRole('combobox');
	await search.focus();
	await expect(page.getByRole('option').first()).toBeVisible();
	// Down into the first region, its first area, and back.
	await page.keyboard.press('ArrowRight');
	await expect(page.getByText('Back to the whole country')).toBeVisible();
	await page.keyboard.press('ArrowRight');
	await expect(page.getByText(/^Back to /)).toBeVisible();
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.type('shanghai');
	await expect(page.getByRole('option').first()).toContainText('Shanghai');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
	await page.keyboard.press('Control+Enter');
	await expect(page).toHaveURL(/[?&]store=/);
	await expect(page.locator('details.chip > summary b').nth(2)).toContainText('Shanghai');
});

test('a view is saved, opened by its name, shared, made a role’s default, and deleted', async ({ page, browser, baseURL }) => {
	const name = `East ${Date.now()}`;
	await page.goto('/funnel?region=east&period=last_month');
	const views = page.locator('details.chip', { has: page.locator('summary', { hasText: /^View/ }) });
	await views.locator('summary').click();
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Share with everybody').check();
	await page.getByRole('button', { name: 'Save these filters' }).click();
	await expect(views.locator('summary b')).toHaveText(name);

	await page.goto('/funnel');
	await views.locator('summary').click();
	await page.getByRole('link', { name }).click();
	await expect(page).toHaveURL(/region=east&period=last_month/);
	await views.locator('summary').click();
	await page.getByLabel('Make it the default of a role').selectOption('marketing');
	await page.getByRole('button', { name: 'Set', exact: true }).click();

	const context = await browser.newContext({ baseURL });
	const other = await context.newPage();
	await signIn(other, 'marketing', { locale: 'en' });
	await other.goto('/funnel');
	await expect(other).toHaveURL(/region=east&period=last_month/);
	await other.goto('/funnel?view=none');
	await expect(other).not.toHaveURL(/region=east/);
	await other
		.locator('details.chip', { has: other.locator('summary', { hasText: /^View/ }) })
		.locator('summary')
		.click();
	await expect(other.getByRole('link', { name })).toBeVisible();
	await expect(other.getByRole('button', { name: /Delete the view/ })).toHaveCount(0);
	await context.close();

	await page.goto('/funnel?region=east&period=last_month');
	await views.locator('summary').click();
	await page.getByRole('button', { name: `Delete the view “${name}”` }).click();
	await expect(views.locator('summary b')).toHaveCount(0);
});

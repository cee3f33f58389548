import { expect, test } from '@playwright/test';
import { expectAccessible, signIn, toNumber, watch } from './helpers.ts';

test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

test('a row has a menu: leave it out, and the chip takes it back in', async ({ page }) => {
	const problems = watch(page);
	await page.goto('/channels?period=ytd');
	const row = page.locator('tr.linked').first();
	const name = (await row.getByRole('link').first().innerText()).trim();
	await row.getByRole('button', { name: 'more' }).click();
	await expect(page.getByRole('menu', { name })).toBeVisible();
	await expectAccessible(page, '[popover]');
	await page.getByRole('menuitem', { name: `Exclude ${name}` }).click();
	await expect(page).toHaveURL(/without=channel/);
	await expect(page.locator('tr.linked').first()).not.toContainText(name);
	await page.getByRole('list', { name: 'Without' }).getByRole('link').click();
	await expect(page).not.toHaveURL(/without=/);
	await page.goBack();
	await expect(page).toHaveURL(/without=channel/);
	expect(problems).toEqual([]);
});

test('a chart by keyboard: arrows say its marks, Enter opens the menu, Escape gives the chart back', async ({ page }) => {
	await page.goto('/funnel?period=ytd');
	const chart = page.locator('#picture-lead');
	await chart.focus();
	await expect(chart).toHaveClass(/awake/);
	await page.keyboard.press('End');
	await page.keyboard.press('ArrowUp');
	await expect(page.locator('#picture-lead + [role="status"]')).toContainText('Order');
	await page.keyboard.press('Enter');
	const menu = page.getByRole('menu', { name: 'Order' });
	await expect(menu.getByRole('menuitem').first()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(menu).toHaveCount(0);
	await expect(chart).toBeFocused();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: /reached/ }).press('Enter');
	await expect(page).toHaveURL(/\/leads\?period=ytd&stage=order/);
});

test('the list holds as many leads as the funnel counted, and pages through them', async ({ page }) => {
	await page.goto('/funnel?period=ytd');
	await page.locator('figure.chart + details summary, section:has(#picture-lead) details summary').first().click();
	const counted = toNumber(
		await page
			.locator('section:has(#picture-lead) table')
			.getByRole('row', { name: /^Order/ })
			.getByRole('cell')
			.first()
			.textContent()
	);
	await page.goto('/leads?period=ytd&stage=order');
	await expect(page.locator('p.answer')).toContainText(counted.toLocaleString('en-US'));
	await page.goto('/leads?period=all');
	const range = page.getByRole('navigation', { name: 'Pages of the list' });
	await expect(range).toContainText('1–100 of');
	const first = await page.locator('tbody tr').first().innerText();
	await range.getByRole('link', { name: 'Next page' }).click();
	await expect(range).toContainText('101–200 of');
	expect(await page.locator('section.card tbody tr').first().innerText()).not.toBe(first);
	await expectAccessible(page);
});

test('days are chosen as the period by dragging over them, and by keyboard', async ({ page }) => {
	const days = /[?&]from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/;
	await page.goto('/?period=last_30');
	const chart = page.locator('#picture-trend-orders');
	await chart.hover();
	await expect(chart).toHaveClass(/awake/);
	const { x, y, width, height } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	await page.mouse.move(x + width * 0.4, y + height / 2);
	await page.mouse.down();
	await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 4 });
	await page.mouse.up();
	await expect(page).toHaveURL(days);
	await page.goto('/?period=last_30');
	await chart.focus();
	await expect(chart).toHaveClass(/awake/);
	for (const key of ['End', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 'Enter']) await page.keyboard.press(key);
	await expect(page).toHaveURL(days);
	const range = new URL(page.url()).searchParams;
	expect((Date.parse(range.get('to') ?? '') - Date.parse(range.get('from') ?? '')) / 86_400_000).toBe(2);
});

test('weeks are chosen as the period too, whole and within the days of the page', async ({ page }) => {
	await page.goto('/?period=ytd');
	const chart = page.locator('#picture-trend-orders');
	await chart.focus();
	await expect(chart).toHaveClass(/awake/);
	for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
	await expect(page).toHaveURL(/[?&]from=/);
	const range = new URL(page.url()).searchParams;
	const [from, to] = [range.get('from') ?? '', range.get('to') ?? ''];
	expect(new Date(`${from}T00:00:00Z`).getUTCDay()).toBe(1);
	expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(13);
	await page.goto('/?period=ytd');
	await chart.hover();
	await expect(chart).toHaveClass(/awake/);
	const { x, y, width, height } = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
	await page.mouse.move(x + width * 0.5, y + height / 2);
	await page.mouse.down();
	await page.mouse.move(x + width * 0.99, y + height / 2, { steps: 4 });
	await page.mouse.up();
	await expect(page).toHaveURL(/[?&]from=/);
	const last = /Data up to (.*\d{4})/.exec(await page.getByText('Data up to').first().innerText())?.[1] ?? '';
	expect(new URL(page.url()).searchParams.get('to')).toBe(new Date(`${last} UTC`).toISOString().slice(0, 10));
});

test('the gallery of components is no part of a built server', async ({ page }) => {
	await page.goto('/dev/components');
	await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
});

test('columns are put away and the address remembers it; the table is copied exactly', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.goto('/channels?period=ytd');
	const tools = page.locator('.tools').filter({ hasText: 'Columns' }).first();
	await tools.locator('summary').click();
	await tools.getByRole('link', { name: 'ROAS' }).click();
	await expect(page).toHaveURL(/hide=roas/);
	await expect(page.getByRole('columnheader', { name: 'ROAS' })).toHaveCount(0);
	await tools.getByRole('button', { name: 'Copy table' }).click();
	await expect(tools.getByRole('status')).toContainText('Copied');
	const [head = '', ...rows] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
	expect(head.split('\t')).toContain('Spend ¥');
	expect(head).not.toContain('ROAS');
	expect(rows.every((row) => row.split('\t').length === head.split('\t').length)).toBe(true);
});

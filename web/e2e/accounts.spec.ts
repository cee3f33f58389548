import { expect, test } from '@playwright/test';
import { expectAccessible, holdScripts, signIn, watch } from './helpers.ts';

const name = () => `e2e-${Math.random().toString(36).slice(2, 10)}`;

test('an administrator adds a person, who chooses a password, signs in, makes a token and signs out everywhere', async ({
	page,
	browser
}) => {
	test.slow();
	const problems = watch(page);
	await signIn(page, 'administrator', { locale: 'en' });
	await page.goto('/account');
	await page.locator('details.who summary').click();
	await page.getByRole('link', { name: 'Users' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
	await expectAccessible(page);
	const person = name();
	await page.getByLabel('Account').fill(person);
	await page.getByRole('form', { name: 'Add a user' }).getByLabel('Role').selectOption('region_manager');
	await page.getByRole('list', { name: 'Found' }).getByRole('checkbox', { name: 'East China', exact: true }).check();
	await page.getByLabel('Kind').selectOption('store_id');
	await page.getByLabel('Find by name or id').fill('S00');
	await expect(page.getByRole('list', { name: 'Found' }).getByText('Store').first()).toBeVisible();
	await page.getByLabel('Find by name or id').press('Enter');
	const chosen = page.getByRole('list', { name: 'Chosen members' });
	await expect(chosen.getByRole('checkbox')).toHaveCount(2);
	await expect(chosen.getByRole('checkbox', { name: 'East China Region' })).toBeChecked();
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Add a user' }).click();
	const code = (await page.locator('.once code').textContent()) ?? '';
	expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){6}$/);
	await expect(page.getByRole('row', { name: person })).toContainText(/Region East China · Store .*Store/);
	await expectAccessible(page);

	const theirs = await (await browser.newContext({ locale: 'en-GB' })).newPage();
	await theirs.goto('/login/code');
	await theirs.context().addCookies([{ name: 'lang', value: 'en', url: new URL('/', theirs.url()).href }]);
	await theirs.reload();
	await theirs.getByLabel('Account').fill(person);
	await theirs.getByLabel('One-time code').fill(code);
	await theirs.getByLabel('New password', { exact: true }).fill('short');
	await theirs.getByLabel('New password once more').fill('short');
	await theirs.getByRole('button', { name: 'Save' }).click();
	await expect(theirs.getByRole('alert')).toContainText('at least 12');
	await expectAccessible(theirs);
	await theirs.getByLabel('One-time code').fill(code);
	await theirs.getByLabel('New password', { exact: true }).fill('a password of my own');
	await theirs.getByLabel('New password once more').fill('a password of my own');
	await theirs.getByRole('button', { name: 'Save' }).click();
	await theirs.waitForURL((url) => url.pathname === '/', { waitUntil: 'commit' });

	await theirs.goto('/account');
	await theirs.getByLabel('What for').fill('spreadsheet');
	await theirs.getByRole('button', { name: 'Create token' }).click();
	await expect(theirs.locator('.once code')).toHaveText(/^onelane_[\w-]{43}$/);
	await expect(theirs.getByRole('rowheader', { name: 'spreadsheet' })).toBeVisible();
	await expectAccessible(theirs);
	await theirs.getByRole('button', { name: 'Revoke: spreadsheet' }).click();
	await expect(theirs.getByText('revoked')).toBeVisible();
	await theirs.getByRole('button', { name: 'Sign out everywhere' }).click();
	await expect(theirs).toHaveURL(/\/login$/);
	await theirs.getByLabel('Account').fill(person);
	await theirs.getByLabel('Password').fill('not my password');
	await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(theirs.getByRole('alert')).toHaveText('Account or password is wrong.');
	await theirs.getByLabel('Password').fill('a password of my own');
	await theirs.getByRole('button', { name: 'Sign in', exact: true }).click();
	await theirs.waitForURL((url) => url.pathname === '/', { waitUntil: 'commit' });

	await page.goto(`/admin/audit?about=${person}`);
	for (const did of [
		'Added a user',
		'Issued a one-time code',
		'Changed password',
		'Created a token',
		'Signed out everywhere',
		'Sign-in failed'
	])
		await expect(page.getByRole('cell', { name: did }).first()).toBeVisible();
	await expectAccessible(page);
	expect(problems).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
	test(`the pages of accounts fit a phone and are accessible in ${theme}`, async ({ page }) => {
		test.slow();
		await page.setViewportSize({ width: 390, height: 844 });
		await signIn(page, 'administrator', { locale: 'en', theme });
		for (const path of ['/account', '/admin/users', '/admin/audit', '/login/code']) {
			await page.goto(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0);
			await expectAccessible(page);
		}
	});
}

test('on a phone an entry of the audit log is read without scrolling sideways, each part under its name', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signIn(page, 'administrator', { locale: 'en' });
	await page.goto('/admin/audit');
	const entry = page.getByRole('row').filter({ hasText: 'Signed in' }).first();
	await expect(entry.getByRole('rowheader')).toBeVisible();
	const cells = entry.getByRole('cell');
	expect(await cells.count()).toBe(5);
	for (const cell of await cells.all()) {
		const { x, width } = (await cell.boundingBox()) ?? { x: -1, width: 0 };
		expect(x).toBeGreaterThanOrEqual(0);
		expect(x + width).toBeLessThanOrEqual(390);
	}
	const titles = await cells.evaluateAll((all) => all.map((cell) => getComputedStyle(cell, '::before').content));
	expect(titles).toEqual(['"Who"', '"Did what"', '"To what"', '"Address"', '"Details"']);
	const box = page.getByRole('group', { name: 'Audit log' });
	expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});

test('a scope is chosen by the keyboard alone, and taken back', async ({ page }) => {
	await signIn(page, 'administrator');
	await page.goto('/admin/users');
	await page.getByLabel('账号', { exact: true }).fill(name());
	await expect(page.getByLabel('按名称或编号查找')).toBeHidden();
	await page.getByRole('form', { name: '添加用户' }).getByLabel('角色').selectOption('advisor');
	const search = page.getByLabel('按名称或编号查找');
	await expect(page.getByLabel('类型')).toHaveValue('advisor_id');
	const found = page.getByRole('list', { name: '查找结果' });
	await expect(found.getByText('店').first()).toBeVisible();
	await page.getByLabel('类型').selectOption('region_id');
	await search.fill('华东');
	await expect(found.getByRole('checkbox')).toHaveCount(1);
	await search.press('ArrowDown');
	await page.keyboard.press('Space');
	const chip = page.getByRole('list', { name: '已选成员' }).getByRole('checkbox', { name: '华东 大区' });
	await expect(chip).toBeChecked();
	await page.keyboard.press('Enter');
	await expect(chip).not.toBeChecked();
	await search.fill('R-of-next-year');
	await found.getByLabel('把“R-of-next-year”作为编号').press('Space');
	await expect(page.getByRole('checkbox', { name: 'R-of-next-year 大区' })).toBeChecked();
	await page.getByRole('form', { name: '添加用户' }).getByLabel('角色').selectOption('analyst');
	await expect(search).toBeHidden();
});

test('without script a scope is looked for with a button, and what was typed stays', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await signIn(page, 'administrator', { locale: 'en', script: false });
	await page.goto('/admin/users');
	const person = name();
	await page.getByLabel('Called').fill('Without Script');
	await page.getByRole('form', { name: 'Add a user' }).getByLabel('Role').selectOption('store_manager');
	await page.getByLabel('Kind').selectOption('region_id');
	await page.getByLabel('Find by name or id').fill('east');
	await page.getByRole('button', { name: 'Find' }).click();
	await page.getByRole('checkbox', { name: 'East China', exact: true }).check();
	await page.getByLabel('Find by name or id').fill('south');
	await page.getByRole('button', { name: 'Find' }).click();
	await page.getByRole('checkbox', { name: 'South China', exact: true }).check();
	await expect(page.getByRole('checkbox', { name: 'East China Region' })).toBeChecked();
	await expect(page.getByLabel('Called')).toHaveValue('Without Script');
	await expect(page.getByRole('form', { name: 'Add a user' }).getByLabel('Role')).toHaveValue('store_manager');
	await page.getByLabel('Account').fill(person);
	await page.getByRole('button', { name: 'Add a user' }).click();
	await expect(page.getByRole('row', { name: person })).toContainText('Region East China, South China');
	await context.close();
});

test('accounts are found by name and role, the address says so, and what is refused is said in the reader’s language', async ({ page }) => {
	await signIn(page, 'administrator');
	const person = name();
	const add = page.getByRole('form', { name: '添加用户' });
	for (const refusal of [null, '这个账号名已有人使用']) {
		await page.goto('/admin/users');
		await add.getByLabel('账号').fill(person);
		await add.getByRole('button').click();
		if (refusal) await expect(page.getByRole('alert')).toContainText(refusal);
		else await expect(page.getByText(`给 ${person} 的一次性代码`)).toBeVisible();
	}
	await page.getByLabel('账号或称呼包含').fill(person.toUpperCase());
	await page.getByRole('button', { name: '查找账号' }).click();
	await expect(page).toHaveURL(new RegExp(`about=${person.toUpperCase()}`));
	await expect(page.getByText('第 1–1 个，共 1 个')).toBeVisible();
	await expect(page.getByRole('row', { name: person })).toBeVisible();
	await page.goto(`/admin/users?about=${person}&role=marketing&page=9`);
	await expect(page.getByText('没有符合条件的账号。')).toBeVisible();
	await expect(page.getByLabel('账号或称呼包含')).toHaveValue(person);
});

test('on a phone the fields of the audit log stand in two columns of one width', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signIn(page, 'administrator', { locale: 'en' });
	await page.goto('/admin/audit');
	const widths = await page
		.locator('form.filter > *')
		.evaluateAll((fields) => fields.map((field) => Math.round(field.getBoundingClientRect().width)));
	expect(new Set(widths).size).toBe(1);
});

test('pages of administrators are nobody else’s', async ({ page }) => {
	await signIn(page, 'analyst', { locale: 'en' });
	for (const path of ['/admin/users', '/admin/audit/export']) expect((await page.request.get(path)).status()).toBe(403);
	expect((await page.goto('/admin/audit'))?.status()).toBe(403);
	await expect(page.getByRole('heading', { name: 'Not yours to see' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Try again' })).toHaveCount(0);
	await expectAccessible(page);
	await page.goto('/account');
	await page.locator('details.who summary').click();
	await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0);
	await page.goto('/admin/audit');
	await page.getByRole('link', { name: 'Back to the cockpit' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Cockpit' })).toBeVisible();
	await page.goto('/admin/audit');
	await page.getByRole('link', { name: 'Sign in as someone else' }).click();
	await expect(page).toHaveURL(/\/login\?to=\/$/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('what is typed before the page’s script runs stays when it does', async ({ page }) => {
	const release = await holdScripts(page);
	await page.goto('/login/code', { waitUntil: 'domcontentloaded' });
	const account = page.locator('input[name="name"]');
	await account.fill('lin');
	await expect(page.locator('html')).not.toHaveAttribute('data-alive');
	await release();
	await expect(account).toHaveValue('lin');
});

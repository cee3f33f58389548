import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, signIn, toNumber, watch } from './helpers.ts';

const YEAR = '/?period=ytd';

/** "+7" → 7, "−5" → −5 */
const signed = (text: string) => toNumber(text.replace('−', '-'));

async function cells(page: Page, row: 'tbody tr' | 'tfoot tr'): Promise<string[][]> {
	const rows = page.locator('section:has(#why)').locator(row);
	return rows.evaluateAll((all) =>
		all.map((one) => [...one.querySelectorAll('td:not(.bar)')].map((cell) => cell.textContent?.trim() ?? ''))
	);
}

test.describe('for an executive', () => {
	test.beforeEach(({ page }) => signIn(page, 'executive', { locale: 'en' }));

	test('the parts of a change add up in every row and column, by every dimension', async ({ page }) => {
		await page.goto(YEAR);
		const hero = toNumber(await page.locator('.hero .value').textContent());
		for (const why of ['Region', 'Store', 'Channel', 'Campaign', 'Series', 'Intent level']) {
			await page.getByRole('navigation', { name: 'By', exact: true }).getByRole('link', { name: why, exact: true }).click();
			await expect(page.getByRole('navigation', { name: 'By', exact: true }).locator('[aria-current]')).toHaveText(why);
			const rows = (await cells(page, 'tbody tr')).map((row) => row.map(signed));
			const [total] = (await cells(page, 'tfoot tr')).map((row) => row.map(signed));
			for (const [before = 0, now = 0, change = 0, ...parts] of [...rows, total ?? []]) {
				expect(change).toBe(now - before);
				expect(parts.reduce((sum, part) => sum + part, 0)).toBe(change);
			}
			total?.forEach((value, column) => expect(rows.reduce((sum, row) => sum + (row[column] ?? 0), 0)).toBe(value));
			// The same figure as the hero's.
			expect(total?.[1]).toBe(hero);
		}
	});

	test('each claim of the answer line leads to a page that shows it', async ({ page }) => {
		await page.goto(YEAR);
		const claims = page.locator('p.answer a[data-claim]');
		const found = await claims.evaluateAll((links) => links.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? '']));
		expect(found.length).toBeGreaterThan(0);
		for (const [href = '', text = ''] of found) {
			const response = await page.goto(href);
			expect(response?.status()).toBe(200);
			expect(page.url()).toContain('period=ytd');
			// The member that the claim names is on the page that proves it.
			const name = /^(.+?)(?:’s| looks)/.exec(text)?.[1] ?? '';
			await expect(page.locator('main').getByText(name, { exact: false }).first()).toBeAttached();
		}
	});

	test('year-on-year and period-on-period, targets, and figures that agree with one another', async ({ page }) => {
		await page.goto('/');
		const tile = (name: string) => page.locator('.kpi', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) });
		for (const name of ['Leads', 'Valid leads', 'Visits', 'Test drives', 'Net orders', 'Deliveries', 'Cancel rate', 'Cost per order']) {
			await expect(tile(name).getByText('vs last year')).toBeVisible();
			await expect(tile(name).getByText('vs previous')).toBeVisible();
		}
		await expect(tile('Leads').getByText(/of target/)).toBeVisible();
		const hero = toNumber(await page.locator('.hero .value').textContent());
		expect(toNumber(await tile('Net orders').locator('.value').textContent())).toBe(hero);
		// Regions' orders against their own targets sum to the brand's.
		const counts = await page.locator('section:has(#attainments) .count').allTextContents();
		const halves = counts.map((text) => text.split('/').map(toNumber));
		expect(halves.reduce((sum, [value = 0]) => sum + value, 0)).toBe(hero);
	});

	test('a note is pinned to a day, marked on the chart, and taken away again', async ({ page }) => {
		await page.goto('/');
		const day = await page.locator('form.add input[name="date"]').inputValue();
		await page.locator('form.add input[name="text"]').fill('Price cut announced');
		await page.getByRole('button', { name: 'Add', exact: true }).click();
		const note = page.locator('li', { hasText: 'Price cut announced' });
		await expect(note.locator('time')).toHaveAttribute('datetime', day);
		await expect(page.locator('figure svg:visible').getByText('Price cut').first()).toBeAttached();
		await note.getByRole('button', { name: /Delete the note/ }).click();
		await expect(note).toHaveCount(0);
	});

	test('red may stand for good news', async ({ page }) => {
		await page.goto('/');
		await page.locator('details.who summary').click();
		await page.getByRole('button', { name: 'Red', exact: true }).click();
		await expect(page.locator('html')).toHaveAttribute('data-up', 'red');
	});
});

test('on a phone the bars of what changed are in sight before anybody scrolls', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/?period=ytd');
	const card = page.locator('section[aria-labelledby="why"]');
	const right = await card.evaluate((element) => element.getBoundingClientRect().right);
	const bars = await card.locator('.bar svg').evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().right));
	expect(bars.length).toBeGreaterThan(0);
	expect(Math.max(...bars)).toBeLessThanOrEqual(right);
});

test.describe('the big screen', () => {
	test.use({ viewport: { width: 1920, height: 1080 } });

	for (const locale of ['zh-CN', 'en'] as const)
		test(`fits its screen in ${locale}, nothing cut off, each tile with its age and letters large enough for six metres`, async ({
			page
		}) => {
			const problems = watch(page);
			await signIn(page, 'executive', { locale, theme: 'dark' });
			for (const size of [
				{ width: 1920, height: 1080 },
				{ width: 2560, height: 1440 },
				{ width: 2560, height: 1080 }
			]) {
				await page.setViewportSize(size);
				await page.goto('/wall');
				const overflow = await page.evaluate(() => [
					document.documentElement.scrollWidth - innerWidth,
					document.documentElement.scrollHeight - innerHeight
				]);
				expect(Math.max(...overflow)).toBeLessThanOrEqual(0);
				// Text may not be cut off either.
				const cut = await page
					.locator('main section, .tile, .tile .name, main li span, main li b')
					.evaluateAll((boxes) =>
						boxes
							.filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
							.map((box) => box.textContent?.slice(0, 40))
					);
				expect(cut).toEqual([]);
				const smallest = await page.evaluate(() => {
					const walker = document.createTreeWalker(document.querySelector('main') as Node, NodeFilter.SHOW_TEXT);
					let least = Infinity;
					while (walker.nextNode()) {
						const parent = walker.currentNode.parentElement;
						if (!walker.currentNode.textContent?.trim() || !parent || parent.closest('nav, svg')) continue;
						least = Math.min(least, parseFloat(getComputedStyle(parent).fontSize));
					}
					return least;
				});
				expect(smallest / size.height).toBeGreaterThan(27 / 1080);
				const regions = await page.locator('section[aria-labelledby="attainments"] li').count();
				await page.goto('/');
				const all = await page.locator('section[aria-labelledby="attainments"] li').count();
				expect(regions).toBe(Math.min(7, all));
				await page.goto('/wall');
			}
			const tiles = await page.locator('.tile, main section:not(.tiles)').count();
			expect(await page.locator('.age').count()).toBe(tiles);
			await expectAccessible(page);
			expect(problems).toEqual([]);
		});

	test('takes new data by itself, keeps its picture when the line is down, and keeps nothing for hours', async ({ page }) => {
		await signIn(page, 'executive', { locale: 'en' });
		await page.clock.install();
		let served = 'v20990101T000000000Z';
		let isDown = false;
		await page.route('**/wall/version', (route) => (isDown ? route.abort() : route.fulfill({ json: { version: served, failed: false } })));
		await page.goto('/wall');
		const value = await page.locator('.hero .value').textContent();
		let renewed = 0;
		page.on('request', (request) => {
			if (request.url().includes('__data.json')) renewed += 1;
		});
		/** Turns the clock until the page, which may still be busy, has looked and shows it. */
		const inTime = (shows: () => Promise<void> | void) =>
			expect(async () => {
				await page.clock.runFor(31_000);
				await shows();
			}).toPass({ timeout: 15_000 });
		await inTime(() => expect(renewed).toBeGreaterThan(0));
		await expect(page.locator('.hero .value')).toHaveText(value ?? '');
		isDown = true;
		await inTime(() => expect(page.getByText(/Connection lost/)).toBeVisible({ timeout: 1_000 }));
		await expect(page.locator('.hero .value')).toHaveText(value ?? '');
		isDown = false;
		served = (await (await page.request.get('/wall/version')).json()).version;
		await inTime(() => expect(page.getByText(/Connection lost/)).toHaveCount(0, { timeout: 1_000 }));
		const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
		const before = await nodes();
		for (let hour = 0; hour < 4; hour += 1) await page.clock.runFor('01:00:00');
		expect(Math.abs((await nodes()) - before)).toBeLessThan(10);
	});
});

for (const theme of ['light', 'dark'] as const)
	test(`the cockpit is readable by everybody, ${theme}, with filters open`, async ({ page }) => {
		await signIn(page, 'executive', { locale: 'zh-CN', theme });
		await page.goto('/?compare=year&align=weekday');
		for (const chip of [0, 1, 2]) {
			await page.locator('details.chip > summary').nth(chip).click();
			await expectAccessible(page);
		}
	});

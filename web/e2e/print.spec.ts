import { expect, test, type Page } from '@playwright/test';
import { signIn } from './helpers.ts';

/** Pixels of A4 across, less its margins of 12 mm. */
const ACROSS = Math.floor(((297 - 24) / 25.4) * 96);

/** Pages at most, by address: what a reader would hand round. */
const PAGES = [
	['/?period=ytd', 4],
	['/funnel?period=ytd', 3],
	['/organisation?period=ytd', 3],
	['/organisation?period=ytd&by=store', 6],
	['/channels?period=ytd', 5],
	['/leads?period=ytd', 6]
] as const;

/** What reaches beyond the paper, or is hidden in a box that would scroll. */
function cutOff(page: Page): Promise<string[]> {
	return page.evaluate((across) => {
		const seen = [...document.querySelectorAll('main table, main figure, main svg, main p, main dl')].filter((element) => {
			const { width, height } = element.getBoundingClientRect();
			return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
		});
		return seen
			.filter((element) => {
				const box = element.getBoundingClientRect();
				const outer = element.closest('.scroll');
				const hides = outer && getComputedStyle(outer).overflowX !== 'visible' && outer.scrollWidth > outer.clientWidth;
				return box.right > across + 1 || box.left < -1 || hides;
			})
			.map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''} ${element.textContent?.trim().slice(0, 40)}`);
	}, ACROSS);
}

for (const [path, most] of PAGES) {
	test(`${path} on paper: A4 across, few pages, nothing cut off, dark screens printed light`, async ({ page }) => {
		await signIn(page, 'executive', { locale: 'en', theme: 'dark' });
		await page.goto(path);
		const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
		const sheets = [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
		expect(sheets).toBeGreaterThan(0);
		expect(sheets).toBeLessThanOrEqual(most);
		const [, width = '', height = ''] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
		expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([842, 595]);
		await page.setViewportSize({ width: ACROSS, height: 703 });
		await page.emulateMedia({ media: 'print' });
		expect(await cutOff(page)).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(ACROSS);
		await expect(page.locator('.on-paper').first()).toContainText('Period 1 Jan –');
		await expect(page.locator('header.rail, .skip')).toHaveCount(2);
		for (const part of await page.locator('header.rail, .skip').all()) await expect(part).toBeHidden();
		await expect(page.getByText('were not understood')).toHaveCount(0);
		expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
	});
}

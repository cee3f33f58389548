import { inflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { signIn, toNumber } from './helpers.ts';

/** Rows of the first sheet of an XLSX file; the sheet is the first entry of its zip. */
function sheet(file: Buffer): string[][] {
	const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
	const entry = file.readUInt32LE(end + 16);
	const local = file.readUInt32LE(entry + 42);
	const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
	const xml = inflateRawSync(file.subarray(start, start + file.readUInt32LE(entry + 20))).toString();
	const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
	return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) =>
		[...row.matchAll(/<c\/>|<c><v>(.*?)<\/v><\/c>|<c t="inlineStr"><is><t xml:space="preserve">(.*?)<\/t><\/is><\/c>/gs)].map(
			([, number, text]) => number ?? plain(text ?? '')
		)
	);
}

const csv = (text: string) =>
	text
		.slice(1)
		.trim()
		.split('\r\n')
		.map((line) => line.split(','));

for (const [path, name] of [
	['/funnel', 'funnel-split'],
	['/channels', 'channels'],
	['/organisation', 'organisation']
] as const) {
	test(`${name}: screen, CSV and XLSX hold the same figures`, async ({ page }) => {
		await signIn(page, 'executive', { locale: 'en' });
		const search = name === 'funnel-split' ? '?period=ytd&by=series' : '?period=ytd';
		await page.goto(path + search);
		const table = page
			.locator('section', { has: page.locator(`a[href^="/export/${name}.csv"]`) })
			.locator('table')
			.first();
		const shown = await table
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows.map((row) =>
					[...row.children].map(
						(cell) => (cell.firstElementChild?.tagName === 'A' ? cell.firstElementChild : cell).textContent?.trim() ?? ''
					)
				)
			);
		const head = await table.locator('thead tr').last().locator('th').allInnerTexts();
		const [lines, rows] = await Promise.all([
			page.request.get(`/export/${name}.csv${search}`).then(async (answer) => csv(await answer.text())),
			page.request.get(`/export/${name}.xlsx${search}`).then(async (answer) => sheet(await answer.body()))
		]);
		expect(rows).toEqual(lines);
		expect(lines.length - 1).toBe(shown.length);
		const leads = head.findIndex((title) => /^Leads/.test(title.trim()));
		const [titles = []] = lines;
		const column = titles.findIndex((title) => title === 'Leads');
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		expect(sum(lines.slice(1).map((line) => Number(line[column])))).toBe(sum(shown.map((row) => toNumber(row[leads] ?? ''))));
	});
}

test('every lead is in the file, masked like the list', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/leads?period=all');
	const all = toNumber((await page.locator('p.answer').textContent())?.split(' ')[0] ?? '');
	const lines = csv(await (await page.request.get('/export/leads.csv?period=all')).text());
	expect(lines.length - 1).toBe(all);
	expect(lines.slice(1, 400).every((line) => !/\d{11}/.test(line.join(' ')))).toBe(true);
});

test('a chart is saved as a picture that stands by itself', async ({ page }) => {
	await signIn(page, 'executive', { locale: 'en' });
	await page.goto('/funnel?period=ytd');
	for (const format of ['SVG', 'PNG'] as const) {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: new RegExp(`^${format} .*: Lead funnel`) }).click()
		]);
		const bytes = await (await download.createReadStream()).toArray();
		const file = Buffer.concat(bytes as Buffer[]);
		if (format === 'PNG') expect(file.subarray(1, 4).toString()).toBe('PNG');
		else {
			expect(file.toString()).toContain('xmlns="http://www.w3.org/2000/svg"');
			expect(file.toString()).not.toContain('var(');
		}
		expect(file.length).toBeGreaterThan(2000);
	}
});

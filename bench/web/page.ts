/** A page in Chromium: what it loads, when its charts are there, and how fast it follows a filter. */
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Figure } from '../budgets.ts';
import { quantile } from '../semantic.ts';
import { type Vitals, observeVitals, readVitals, untilCharts, whenCharts } from './vitals.ts';
import type { BenchPage, Session } from './session.ts';

/** Enough for a 95th percentile that is not simply the slowest. */
const FILTERS = 24;
const MONTHS = 8;

interface Opened extends Vitals {
	/** From the start of the navigation until the last chart is painted. */
	charts: number;
	requests: number;
	foreign: number;
}

export async function measurePage(browser: Browser, session: Session, target: BenchPage, rounds: number): Promise<Figure[]> {
	const fresh: Opened[] = [];
	const again: Opened[] = [];
	for (let round = 0; round < rounds; round++) {
		const context = await contextOf(browser, session);
		fresh.push(await open(await context.newPage(), session, target));
		again.push(await open(await context.newPage(), session, target));
		await context.close();
	}
	const scripts = await weigh(browser, session, target);
	const clicks = target.isAlone ? null : await follow(browser, session, target, rounds);
	const middle = (of: readonly number[]) => quantile(of, 0.5);
	const figure = (what: string, value: number, unit: Figure['unit'], most: number): Figure => ({
		group: 'web',
		what: `${target.name}: ${what}`,
		value,
		unit,
		budget: { most }
	});
	return [
		figure('JavaScript before interaction, gz', scripts.before, 'kB', 60),
		figure('JavaScript after interaction, gz', scripts.after, 'kB', 300),
		figure('requests', Math.max(...fresh.map(({ requests }) => requests)), 'count', 15),
		figure('requests that leave the origin', Math.max(...fresh.map(({ foreign }) => foreign)), 'count', 0),
		figure('fresh browser, until the last chart', middle(fresh.map(({ charts }) => charts)), 'ms', 700),
		figure('second visit, until the last chart', middle(again.map(({ charts }) => charts)), 'ms', 400),
		...(clicks
			? [
					figure('click from another page, until the last chart', middle(clicks.page), 'ms', 400),
					figure('filter, until repainted, p95', quantile(clicks.filter, 0.95), 'ms', 300)
				]
			: []),
		figure('largest contentful paint', middle(fresh.map(({ lcp }) => lcp)), 'ms', 600),
		figure('total blocking time', middle(fresh.map(({ tbt }) => tbt)), 'ms', 50),
		figure('layout shift', Math.max(...fresh.map(({ cls }) => cls)), 'ratio', 0.02)
	];
}

async function contextOf(browser: Browser, { url, cookie }: Session): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
	const cookies = cookie.split('; ').map((each) => {
		const [name = '', ...value] = each.split('=');
		return { name, value: value.join('='), url };
	});
	await context.addCookies(cookies);
	return context;
}

async function open(page: Page, { url }: Session, { path }: BenchPage): Promise<Opened> {
	await page.addInitScript(observeVitals);
	let requests = 0;
	let foreign = 0;
	page.on('request', (request) => {
		requests += 1;
		if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign += 1;
	});
	await page.goto(url + path, { waitUntil: 'commit' });
	const charts = await page.evaluate(untilCharts);
	await page.waitForLoadState('networkidle');
	return { ...(await page.evaluate(readVitals)), charts, requests, foreign };
}

/** Kilobytes of script as gzip packs them, before anybody touches the page and after a chart was pointed at. */
async function weigh(browser: Browser, session: Session, { path }: BenchPage): Promise<{ before: number; after: number }> {
	const context = await contextOf(browser, session);
	const page = await context.newPage();
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script')
			// What still arrives while the page closes is no part of either sum.
			sizes.push(
				response
					.body()
					.then((body) => gzipSync(body).length)
					.catch(() => 0)
			);
	});
	const sum = async () => (await Promise.all(sizes)).reduce((total, size) => total + size, 0) / 1000;
	await page.goto(session.url + path, { waitUntil: 'networkidle' });
	const before = await sum();
	const chart = page.locator('figure.chart .picture').first();
	if ((await chart.count()) > 0) {
		await chart.scrollIntoViewIfNeeded();
		await chart.hover();
	}
	await page.keyboard.press('Control+k');
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(500);
	const after = await sum();
	await context.close();
	return { before, after };
}

/** Clicks in a page that lives already: to the page from another one, and on filters. Milliseconds. */
async function follow(
	browser: Browser,
	session: Session,
	{ path }: BenchPage,
	rounds: number
): Promise<{ page: number[]; filter: number[] }> {
	const context = await contextOf(browser, session);
	const page = await context.newPage();
	const other = path === '/' ? '/funnel' : '/';
	const clicks: number[] = [];
	for (let round = 0; round < rounds; round++) {
		await page.goto(session.url + other, { waitUntil: 'networkidle' });
		clicks.push(await clicked(page, path));
	}
	const filters: number[] = [];
	for (let round = 0; round < FILTERS; round++) {
		const month = `2026-0${1 + (round % MONTHS)}`;
		filters.push(await clicked(page, `${path}?from=${month}-${String(1 + Math.floor(round / MONTHS)).padStart(2, '0')}&to=${month}-27`));
	}
	await context.close();
	return { page: clicks, filter: filters };
}

/** A click before the page has come alive is the browser's own navigation, and no answer to the question: asked again, at most twice. */
async function clicked(page: Page, path: string): Promise<number> {
	for (let tries = 0; ; tries++) {
		try {
			return await page.evaluate(whenCharts, path);
		} catch (error) {
			if (tries === 2) throw error;
			await page.waitForLoadState('networkidle');
			await page.waitForTimeout(1000);
		}
	}
}

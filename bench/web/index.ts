/** Pages in a browser and from the server, against the budgets of docs/architecture.md. Any installation can be measured: the size of its data is its own. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Context } from '../../pipeline/context.ts';
import { UsageError } from '../../pipeline/errors.ts';
import { startServers } from '../../pipeline/lanes/servers.ts';
import type { Progress } from '../../pipeline/progress.ts';
import { type Figure, describeBudgets, describeFigures, within } from '../budgets.ts';
import { measureLighthouse } from './lighthouse.ts';
import { measurePage } from './page.ts';
import { measureServer } from './server.ts';
import { type BenchPage, signIn } from './session.ts';
import { multipliedHome } from './size.ts';

export const PAGES: readonly BenchPage[] = [
	{ name: 'cockpit', path: '/' },
	{ name: 'funnel', path: '/funnel' },
	{ name: 'organisation', path: '/organisation' },
	{ name: 'channels', path: '/channels' },
	{ name: 'leads', path: '/leads' },
	{ name: 'wall', path: '/wall', isAlone: true },
	{ name: 'account', path: '/account', isAlone: true },
	{ name: 'users', path: '/admin/users', isAlone: true, role: 'administrator' },
	{ name: 'audit', path: '/admin/audit', isAlone: true, role: 'administrator' }
];

export interface WebBenchOptions {
	context: Context;
	/** Installation whose served version is measured. */
	home: string;
	/** Leads to measure over: the version's marts are multiplied to about so many; null: as they are. */
	leads: number | null;
	/** Pages to measure, by name; none: all of them. */
	pages: readonly string[];
	/** Openings of each page: timings are their median. */
	rounds: number;
	lighthouse: boolean;
	progress: Progress;
	signal: AbortSignal;
}

export interface WebBenchResult {
	leads: number;
	figures: (Figure & { within: boolean | null })[];
	seconds: number;
}

export async function runWebBench(options: WebBenchOptions): Promise<WebBenchResult> {
	const began = Date.now();
	const { progress, rounds } = options;
	const pages = pagesNamed(options.pages);
	if (options.leads !== null) progress.line(`web: about ${options.leads.toLocaleString('en')} leads`);
	const home = options.leads === null ? options.home : await multipliedHome(options.context, options.home, options.leads);
	progress.line('web: servers');
	const scratch = join(home, 'bench');
	const servers = await startServers({ scratch, env: { ...process.env, HOST: undefined, PORT: undefined }, signal: options.signal }, home);
	const browser = await chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
	});
	const figures: Figure[] = [];
	try {
		const leads = await (await signIn(servers.url)).leads();
		for (const page of pages) {
			progress.line(`web: ${page.name}`);
			const session = await signIn(servers.url, page.role);
			figures.push(...(await measureServer(session, page, rounds)), ...(await measurePage(browser, session, page, rounds)));
			if (options.lighthouse) figures.push(...(await measureLighthouse(session, page)));
		}
		return { leads, figures: figures.map((figure) => ({ ...figure, within: within(figure) })), seconds: (Date.now() - began) / 1000 };
	} finally {
		await browser.close();
		await servers.stop();
		if (home !== options.home) rmSync(home, { recursive: true, force: true });
	}
}

function pagesNamed(names: readonly string[]): readonly BenchPage[] {
	const known = PAGES.map(({ name }) => name);
	const unknown = names.find((name) => !known.includes(name));
	if (unknown !== undefined) throw new UsageError(`There is no page "${unknown}" to measure. Pages are ${known.join(', ')}.`);
	return names.length === 0 ? PAGES : PAGES.filter(({ name }) => names.includes(name));
}

export function describeWebBench({ leads, figures, seconds }: WebBenchResult): string {
	const about = `, over ${leads.toLocaleString('en')} leads; the benchmark took ${Math.round(seconds)} s.`;
	return `${describeFigures(figures)}\n${describeBudgets(figures, about)}`;
}

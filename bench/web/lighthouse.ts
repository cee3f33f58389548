/** Lighthouse's own judgement of a page on a desktop. It is fetched from npm when it is asked for: too large to be carried along. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Figure } from '../budgets.ts';
import type { BenchPage, Session } from './session.ts';

const VERSION = '13.5.0';

interface Report {
	categories: Record<'performance' | 'accessibility', { score: number | null }>;
}

export async function measureLighthouse({ url, cookie }: Session, { name, path }: BenchPage): Promise<Figure[]> {
	const flags = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])].join(' ');
	const { stdout } = await promisify(execFile)(
		process.platform === 'win32' ? 'npx.cmd' : 'npx',
		[
			'--yes',
			`lighthouse@${VERSION}`,
			url + path,
			'--preset=desktop',
			'--quiet',
			'--output=json',
			'--only-categories=performance,accessibility',
			`--chrome-flags=${flags}`,
			`--extra-headers=${JSON.stringify({ cookie })}`
		],
		{ env: { ...process.env, CHROME_PATH: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' }, maxBuffer: 1e8 }
	);
	const { categories } = JSON.parse(stdout) as Report;
	const figure = (what: 'performance' | 'accessibility', least: number): Figure => ({
		group: 'web',
		what: `${name}: Lighthouse ${what}`,
		value: Math.round((categories[what].score ?? 0) * 100),
		unit: 'count',
		budget: { least }
	});
	return [figure('performance', 95), figure('accessibility', 100)];
}

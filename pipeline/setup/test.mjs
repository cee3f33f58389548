/** `npm test`: sets up what the tests need, on a fresh clone too, then runs every lane. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDisk, checkNode, findPython } from './checks.mjs';
import { attempt, endWithSignals, together } from './run.mjs';
import { exitWith, line, seconds, step } from './say.mjs';
import { context, installEmulator, prepare } from './steps.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The first is Chromium without windows: nobody looks at these pages, and what is not drawn takes a third of a test's time. */
const HEADLESS = 'chromium-headless-shell';
const BROWSERS = [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const GIGABYTES_FRESH = 4;
const GIGABYTES_LATER = 1.5;

function findBrowser() {
	if (process.env.CHROMIUM_PATH && existsSync(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
	for (const name of BROWSERS) {
		const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
		if (found.status === 0 && found.stdout.trim()) return found.stdout.trim();
	}
	return undefined;
}

/** The system's browser; on Debian as root its package is installed, elsewhere the tests in a browser are skipped where there is none. */
async function browser(at) {
	const found = findBrowser();
	const mayInstall = process.platform === 'linux' && process.getuid && process.getuid() === 0 && existsSync('/usr/bin/apt-get');
	if (!mayInstall || (found && (found === process.env.CHROMIUM_PATH || found.endsWith(HEADLESS)))) return found;
	return step(
		'Chromium (Debian package)',
		async (tell) => {
			const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
			const options = { env, tell, timeout: 300_000, log: { folder: at.logs, name: 'chromium' } };
			await attempt('sh', ['-c', `apt-get update && apt-get install -y --no-install-recommends ${HEADLESS}`], options);
			return findBrowser();
		},
		(path) => path || 'not available, so the tests in a browser are skipped'
	);
}

async function main() {
	const began = Date.now();
	line('onelane: tests');
	checkNode();
	const at = context(ROOT, join(ROOT, '.onelane'));
	checkDisk(at.home, existsSync(join(ROOT, 'node_modules')) ? GIGABYTES_LATER : GIGABYTES_FRESH);
	if (!existsSync(join(ROOT, '.venv', '.onelane-stamp'))) findPython();
	const stop = endWithSignals();
	const lanes = process.argv.slice(2);
	const needs = (lane) => lanes.length === 0 || lanes.includes(lane);
	const [chromium] = await together(
		needs('e2e') ? browser(at) : findBrowser(),
		prepare(at),
		needs('bigquery') ? installEmulator(at) : undefined
	);
	stop();
	line(`Set up in ${seconds(began)}.`);

	const env = { ...process.env, CHROMIUM_PATH: chromium || '' };
	const child = spawn(at.node, [join('pipeline', 'lanes', 'run.ts'), ...process.argv.slice(2)], {
		cwd: ROOT,
		env,
		stdio: ['ignore', 'inherit', 'inherit']
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('exit', (code) => process.exit(code === null ? 1 : code));
}

main().catch((error) => {
	process.stdout.write('\n0 passed, 1 failed\n');
	exitWith(error);
});

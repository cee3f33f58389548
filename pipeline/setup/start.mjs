/** `npm start`: from a fresh clone to a page in the browser. Plain JavaScript for Node 18 and up, without a package. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDisk, checkNode, checkPort, findPython } from './checks.mjs';
import { attempt, endWithSignals, fullDisk, run } from './run.mjs';
import { SetupError, exitWith, line, seconds, step } from './say.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';
import { context, prepare } from './steps.mjs';

const USAGE = `npm start sets onelane up (packages, pages, a demo brand), refreshes it and serves it; what is done already is skipped.
It takes no arguments but these settings of the environment:
  HOST, PORT               where it is served (127.0.0.1, 3000)
  ONELANE_HOME             everything this installation keeps (.onelane)
  ONELANE_DEMO_CUSTOMERS   customers of the demo brand (30000)
All others are in README.md; "npx onelane --help" lists the commands.`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const CUSTOMERS = process.env.ONELANE_DEMO_CUSTOMERS || '30000';
const DEMO = ['--customers', CUSTOMERS, '--seed', '1', '--until', '2026-11-22'];
const GIGABYTES_FRESH = 3;
const GIGABYTES_LATER = 0.5;

function settings() {
	const host = process.env.HOST || '127.0.0.1';
	const port = Number(process.env.PORT || 3000);
	if (!Number.isInteger(port) || port < 1 || port > 65535)
		throw new SetupError(`PORT is "${process.env.PORT}": give a whole number from 1 to 65535.`);
	if (!/^\d+$/.test(CUSTOMERS) || Number(CUSTOMERS) < 100)
		throw new SetupError(`ONELANE_DEMO_CUSTOMERS is "${CUSTOMERS}": give a whole number from 100.`);
	return { host, port, home: resolve(ROOT, process.env.ONELANE_HOME || '.onelane') };
}

async function checks({ host, port, home }) {
	checkNode();
	await checkPort(host, port);
	const fresh = !existsSync(join(ROOT, 'node_modules')) || !existsSync(join(home, 'current.json'));
	checkDisk(home, fresh ? GIGABYTES_FRESH : GIGABYTES_LATER);
	if (!existsSync(join(ROOT, '.venv', '.onelane-stamp'))) findPython();
}

const onelane = (at, args, options, explain) =>
	run(at.node, [join('pipeline', 'cli.ts'), ...args], { cwd: ROOT, env: { ...process.env, ONELANE_HOME: at.home }, ...options }, explain);

async function makeDemo(at) {
	const out = join(at.home, 'demo');
	const file = join(at.home, '.demo-stamp');
	const hash = hashOf(ROOT, ['ingestion/demo', 'ingestion/sources'], DEMO);
	if (isStamped(file, hash) && existsSync(join(out, 'extracts'))) return;
	await step(`Demo brand of ${Number(DEMO[1]).toLocaleString('en')} customers`, (tell) =>
		onelane(at, ['demo', ...DEMO, '--out', out], { tell, log: { folder: at.logs, name: 'demo' } }, explained)
	);
	stamp(file, hash);
}

const lastLine = (output) => output.trimEnd().split('\n').pop();

/** A command of onelane ends with its sentence, unless the disk left no room to find one. */
const explained = (output) => fullDisk(output) || lastLine(output);

async function refresh(at) {
	const file = join(at.home, '.refresh-stamp');
	const inputs = [
		'ingestion',
		'models',
		'seeds',
		'macros',
		'tests',
		'semantic',
		'dbt_project.yml',
		'profiles.yml',
		'onelane.config.ts',
		'requirements.lock'
	];
	const hash = hashOf(ROOT, inputs, [DEMO, process.env.ONELANE_TIMEZONE]);
	const served = existsSync(join(at.home, 'current.json'));
	if (served && isStamped(file, hash)) return;
	const title = 'Refresh (land, build and test, publish)';
	const options = { cwd: ROOT, env: { ...process.env, ONELANE_HOME: at.home }, log: { folder: at.logs, name: 'refresh' } };
	if (!served) await step(title, (tell) => onelane(at, ['refresh'], { tell, log: options.log }, explained));
	else {
		const args = [join('pipeline', 'cli.ts'), 'refresh'];
		const result = await step(
			title,
			(tell) => attempt(at.node, args, { ...options, tell }),
			({ code }) => (code === 0 ? 'done' : 'failed')
		);
		if (result.code !== 0) {
			line(`  ! ${lastLine(result.output)} The last good version is served meanwhile.`);
			return;
		}
	}
	stamp(file, hash);
}

function serve(at, { host, port }) {
	const args = [join('pipeline', 'cli.ts'), 'serve', ...(isLoopback(host) ? ['--demo-login'] : [])];
	const env = { ...process.env, ONELANE_HOME: at.home, HOST: host, PORT: String(port) };
	const child = spawn(at.node, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('exit', (code, signal) => process.exit(code === null ? (signal ? 1 : 0) : code));
}

const isLoopback = (host) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/** Anything but a request for help would be overlooked, so it is refused. */
function help(args) {
	if (args.length === 0) return false;
	const asked = args.some((one) => one === '--help' || one === '-h');
	if (!asked) process.exitCode = 2;
	(asked ? process.stdout : process.stderr).write(`${asked ? '' : `"${args.join(' ')}" means nothing to npm start.\n`}${USAGE}\n`);
	return true;
}

async function main() {
	if (help(process.argv.slice(2))) return;
	const began = Date.now();
	const given = settings();
	line('onelane');
	await checks(given);
	const at = context(ROOT, given.home);
	const stop = endWithSignals();
	await prepare(at);
	await makeDemo(at);
	await refresh(at);
	stop();
	line(`Ready to serve after ${seconds(began)}.`);
	serve(at, given);
}

main().catch(exitWith);

/** The steps that make a clone ready: each is skipped when its stamp says that nothing it depends on has changed. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { findPython, findPython313, hasPinnedNode, hasUv } from './checks.mjs';
import { attempt, fullDisk, looksUnreachable, looksUntrusted, run, systemPath, together } from './run.mjs';
import { SetupError, step } from './say.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const UV = 'uv==0.13.9';
const NATIVE_ADDON_SECONDS = 30;
const EMULATOR = join('testing', 'bigquery');

const pythonOf = (venv) => (process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python'));

/** @param {string} root the clone; @param {string} home where this installation keeps its data */
export function context(root, home) {
	const windows = process.platform === 'win32';
	const venv = join(root, '.venv');
	return {
		root,
		home,
		logs: join(home, 'logs', 'setup'),
		venv,
		python: pythonOf(venv),
		/** Environment of the emulator of BigQuery, for tests only. */
		emulator: join(root, '.venv-bigquery'),
		/** The Node that runs everything but setup. */
		node: hasPinnedNode() ? join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node') : process.execPath
	};
}

const lastLine = (output) => output.trimEnd().split('\n').pop().trim();

/** What is known of a failure by its output; `sentence` says it where no network was reached. */
const tail = (sentence) => (output) => {
	if (looksUntrusted(output)) {
		return 'The registry shows a certificate that is not trusted here: name the authority with "npm config set cafile <file>" and PIP_CERT=<file>, and start again.';
	}
	return looksUnreachable(output) ? sentence : undefined;
};

export async function installPackages(at) {
	const file = join(at.root, 'node_modules', '.onelane-stamp');
	const hash = hashOf(at.root, ['package.json', 'package-lock.json', '.npmrc'], [process.platform, process.arch]);
	if (isStamped(file, hash) && existsSync(at.node)) return;
	const env = { ...process.env, PATH: systemPath(at.root) };
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	await step('Node packages (npm ci)', (tell) =>
		run(
			npm,
			[
				'ci',
				'--no-audit',
				'--no-fund',
				'--prefer-offline',
				'--loglevel=http',
				'--fetch-retries=3',
				'--fetch-retry-mintimeout=1000',
				'--fetch-retry-maxtimeout=8000'
			],
			{ cwd: at.root, env, tell, log: { folder: at.logs, name: 'npm' } },
			tail(
				'The registry of npm cannot be reached: connect to the internet, or name a mirror with "npm config set registry <url>", and start again.'
			)
		)
	);
	if (!existsSync(at.node)) {
		throw new SetupError(
			'npm ci left out the optional package that brings Node 24: remove "omit=optional" from the npm configuration and start again.'
		);
	}
	stamp(file, hash);
}

export async function installPython(at) {
	const file = join(at.venv, '.onelane-stamp');
	const hash = hashOf(at.root, ['requirements.lock']);
	if (isStamped(file, hash) && spawnSync(at.python, ['-c', 'import dbt.version'], { stdio: 'ignore' }).status === 0) return;
	const python = findPython();
	await step(
		`Python environment (${python.version.join('.')})`,
		(tell) => makeEnvironment(at, { python, venv: at.venv, requirements: 'requirements.lock', name: 'python', tell }),
		(tool) => `installed with ${tool}`
	);
	stamp(file, hash);
}

/**
 * A virtual environment with everything in a lock file, made anew. Says what installed it.
 * @param {{ python: { path: string, venv: boolean }, venv: string, requirements: string, name: string, tell: (text: string) => void }} what
 */
async function makeEnvironment(at, { python, venv, requirements, name, tell }) {
	const unreachable = tail(
		'The Python package index cannot be reached: connect to the internet, or name a mirror in PIP_INDEX_URL, and start again.'
	);
	const log = (step) => ({ folder: at.logs, name: step });
	const own = pythonOf(venv);
	rmSync(venv, { recursive: true, force: true });
	// The system's certificates, as pip and npm use them: a company's own authority is often among them.
	const certificates = { UV_SYSTEM_CERTS: '1', UV_NATIVE_TLS: '1' };
	const env = { ...certificates, ...process.env, UV_LINK_MODE: 'copy', PIP_DISABLE_PIP_VERSION_CHECK: '1', VIRTUAL_ENV: undefined };
	const common = { cwd: at.root, env, tell };
	let uv = hasUv() ? 'uv' : undefined;
	const noVenv = (output) =>
		`${python.path} cannot make an environment (${lastLine(output)}): mend its venv module, or name another Python in ONELANE_PYTHON, and start again.`;
	if (python.venv) await run(python.path, ['-m', 'venv', venv], { ...common, log: log('venv') }, noVenv);
	else await run('uv', ['venv', '--python', python.path, venv], { ...common, log: log('venv') }, noVenv);
	if (!uv) {
		const got = await attempt(own, ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', UV], {
			...common,
			log: log('uv'),
			timeout: 120_000
		});
		if (got.code === 0) uv = join(venv, process.platform === 'win32' ? 'Scripts\\uv.exe' : 'bin/uv');
	}
	if (uv) {
		const fast = await attempt(uv, ['pip', 'install', '--python', own, '-r', requirements], {
			...common,
			log: log(`${name}-uv`),
			timeout: 600_000
		});
		if (fast.code === 0) return 'uv';
		if (!python.venv)
			throw new SetupError(
				fullDisk(fast.output) || unreachable(fast.output) || `uv could not install the packages; its output is in ${fast.log}.`
			);
	}
	// uv does not read pip's configuration (a mirror, a certificate), so pip has the last word.
	await run(own, ['-m', 'pip', 'install', '-r', requirements], { ...common, log: log(name) }, unreachable);
	return 'pip';
}

/** The emulator of BigQuery that tests and benchmarks talk to; false where there is no Python 3.13 for it. */
export async function installEmulator(at) {
	const file = join(at.emulator, '.onelane-stamp');
	const hash = hashOf(at.root, [join(EMULATOR, 'requirements.lock'), join(EMULATOR, 'emulator.py')]);
	if (isStamped(file, hash)) return true;
	const python = findPython313();
	if (!python) return false;
	await step(
		`Emulator of BigQuery (Python ${python.version.join('.')})`,
		async (tell) => {
			const requirements = join(EMULATOR, 'requirements.lock');
			const tool = await makeEnvironment(at, { python, venv: at.emulator, requirements, name: 'emulator', tell });
			const args = [join(EMULATOR, 'emulator.py'), 'import-extensions'];
			await run(pythonOf(at.emulator), args, { cwd: at.root, tell, log: { folder: at.logs, name: 'emulator-extensions' } });
			return tool;
		},
		(tool) => `installed with ${tool}`
	);
	stamp(file, hash);
	return true;
}

/** Cube's engine has a native part that its authors publish on a code host; without it onelane brings its own replacement. */
export async function tryNativeAddon(at) {
	const folder = join(at.root, 'node_modules', '@cubejs-backend', 'native');
	const file = join(at.root, 'node_modules', '.onelane-native-stamp');
	const hash = hashOf(at.root, ['node_modules/@cubejs-backend/native/package.json']);
	if (!existsSync(folder) || isStamped(file, hash)) return;
	const got = await step(
		"Cube's native addon (optional)",
		async (tell) => {
			const env = { ...process.env, PATH: `${join(at.root, 'node_modules', '.bin')}:${process.env.PATH}` };
			const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
			const args = ['run', 'postinstall', '--ignore-scripts=false'];
			await attempt(npm, args, { cwd: folder, env, tell, timeout: NATIVE_ADDON_SECONDS * 1000, log: { folder: at.logs, name: 'native' } });
			return existsSync(join(folder, 'index.node')) || existsSync(join(folder, 'native', 'index.node'));
		},
		(there) => (there ? 'installed' : "not available here, so onelane's own replacement serves")
	);
	stamp(file, hash, got ? 'installed' : 'replacement');
}

export async function buildWeb(at) {
	const file = join(at.root, 'build', 'web', '.onelane-stamp');
	const hash = hashOf(at.root, ['web', 'contracts', 'package-lock.json']);
	if (isStamped(file, hash)) return;
	await step('Web pages (vite build)', (tell) =>
		run(at.node, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', 'web/vite.config.ts'], {
			cwd: at.root,
			env: { ...process.env, NODE_ENV: 'production' },
			tell,
			log: { folder: at.logs, name: 'web' }
		})
	);
	stamp(file, hash);
}

export async function prepare(at) {
	await together(installPackages(at), installPython(at));
	await tryNativeAddon(at);
	await buildWeb(at);
}

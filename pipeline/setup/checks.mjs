/** What must be true of the machine before anything is installed. Each failure is one sentence that says how to mend it. */
import { spawnSync } from 'node:child_process';
// statfsSync came with Node 18.15: a named import would fail on older ones.
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { arch, homedir, platform } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './say.mjs';

const OLDEST_NODE = [18, 0];
/** Where no pinned Node is published, the system's own runs everything and must strip types by itself. */
const OLDEST_NODE_UNPINNED = [22, 17];
const OLDEST_PYTHON = 10;
const NEWEST_PYTHON = 13;
const GIGABYTE = 1024 ** 3;

export function hasPinnedNode() {
	return (platform() === 'linux' && ['x64', 'arm64'].includes(arch())) || (platform() === 'win32' && arch() === 'x64');
}

const olderThan = (version, least) => version[0] < least[0] || (version[0] === least[0] && version[1] < least[1]);

export function checkNode(text = process.versions.node, pinned = hasPinnedNode()) {
	const version = text.split('.').map(Number);
	const least = pinned ? OLDEST_NODE : OLDEST_NODE_UNPINNED;
	if (olderThan(version, least)) {
		throw new SetupError(`Node ${text} is too old: onelane needs Node ${least.join('.')} or newer; install a newer one and start again.`);
	}
}

/** Every Python that might do, in the order in which they are tried; one that somebody named is the only one. */
function pythonCandidates() {
	if (process.env.ONELANE_PYTHON) return [process.env.ONELANE_PYTHON];
	const minors = [12, 11, 13, 10];
	const names = ['python3', ...minors.map((minor) => `python3.${minor}`), 'python'];
	const pyenv = process.env.PYENV_ROOT || join(homedir(), '.pyenv');
	const versions = join(pyenv, 'versions');
	const installed = fs.existsSync(versions) ? fs.readdirSync(versions).filter((name) => /^3\.1[0-3]/.test(name)) : [];
	return [...names, ...installed.map((name) => join(versions, name, 'bin', 'python3'))];
}

const PROBE =
	'import sys, json, importlib.util as u; print(json.dumps({"version": list(sys.version_info[:3]), "path": sys.executable, "venv": bool(u.find_spec("venv") and u.find_spec("ensurepip"))}))';

function probe(command) {
	const result = spawnSync(command, ['-c', PROBE], { encoding: 'utf8', timeout: 15_000, stdio: ['ignore', 'pipe', 'ignore'] });
	if (result.status !== 0 || !result.stdout) return undefined;
	try {
		return JSON.parse(result.stdout.trim().split('\n').pop());
	} catch {
		return undefined;
	}
}

export const hasUv = () => spawnSync('uv', ['--version'], { stdio: 'ignore', timeout: 15_000 }).status === 0;

/**
 * The first Python that fits and can make an environment.
 * @param {{ version: number[], path: string, venv: boolean }[]} [found] for tests
 * @param {boolean} [uv] for tests
 * @param {string} [named] for tests
 */
export function findPython(found = undefined, uv = undefined, named = found ? undefined : process.env.ONELANE_PYTHON) {
	const unfit = [];
	let withoutVenv;
	for (const python of found || lazily(pythonCandidates(), probe)) {
		if (!python) continue;
		const [major, minor] = python.version;
		if (major !== 3 || minor < OLDEST_PYTHON || minor > NEWEST_PYTHON) unfit.push(`${python.version.join('.')} (${python.path})`);
		else if (python.venv || (uv === undefined ? hasUv() : uv)) return python;
		else withoutVenv = withoutVenv || python;
	}
	const range = `Python 3.${OLDEST_PYTHON} to 3.${NEWEST_PYTHON}`;
	if (withoutVenv) {
		throw new SetupError(
			`${withoutVenv.path} has no venv module: install it (on Debian and Ubuntu: apt-get install python3.${withoutVenv.version[1]}-venv) and start again.`
		);
	}
	if (named && unfit.length === 0) {
		throw new SetupError(`ONELANE_PYTHON is "${named}", which does not run as Python: name ${range}, or unset it, and start again.`);
	}
	const seen = unfit.length > 0 ? `found only ${[...new Set(unfit)].join(', ')}` : 'found none';
	throw new SetupError(`onelane needs ${range}, ${seen}: install one of them, or name it in ONELANE_PYTHON, and start again.`);
}

/**
 * A Python 3.13 for the emulator of BigQuery, or undefined: only tests of the BigQuery warehouse need it.
 * Looked for in ONELANE_PYTHON313, on PATH, among pyenv's versions, and by uv.
 */
export function findPython313() {
	const versions = join(process.env.PYENV_ROOT || join(homedir(), '.pyenv'), 'versions');
	const installed = fs.existsSync(versions) ? fs.readdirSync(versions).filter((name) => /^3\.13\./.test(name)) : [];
	const candidates = [
		process.env.ONELANE_PYTHON313,
		'python3.13',
		'python3',
		...installed.map((name) => join(versions, name, 'bin', 'python3')),
		foundByUv('3.13')
	];
	for (const python of lazily(candidates.filter(Boolean), probe)) {
		if (python && python.version[0] === 3 && python.version[1] === 13 && python.venv) return python;
	}
	return undefined;
}

function foundByUv(version) {
	const result = spawnSync('uv', ['python', 'find', '--no-python-downloads', version], { encoding: 'utf8', timeout: 15_000 });
	return result.status === 0 ? result.stdout.trim() : undefined;
}

function* lazily(items, map) {
	for (const item of items) yield map(item);
}

/** @param {string} folder made when it is missing; @param {number} least gigabytes */
export function checkDisk(folder, least) {
	fs.mkdirSync(folder, { recursive: true });
	if (!fs.statfsSync) return;
	const { bavail, bsize } = fs.statfsSync(folder);
	const free = (Number(bavail) * Number(bsize)) / GIGABYTE;
	if (free < least) {
		throw new SetupError(
			`Only ${free.toFixed(1)} GB are free where ${folder} is, and setting up needs ${least} GB: free some space and start again.`
		);
	}
}

/** Refuses at once rather than after minutes of work. */
export function checkPort(host, port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error) => {
			if (error.code === 'EADDRINUSE') {
				reject(
					new SetupError(`Port ${port} on ${host} is in use: stop the program that uses it, or choose another with PORT=3001 npm start.`)
				);
			} else if (error.code === 'EACCES') {
				reject(new SetupError(`Port ${port} may not be used by this account: choose one above 1023 with PORT=3000 npm start.`));
			} else reject(new SetupError(`Nothing can listen on ${host}:${port} (${error.code}): check HOST and PORT.`));
		});
		server.listen(port, host, () => server.close(() => resolve()));
	});
}

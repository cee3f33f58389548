import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkDisk, checkNode, checkPort, findPython } from './checks.mjs';
import { looksFull, looksUnreachable, looksUntrusted } from './run.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const python = (minor: number, venv = true) => ({ version: [3, minor, 1], path: `/usr/bin/python3.${minor}`, venv });

test('an old Node is refused with the version that is needed', () => {
	expect(() => checkNode('16.20.2', true)).toThrow('Node 16.20.2 is too old: onelane needs Node 18.0 or newer');
	expect(() => checkNode('18.0.0', true)).not.toThrow();
	expect(() => checkNode('20.20.2', false)).toThrow('needs Node 22.17 or newer');
	expect(() => checkNode('22.17.0', false)).not.toThrow();
});

test('the first Python that fits is taken', () => {
	expect(findPython([python(9), python(14), python(12), python(11)], false).path).toBe('/usr/bin/python3.12');
});

test('no Python, one that does not fit, and one without venv each get their own sentence', () => {
	expect(() => findPython([], false)).toThrow('needs Python 3.10 to 3.13, found none');
	expect(() => findPython([python(9), python(14)], false)).toThrow('found only 3.9.1 (/usr/bin/python3.9), 3.14.1');
	expect(() => findPython([python(11, false)], false)).toThrow(
		'/usr/bin/python3.11 has no venv module: install it (on Debian and Ubuntu: apt-get install python3.11-venv)'
	);
	expect(findPython([python(11, false)], true).path).toBe('/usr/bin/python3.11');
});

test('a named Python that does not run is not replaced by another silently', () => {
	expect(() => findPython([], false, '/nowhere/python')).toThrow('ONELANE_PYTHON is "/nowhere/python", which does not run as Python');
	expect(() => findPython([python(9)], false, '/usr/bin/python3.9')).toThrow('found only 3.9.1 (/usr/bin/python3.9)');
});

test('npm start says what it takes, and starts nothing when it is asked or told something else', () => {
	const start = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, 'start.mjs'), ...args], { encoding: 'utf8' });
	const help = start('--help');
	expect(help).toMatchObject({
		status: 0,
		stderr: '',
		stdout: expect.stringMatching(/^npm start sets onelane up.*ONELANE_HOME/s) as string
	});
	expect(start('3001')).toMatchObject({ status: 2, stdout: '', stderr: `"3001" means nothing to npm start.\n${help.stdout}` });
});

test('a port in use is one sentence', async () => {
	const server = createServer();
	const port = await new Promise<number>((done) => server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)));
	await expect(checkPort('127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
	server.close();
});

test('a disk that is nearly full is one sentence', () => {
	expect(() => checkDisk(tmpdir(), 1e9)).toThrow(/Only [\d.]+ GB are free/);
	expect(() => checkDisk(tmpdir(), 0)).not.toThrow();
});

test('what npm, pip and uv say without a network is recognised', () => {
	expect(looksUnreachable('npm error code ENOTFOUND')).toBe(true);
	expect(looksUnreachable('WARNING: Retrying: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')).toBe(
		true
	);
	expect(looksUnreachable('npm error code ERESOLVE')).toBe(false);
	expect(looksUntrusted('npm error code SELF_SIGNED_CERT_IN_CHAIN')).toBe(true);
	expect(looksFull('OSError: [Errno 28] No space left on device')).toBe(true);
});

test('a stamp holds until an input or a value changes; tests are no input', () => {
	const root = mkdtempSync(join(tmpdir(), 'onelane-stamp-'));
	mkdirSync(join(root, 'models'));
	writeFileSync(join(root, 'models', 'a.sql'), 'select 1');
	const first = hashOf(root, ['models'], ['x']);
	stamp(join(root, 'stamp'), first);
	writeFileSync(join(root, 'models', 'a.test.ts'), '');
	expect(isStamped(join(root, 'stamp'), hashOf(root, ['models'], ['x']))).toBe(true);
	expect(isStamped(join(root, 'stamp'), hashOf(root, ['models'], ['y']))).toBe(false);
	writeFileSync(join(root, 'models', 'a.sql'), 'select 2');
	expect(isStamped(join(root, 'stamp'), hashOf(root, ['models'], ['x']))).toBe(false);
	expect(isStamped(join(root, 'nothing'), first)).toBe(false);
});

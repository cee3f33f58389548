#!/usr/bin/env node
/** `onelane`: hands over to the command line proper, on the Node 24 that the project pins. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const [major, minor] = process.versions.node.split('.').map(Number);
const stripsTypes = major > 22 || (major === 22 && minor >= 17);
const node = existsSync(pinned) ? pinned : stripsTypes ? process.execPath : undefined;

if (!node || !existsSync(join(root, 'node_modules', 'commander'))) {
	process.stderr.write('onelane is not installed yet: run "npm start" once in its folder, which sets everything up.\n');
	process.exit(1);
}

const child = spawn(node, [...NODE_FLAGS, join(root, 'pipeline', 'cli.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code === null ? (signal === 'SIGINT' ? 130 : 143) : code));

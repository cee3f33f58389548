/** The systemd units of docs/deploy.md: what they may do is as little as they need, and systemd takes them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from './context.ts';

const text = readFileSync(join(ROOT, 'docs', 'deploy.md'), 'utf8');
const units = [...text.matchAll(/```ini\n# \/etc\/systemd\/system\/([\w-]+\.service)\b.*\n([^`]*)```/g)].map(
	([, name = '', unit = '']) => ({
		name,
		unit
	})
);
const HARDENED = [
	'NoNewPrivileges=yes',
	'CapabilityBoundingSet=',
	'UMask=0077',
	'ProtectSystem=strict',
	'ReadWritePaths=/var/lib/onelane',
	'ProtectHome=yes',
	'PrivateTmp=yes',
	'PrivateDevices=yes',
	'ProtectKernelLogs=yes',
	'ProtectKernelModules=yes',
	'ProtectKernelTunables=yes',
	'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
	'RestrictNamespaces=yes',
	'SystemCallArchitectures=native',
	'SystemCallFilter=@system-service',
	'SystemCallErrorNumber=EPERM'
];
/** Of 100; without any of these it is 92 and more. */
const MOST_EXPOSED = 15;

const folder = mkdtempSync(join(tmpdir(), 'onelane-units-'));
afterAll(() => rmSync(folder, { recursive: true }));
const analyze = (...args: string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
const here = analyze('--version').status === 0;

test('there is one to serve and one to refresh', () => {
	expect(units.map(({ name }) => name)).toEqual(['onelane.service', 'onelane-refresh.service']);
});

test.each(units)('$name gives up every right that it can do without', ({ unit }) => {
	const lines = unit.split('\n');
	for (const setting of HARDENED) expect(lines).toContain(setting);
	// V8 writes the code that it runs.
	expect(unit).not.toMatch(/^MemoryDenyWriteExecute=/m);
});

test('a refresh goes behind readers without asking the system for it, which the filter of calls refuses', () => {
	expect(units[1]?.unit).toMatch(/^Nice=19\nCPUSchedulingPolicy=idle\nCPUWeight=10$/m);
});

test.skipIf(!here).each(units)('systemd takes $name, and finds it little exposed', ({ name, unit }) => {
	const file = join(folder, name);
	writeFileSync(file, unit.replaceAll('/usr/bin/node', process.execPath));
	const verified = analyze('verify', file);
	expect([verified.status, verified.stdout + verified.stderr]).toEqual([0, '']);
	const rated = analyze('security', '--offline=true', `--threshold=${MOST_EXPOSED}`, file);
	expect(rated.status, rated.stdout).toBe(0);
});

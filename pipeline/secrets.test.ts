import { chmodSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { readEnvironment } from '../contracts/environment.ts';
import { secretOf } from './secrets.ts';

const STRONG = 'k9Jq2-Lm4Xv7-Rt1Zs8-Wc3Yb6-Nd5Pf0-Ga';
let home = '';

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'onelane-secrets-'));
});

const environment = (more: Record<string, string> = {}) => readEnvironment({ ONELANE_HOME: home, ...more });

test('on loopback a secret is made once, readable by its owner only', () => {
	const first = secretOf('ONELANE_SECRET', environment());
	expect(first).toMatch(/^[0-9a-f]{64}$/);
	expect(secretOf('ONELANE_SECRET', environment())).toBe(first);
	expect(statSync(join(home, 'secrets', 'secret')).mode & 0o777).toBe(0o600);
});

test('a kept secret that others could read is closed again', () => {
	secretOf('ONELANE_SECRET', environment());
	chmodSync(join(home, 'secrets', 'secret'), 0o644);
	secretOf('ONELANE_SECRET', environment());
	expect(statSync(join(home, 'secrets', 'secret')).mode & 0o777).toBe(0o600);
});

test('reachable from elsewhere, a secret must be given', () => {
	expect(() => secretOf('ONELANE_SECRET', environment({ HOST: '0.0.0.0' }))).toThrow('ONELANE_SECRET must be given when HOST is 0.0.0.0');
	expect(secretOf('ONELANE_SECRET', environment({ HOST: '0.0.0.0', ONELANE_SECRET: STRONG }))).toBe(STRONG);
});

test('a secret that is too short or repeats itself is refused', () => {
	expect(() => environment({ ONELANE_SECRET: 'short' })).toThrow('ONELANE_SECRET is too short');
	expect(() => secretOf('ONELANE_SECRET', environment({ ONELANE_SECRET: 'ab'.repeat(20) }))).toThrow('could be guessed');
});

/** Secrets: given by the environment, or, while everything stays on this machine, made once and kept in the home. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, isLoopback } from '../contracts/environment.ts';
import { PipelineError } from './errors.ts';
import { writeAtomically } from './files.ts';

const FILES = { ONELANE_SECRET: 'secret', ONELANE_ID_KEY: 'id-key' } as const;
type SecretName = keyof typeof FILES;

const FEWEST_DIFFERENT_CHARACTERS = 10;
const ONLY_OWNER = 0o077;

export function secretsFolder(home: string): string {
	return join(home, 'secrets');
}

/**
 * @throws PipelineError when the server may be reached from elsewhere and the secret is not given, or one is weak
 */
export function secretOf(name: SecretName, environment: Environment): string {
	const given = name === 'ONELANE_SECRET' ? environment.secret : environment.idKey;
	if (given !== undefined) return strong(name, given);
	if (!isLoopback(environment.host)) {
		throw new PipelineError(
			`${name} must be given when HOST is ${environment.host}: make one with "openssl rand -hex 32" and keep it, or serve on 127.0.0.1 only.`
		);
	}
	return kept(name, environment.home);
}

function strong(name: SecretName, value: string): string {
	if (new Set(value).size < FEWEST_DIFFERENT_CHARACTERS) {
		throw new PipelineError(`${name} repeats the same few characters and could be guessed: make one with "openssl rand -hex 32".`);
	}
	return value;
}

function kept(name: SecretName, home: string): string {
	const folder = secretsFolder(home);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, FILES[name]);
	if (!existsSync(path)) writeAtomically(path, `${randomBytes(32).toString('hex')}\n`, 0o600);
	if ((statSync(path).mode & ONLY_OWNER) !== 0) chmodSync(path, 0o600);
	const value = readFileSync(path, 'utf8').trim();
	if (Buffer.byteLength(value) < 32)
		throw new PipelineError(`${path} is not a whole secret: remove it and start again, or give ${name} yourself.`);
	return value;
}

/** What every command knows: where the clone is, where the home is, and how to start the other rooms. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, readEnvironment } from '../contracts/environment.ts';
import { PipelineError, sentence } from './errors.ts';

export interface Context {
	/** The clone. */
	root: string;
	environment: Environment;
	home: string;
	/** The Python with dbt. */
	python: string;
}

export const ROOT = resolve(import.meta.dirname, '..');

/** @throws EnvironmentError naming the variable that is wrong */
export function readContext(env: Record<string, string | undefined> = process.env): Context {
	const environment = readEnvironment(env, process.cwd());
	const python = process.platform === 'win32' ? join(ROOT, '.venv', 'Scripts', 'python.exe') : join(ROOT, '.venv', 'bin', 'python');
	return { root: ROOT, environment, home: environment.home, python };
}

/** @throws PipelineError when the home cannot be made or written */
export function makeHome(home: string): void {
	try {
		mkdirSync(home, { recursive: true, mode: 0o700 });
		accessSync(home, constants.W_OK);
	} catch (error) {
		throw new PipelineError(`ONELANE_HOME ${home} cannot be written (${sentence(error)}): choose a folder of yours, or change its owner.`);
	}
}

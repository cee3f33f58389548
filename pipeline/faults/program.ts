/** Programs of onelane as the harness starts them: in a home of its own, counted, and killed where it says. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../context.ts';
import { type Ended, runProcess } from '../process.ts';

/** Hashes of two runs can be compared, because both have this key. */
const ID_KEY = 'faults-0123456789-abcdefghijklmnopqrstuvwxyz';

export interface Kill {
	at: number;
	/** End of the script's path; the command line itself by default. */
	within?: string;
}

export interface Ran extends Ended {
	/** What was about to happen when it was killed; the last point that it passed. */
	last: string;
	/** Points that it passed. */
	points: number;
}

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'kill-at.ts')).href;
const CLI = join(ROOT, 'pipeline', 'cli.ts');

export async function onelane(home: string, args: readonly string[], kill?: Kill, more: Record<string, string> = {}): Promise<Ran> {
	return script(home, [CLI, ...args], kill, more);
}

/** Nothing of the installation that the harness runs in but its programs. */
export function environmentOf(home: string): NodeJS.ProcessEnv {
	return {
		...process.env,
		ONELANE_HOME: home,
		ONELANE_ID_KEY: ID_KEY,
		ONELANE_DEMO_EXTRACTS: undefined,
		HOST: undefined,
		PORT: undefined,
		SEMANTIC_PORT: undefined
	};
}

export async function script(home: string, args: readonly string[], kill?: Kill, more: Record<string, string> = {}): Promise<Ran> {
	const log = `${home}.points`;
	rmSync(log, { force: true });
	const ended = await runProcess(process.execPath, args, {
		cwd: ROOT,
		env: {
			...environmentOf(home),
			NODE_OPTIONS: kill ? `--import ${PRELOAD}` : '',
			ONELANE_KILL_AT: String(kill?.at ?? 0),
			ONELANE_KILL_IN: kill?.within ?? args[0],
			ONELANE_KILL_LOG: kill ? log : undefined,
			...more
		}
	});
	const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
	return { ...ended, last: lines.at(-1)?.replace(/^\d+ /, '') ?? '', points: lines.length };
}

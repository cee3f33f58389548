/** Starts another room as a process and waits for its end. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
	/** Null when a signal ended it. */
	code: number | null;
	signal: NodeJS.Signals | null;
	/** The last 64 kB of both streams. */
	tail: string;
	seconds: number;
}

export interface RunOptions {
	cwd: string;
	env: Record<string, string | undefined>;
	onLine?: (line: string) => void;
	/** Ends the process with SIGTERM. */
	signal?: AbortSignal;
}

const TAIL = 64_000;

/** In a home: nothing that can't be made again. */
export const COMPILED_FOLDER = 'compiled';

/** Where Node keeps what it compiles of a program that is started again and again. */
export function compiledIn(home: string): string {
	return process.env['NODE_COMPILE_CACHE'] ?? join(home, COMPILED_FOLDER);
}

/** Never rejects on a failing program; rejects when it cannot be started at all. */
export function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
	const began = Date.now();
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'], signal: options.signal });
		let tail = '';
		for (const stream of [child.stdout, child.stderr]) {
			let rest = '';
			stream.setEncoding('utf8');
			stream.on('data', (text: string) => {
				tail = (tail + text).slice(-TAIL);
				if (options.onLine === undefined) return;
				const lines = (rest + text).split('\n');
				rest = lines.pop() ?? '';
				for (const line of lines) options.onLine(line);
			});
			stream.on('end', () => {
				if (rest !== '') options.onLine?.(rest);
			});
		}
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, tail, seconds: (Date.now() - began) / 1000 }));
	});
}

/** Runs a program with its output in a log, its last line as progress, and its tail in the error. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, openLog } from './say.mjs';

/** Everything that was started and still runs; ended when setup itself is interrupted. */
const running = new Set();

/** Each program leads a group of its own, so that what it started ends with it. */
const GROUPS = process.platform !== 'win32';

function end(child, signal) {
	try {
		if (GROUPS && child.pid) process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {
		// It has ended by itself.
	}
}

function endAll(signal) {
	for (const child of running) end(child, signal);
}

/**
 * Side by side; when one fails, what the others have started ends too.
 * @param {...unknown} works promises, or what needs no waiting
 * @returns {Promise<unknown[]>} what each came to
 */
export async function together(...works) {
	try {
		return await Promise.all(works);
	} catch (error) {
		endAll('SIGTERM');
		throw error;
	}
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** From here on an interrupt ends what runs, then setup itself. Returns a function that takes this back. */
export function endWithSignals() {
	const handlers = Object.entries(EXIT_CODES).map(([signal, code]) => {
		const handler = () => {
			endAll(signal);
			process.exit(code);
		};
		process.on(signal, handler);
		return { signal, handler };
	});
	whenAbandoned(() => process.kill(process.pid, 'SIGTERM'));
	return () => handlers.forEach(({ signal, handler }) => process.off(signal, handler));
}

/**
 * npm runs a script through a shell that does not pass signals on: when npm is stopped, its script would go on without it.
 * Calls back once the parent is gone; outside npm a program may outlive the shell that started it.
 */
export function whenAbandoned(callback) {
	if (!process.env.npm_lifecycle_event) return;
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		callback();
	}, 500);
	timer.unref();
}

/** PATH without this project's own programs: npm must come from the system, not from what it is about to replace. */
export function systemPath(root) {
	return (process.env.PATH || '')
		.split(delimiter)
		.filter((part) => part !== join(root, 'node_modules', '.bin') && !part.endsWith(join('node_modules', '.bin')))
		.join(delimiter);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, log: { folder: string, name: string }, tell?: (text: string) => void, timeout?: number }} options
 * @returns {Promise<{ code: number, output: string, log: string }>} never rejects on a failing program
 */
export function attempt(command, args, options) {
	return new Promise((resolve) => {
		const log = openLog(options.log.folder, options.log.name);
		const place = options.cwd || process.cwd();
		let output = '';
		let child;
		const done = (code) => {
			running.delete(child);
			clearTimeout(timer);
			clearInterval(room);
			if (code !== 0 && isFull(place)) output += '\nNo space left on device';
			log.close();
			resolve({ code, output, log: log.path });
		};
		const take = (data) => {
			const text = data.toString();
			output = (output + text).slice(-64_000);
			log.write(text);
			const last = text
				.trimEnd()
				.split(/[\r\n]+/)
				.pop();
			if (last && options.tell) options.tell(last.trim());
		};
		child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env || process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: GROUPS
		});
		running.add(child);
		const room = setInterval(() => isFull(place) && end(child, 'SIGKILL'), 2000);
		const timer = options.timeout ? setTimeout(() => end(child, 'SIGKILL'), options.timeout) : undefined;
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		child.on('error', (error) => {
			output += error.message;
			done(127);
		});
		child.on('close', (code, signal) => {
			if (running.has(child)) done(code === null ? (signal === 'SIGKILL' ? 137 : 1) : code);
		});
	});
}

/** As {@link attempt}, but a failure is a sentence that `explain` gives, with the end of the output. */
export async function run(command, args, options, explain) {
	const result = await attempt(command, args, options);
	if (result.code !== 0) {
		const known = fullDisk(result.output) || (explain && explain(result.output));
		if (known) throw new SetupError(known);
		const tail = result.output.trimEnd().split('\n').slice(-12).join('\n');
		throw new SetupError(
			`${command} ${args.slice(0, 3).join(' ')} failed with exit code ${result.code}; its full output is in ${result.log}.\n${tail}`
		);
	}
	return result;
}

const UNREACHABLE =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request|Name or service not known|name resolution|NewConnectionError|Connection refused|Failed to establish a new connection|No matching distribution found|error sending request|dns error|tunneling socket/i;

export function looksUnreachable(output) {
	return UNREACHABLE.test(output);
}

/** A proxy that opens TLS shows a certificate of its own, which npm and pip must be told to trust. */
export function looksUntrusted(output) {
	return /SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)|CERTIFICATE_VERIFY_FAILED|CERT_HAS_EXPIRED/.test(output);
}

/**
 * Not every program says so when there is no room, and npm waits for ever.
 * @param {string} folder
 */
export function isFull(folder) {
	if (!fs.statfsSync) return false;
	const { bavail, bsize } = fs.statfsSync(folder);
	return Number(bavail) * Number(bsize) < NO_ROOM;
}

const NO_ROOM = 32 * 1024 ** 2;

export function looksFull(output) {
	return /ENOSPC|No space left on device/i.test(output);
}

/** The sentence for output that says there was no room; undefined for any other. */
export function fullDisk(output) {
	return looksFull(output) ? 'The disk is full: free some space and start again; setup goes on where it stopped.' : undefined;
}

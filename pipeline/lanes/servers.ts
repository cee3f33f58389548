/** Servers over a home, started the way people start them, on ports that are free. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../context.ts';
import { freePort } from '../serve/ports.ts';
import type { Bench } from './lane.ts';

export interface Servers {
	url: string;
	semanticUrl: string;
	stop(): Promise<void>;
}

const STARTS_WITHIN = 240_000;

/** @throws Error with the servers' last words when they do not come up */
export async function startServers(bench: Bench, home: string): Promise<Servers> {
	const port = await freePort('127.0.0.1');
	const env = { ...bench.env, ONELANE_HOME: home, HOST: '127.0.0.1', PORT: String(port) };
	const child = spawn(process.execPath, [join('pipeline', 'cli.ts'), 'serve', '--demo-login', '--json'], {
		cwd: ROOT,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		signal: bench.signal
	});
	child.on('error', () => undefined);
	const exited = new Promise<void>((done) => child.once('exit', () => done()));
	const stop = async () => {
		child.kill('SIGTERM');
		await exited;
	};
	let output = '';
	const ready = new Promise<{ url: string; semantic_url: string; ready: boolean }>((resolve, reject) => {
		const timer = setTimeout(
			() => reject(new Error(`The servers did not start within ${STARTS_WITHIN / 1000} s: ${output}`)),
			STARTS_WITHIN
		);
		const take = (text: string) => {
			output += text;
			const line = output.split('\n').find((candidate) => candidate.startsWith('{"url"'));
			if (line === undefined) return;
			clearTimeout(timer);
			resolve(JSON.parse(line) as { url: string; semantic_url: string; ready: boolean });
		};
		child.stdout.setEncoding('utf8').on('data', take);
		child.stderr.setEncoding('utf8').on('data', take);
		child.once('exit', () => {
			clearTimeout(timer);
			reject(new Error(`The servers ended at once: ${output}`));
		});
	});
	try {
		const { url, semantic_url: semanticUrl, ready: isReady } = await ready;
		if (!isReady) throw new Error(`${url}/readyz does not answer 200 over ${home}.`);
		return { url, semanticUrl, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

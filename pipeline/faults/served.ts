/** `onelane serve` over a home of the harness's own, to be hurt. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../context.ts';
import { freePort } from '../serve/ports.ts';
import { readFilePointer } from '../state.ts';

export class Served {
	readonly home: string;
	readonly url: string;
	readonly semanticUrl: string;
	readonly pids: { semantic: number; web: number };
	readonly #child: ChildProcess;

	private constructor(home: string, child: ChildProcess, said: Said) {
		this.home = home;
		this.url = said.url;
		this.semanticUrl = said.semantic_url;
		this.pids = said.pids;
		this.#child = child;
	}

	/** A copy of the served version of another home. */
	static copy(served: string, home: string): void {
		const pointer = readFilePointer(served);
		if (pointer === null) throw new Error(`${served} serves nothing: refresh it first.`);
		mkdirSync(join(home, dirname(pointer.file)), { recursive: true });
		copyFileSync(join(served, pointer.file), join(home, pointer.file));
		for (const name of ['current.json', join('versions', `${pointer.version}.json`)]) cpSync(join(served, name), join(home, name));
	}

	static async start(home: string, port?: number, args: readonly string[] = []): Promise<Served> {
		const env = {
			...process.env,
			ONELANE_HOME: home,
			HOST: '127.0.0.1',
			PORT: String(port ?? (await freePort('127.0.0.1'))),
			SEMANTIC_PORT: undefined
		};
		const child = spawn(process.execPath, [join('pipeline', 'cli.ts'), 'serve', '--json', ...args], {
			cwd: ROOT,
			env,
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let output = '';
		const said = await new Promise<Said>((resolve, reject) => {
			const take = (text: string) => {
				output += text;
				const line = output.split('\n').find((one) => one.startsWith('{"url"'));
				if (line) resolve(JSON.parse(line) as Said);
			};
			child.stdout.setEncoding('utf8').on('data', take);
			child.stderr.setEncoding('utf8').on('data', take);
			child.once('exit', () => reject(new Error(`serve ended: ${output}`)));
		});
		return new Served(home, child, said);
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	async ready(): Promise<{ status: number; body: { version?: string | null; reason?: string | null; status?: string } }> {
		return answer(`${this.url}/readyz`) as never;
	}

	/** Seconds until it is ready again; null: it never was. */
	async becomesReady(within = 180): Promise<number | null> {
		const began = Date.now();
		while (Date.now() - began < within * 1000) {
			if ((await this.ready()).status === 200) return (Date.now() - began) / 1000;
			await sleep(200);
		}
		return null;
	}

	async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = new Promise<void>((done) => this.#child.once('exit', () => done()));
		this.#child.kill(signal);
		await gone;
	}
}

interface Said {
	url: string;
	semantic_url: string;
	pids: { semantic: number; web: number };
}

/** Status 0: nobody answers. */
export async function answer(url: string): Promise<{ status: number; body: unknown }> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
		const text = await response.text();
		try {
			return { status: response.status, body: JSON.parse(text) as unknown };
		} catch {
			return { status: response.status, body: text };
		}
	} catch {
		return { status: 0, body: null };
	}
}

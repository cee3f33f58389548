/** The web server alone over a home of its own: accounts need neither data nor the semantic layer. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, type AppState, openAppState } from '../../app-state/index.ts';
import { ROOT } from '../context.ts';
import { freePort } from '../serve/ports.ts';

export const SECRET = 'a secret of these tests: 0123456789abcdef';
export const tester: Actor = { sub: 'tests', name: 'tests', address: 'tests' };

export interface WebServer {
	url: string;
	home: string;
	state: AppState;
	/** What it printed. */
	output(): string;
	stop(): Promise<void>;
}

export async function startWeb(env: Record<string, string | undefined> = {}): Promise<WebServer> {
	const home = mkdtempSync(join(tmpdir(), 'onelane-web-'));
	const port = Number(env['PORT'] ?? (await freePort('127.0.0.1')));
	const child = spawn(process.execPath, [join('web', 'server.ts')], {
		cwd: ROOT,
		env: {
			...process.env,
			ONELANE_HOME: home,
			ONELANE_SECRET: SECRET,
			HOST: '127.0.0.1',
			PORT: String(port),
			SEMANTIC_URL: `http://127.0.0.1:${await freePort('127.0.0.1')}`,
			NODE_ENV: 'production',
			ORIGIN: undefined,
			ONELANE_DEMO_LOGIN: undefined,
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
	const exited = new Promise<void>((done) => child.once('exit', () => done()));
	const url = `http://127.0.0.1:${port}`;
	const host = env['ORIGIN'] ? { host: new URL(env['ORIGIN']).host } : undefined;
	for (let tries = 0; ; tries++) {
		const answer = await get(`${url}/healthz`, host).catch(() => null);
		if (answer === 200) break;
		if (tries > 150 || child.exitCode !== null) {
			child.kill('SIGKILL');
			rmSync(home, { recursive: true, force: true });
			throw new Error(`The web server did not start: ${printed}`);
		}
		await sleep(100);
	}
	const state = openAppState(home, { secret: SECRET });
	return {
		url,
		home,
		state,
		output: () => printed,
		stop: async () => {
			child.kill('SIGTERM');
			await exited;
			await state.close();
			rmSync(home, { recursive: true, force: true });
		}
	};
}

function get(url: string, headers?: Record<string, string>): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		request(url, { headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode);
		})
			.on('error', reject)
			.end();
	});
}

/** A browser's part: keeps cookies, says where it comes from, follows nothing by itself. */
export class Visitor {
	readonly cookies = new Map<string, string>();
	readonly #url: string;

	constructor(url: string) {
		this.#url = url;
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Response> {
		return this.#ask(path, { headers });
	}

	post(path: string, fields: Record<string, string> | [string, string][], headers: Record<string, string> = {}): Promise<Response> {
		return this.#ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: this.#url, ...headers } });
	}

	async signIn(name: string, password: string): Promise<Response> {
		return this.post('/login', { name, password, to: '/account' });
	}

	async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const answer = await fetch(new URL(path, this.#url), {
			...init,
			redirect: 'manual',
			headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...init.headers }
		});
		for (const set of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
			if (/max-age=0/i.test(set) || value === '') this.cookies.delete(name);
			else this.cookies.set(name, value);
		}
		return answer;
	}
}

/** A web server of a test's own, for states that would disturb the others: over the same version, in a home of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { POINTER_FILE, REFRESH_FILE, type RefreshState } from '../../contracts/pointer.ts';

/** The home behind the servers under test, and their semantic layer; without them such states cannot be tried. */
export const HOME = process.env.E2E_HOME;
export const SEMANTIC_URL = process.env.E2E_SEMANTIC_URL;

/** Nobody listens there. */
export const NOWHERE = 'http://127.0.0.1:9';

const STARTS_WITHIN_MS = 20_000;

export interface OwnWeb {
	url: string;
	stop: () => Promise<void>;
}

/**
 * @param refresh how the last refresh went, or goes
 * @param builtAt when the served version is said to have been built; the home's own time by default
 */
export async function ownWeb(home: string, semanticUrl: string, refresh?: RefreshState, builtAt?: string): Promise<OwnWeb> {
	const scratch = mkdtempSync(join(tmpdir(), 'onelane-web-'));
	// A tenant is called like its home.
	const own = join(scratch, basename(resolve(home)));
	mkdirSync(own);
	const pointer = JSON.parse(readFileSync(join(home, POINTER_FILE), 'utf8')) as object;
	writeFileSync(join(own, POINTER_FILE), JSON.stringify({ ...pointer, ...(builtAt ? { built_at: builtAt } : {}) }));
	if (refresh) writeFileSync(join(own, REFRESH_FILE), JSON.stringify(refresh));
	const secret = readFileSync(join(home, 'secrets', 'secret'), 'utf8').trim();
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, [resolve('web', 'server.ts')], {
		env: {
			...process.env,
			ONELANE_HOME: own,
			ONELANE_SECRET: secret,
			ONELANE_DEMO_LOGIN: '1',
			SEMANTIC_URL: semanticUrl,
			HOST: '127.0.0.1',
			PORT: String(port),
			NODE_ENV: 'production'
		},
		stdio: 'ignore'
	});
	const stop = async () => {
		if (child.exitCode === null) {
			child.kill('SIGTERM');
			await once(child, 'exit');
		}
		rmSync(scratch, { recursive: true, force: true });
	};
	try {
		await answers(url, child);
		return { url, stop };
	} catch (caught) {
		await stop();
		throw caught;
	}
}

async function answers(url: string, child: ChildProcess): Promise<void> {
	for (const began = Date.now(); Date.now() - began < STARTS_WITHIN_MS;) {
		if (child.exitCode !== null) break;
		const alive = await fetch(`${url}/healthz`).then(
			({ ok }) => ok,
			() => false
		);
		if (alive) return;
		await new Promise((done) => setTimeout(done, 200));
	}
	throw new Error(`The web server of the test does not answer at ${url}.`);
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	return typeof address === 'object' && address ? address.port : 0;
}

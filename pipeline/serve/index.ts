/** Serves what is published: the semantic server on loopback, the web server in front of it. */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountsConfig } from '../../contracts/accounts.ts';
import { isLoopback } from '../../contracts/environment.ts';
import { NOT_ANSWERING } from '../../contracts/semantic.ts';
import type { MinimumGroup } from '../../contracts/sight.ts';
import { type Context, makeHome } from '../context.ts';
import { PipelineError } from '../errors.ts';
import { compiledIn } from '../process.ts';
import { secretOf } from '../secrets.ts';
import { readPointer } from '../state.ts';
import { serveMetrics } from './metrics.ts';
import { assertFree, freePort } from './ports.ts';
import { Supervised } from './supervised.ts';

export interface ServeOptions {
	context: Context;
	/** Offers a role picker instead of accounts; on loopback only. */
	demoLogin: boolean;
	/** How people sign in, from the configuration. */
	accounts: AccountsConfig;
	notify: (text: string) => void;
	/** Groups that are too small to be shown. */
	minimumGroup?: MinimumGroup | undefined;
}

export interface Serving {
	url: string;
	semanticUrl: string;
	/** Why no data is served, which the pages say too; null when it is. */
	trouble: string | null;
	pids: { semantic: number | undefined; web: number | undefined };
	stop(): Promise<void>;
}

/** Some 100 MB are in use under load; without a bound garbage of half a gigabyte lies beside them before it is worth collecting. */
const WEB_FLAGS = ['--max-old-space-size=320', '--max-semi-space-size=8'];
/**
 * glibc keeps what each thread has freed apart, and whatever was freed below something in use: statements run on four threads and
 * hand over megabytes at a time, so that hundreds of megabytes were held for nothing. Past a megabyte memory is given back at once;
 * smaller pieces are used again, for giving them back and asking anew took a tenth of the semantic server's time.
 */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '1048576', MALLOC_MMAP_THRESHOLD_: '1048576' };
const LOOPBACK = '127.0.0.1';
const READY_WITHIN = 180_000;
const NOTHING_PUBLISHED = 'Nothing is published yet: run "onelane refresh", and the pages fill by themselves.';

/** @throws PipelineError when a port is taken, a secret is missing, the pages are not built, or a server does not come up */
export async function serve({ context, demoLogin, accounts, notify, minimumGroup }: ServeOptions): Promise<Serving> {
	const { environment, home, root } = context;
	const { host, port } = environment;
	if (demoLogin && !isLoopback(host)) {
		throw new PipelineError(
			`--demo-login lets anybody in as anybody, so it works on loopback only and HOST is ${host}: leave it out, or serve on ${LOOPBACK}.`
		);
	}
	if (!existsSync(join(root, 'build', 'web')))
		throw new PipelineError(`The pages are not built in ${root}: run "npm start" once, or "npm run web:build".`);
	makeHome(home);
	const secret = secretOf('ONELANE_SECRET', environment);
	if (!isLoopback(host)) secretOf('ONELANE_ID_KEY', environment);
	await assertFree(host, port);

	const semanticPort = process.env['SEMANTIC_PORT'] ? Number(process.env['SEMANTIC_PORT']) : await freePort(LOOPBACK);
	const semanticUrl = `http://${LOOPBACK}:${semanticPort}`;
	const shared = {
		...MALLOC,
		...process.env,
		ONELANE_ID_KEY: undefined,
		ONELANE_HOME: home,
		ONELANE_SECRET: secret,
		NODE_ENV: 'production'
	};
	const semantic = new Supervised(
		{
			name: 'semantic',
			script: join('semantic', 'server.ts'),
			cwd: root,
			env: {
				...shared,
				SEMANTIC_PORT: String(semanticPort),
				SEMANTIC_MINIMUM_GROUP: minimumGroup && JSON.stringify(minimumGroup),
				HOST: LOOPBACK,
				NODE_COMPILE_CACHE: compiledIn(home)
			},
			url: `${semanticUrl}/readyz`,
			health: `${semanticUrl}/healthz`,
			log: join(home, 'logs', 'semantic.log')
		},
		notify
	);
	const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
	const local = url.replace('//0.0.0.0', `//${LOOPBACK}`).replace('//[::]', '//[::1]');
	const web = new Supervised(
		{
			name: 'web',
			script: join('web', 'server.ts'),
			flags: WEB_FLAGS,
			cwd: root,
			env: {
				...shared,
				HOST: host,
				PORT: String(port),
				SEMANTIC_URL: semanticUrl,
				ONELANE_DEMO_LOGIN: demoLogin ? '1' : undefined,
				ONELANE_ACCOUNTS: JSON.stringify(accounts)
			},
			url: `${local}/healthz`,
			health: `${local}/healthz`,
			log: join(home, 'logs', 'web.log')
		},
		notify
	);
	let metrics: Server | undefined;
	const stop = async () => {
		metrics?.close();
		metrics?.closeAllConnections();
		semantic.retire();
		await web.stop();
		await semantic.stop();
	};
	try {
		await Promise.all([semantic.start(), web.start()]);
		if (environment.metricsPort !== undefined)
			metrics = await serveMetrics({ port: environment.metricsPort, home, semanticUrl, servers: [semantic, web] });
		const trouble = readPointer(home) === null ? NOTHING_PUBLISHED : await troubleOf(web.spec.url.replace(/healthz$/, 'readyz'));
		return { url, semanticUrl, trouble, pids: { semantic: semantic.pid, web: web.pid }, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Waits for the semantic layer to serve, or to say why it can't. */
async function troubleOf(url: string): Promise<string | null> {
	const until = Date.now() + READY_WITHIN;
	let reason = NOT_ANSWERING;
	while (Date.now() < until && reason === NOT_ANSWERING) {
		const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
		const said = (await response?.json().catch(() => null)) as { reason?: string | null } | null | undefined;
		if (response?.status === 200) return null;
		reason = said?.reason ?? NOT_ANSWERING;
		await sleep(150);
	}
	return reason;
}

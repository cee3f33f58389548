/** Puts the parts together, proves the model, listens, and leaves in order. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { drain } from '../contracts/drain.ts';
import { readEnvironment } from '../contracts/environment.ts';
import type { Gauge } from '../contracts/metrics.ts';
import { minimumGroup } from '../contracts/sight.ts';
import { Members, type Meta } from './access/members.ts';
import { authorise, type Asked } from './access/policy.ts';
import { createApp } from './app.ts';
import { AnswerCache } from './cache/answers.ts';
import { Repeated } from './cache/repeated.ts';
import { Cube, type Context } from './cube.ts';
import { GatewayCalls } from './gateway.ts';
import { Handover } from './handover.ts';
import { VersionDriver, VersionFileError } from './drivers/duckdb.ts';
import { engine } from './native-fallback/install.ts';
import { NotReadyError, PointerFollower } from './pointer.ts';
import { rollupTables } from './rollups/tables.ts';
import { Semantic, type Parts } from './service.ts';
import { asSingleRows } from './single-rows.ts';
import { Versions, type Opening } from './versions.ts';

const HOST = '127.0.0.1';
const MEGABYTE = 1024 * 1024;
const CLOSING_MS = 3000;
/** Connections that wait to be accepted, while the server is busy: past it they are lost for seconds. */
const BACKLOG = 4096;
/** A token carries every id of a scope: thousands of stores. Only this machine reaches the server. */
const MOST_HEADERS = 1024 * 1024;
/** Statements of a version that run at once. */
const CONNECTIONS = 4;
/** Questions that Cube turns into statements while others run. */
const AT_ONCE = 2 * CONNECTIONS;

const settings = z.object({
	SEMANTIC_PORT: z.coerce
		.number({ message: 'is not a number' })
		.int()
		.min(0, 'must be 0 to 65535')
		.max(65535, 'must be 0 to 65535')
		.default(4000),
	/** Of DuckDB; what does not fit spills to disk. */
	SEMANTIC_MEMORY: z
		.string()
		.regex(/^\d+(MB|GB)$/, 'must be such as "384MB"')
		.default('256MB'),
	SEMANTIC_THREADS: z.coerce.number().int().min(1).max(64).default(2),
	/** Statements that take longer are interrupted. */
	SEMANTIC_SECONDS: z.coerce.number().int().min(1).max(85).default(30),
	/** Most that one statement may read in BigQuery. */
	ONELANE_BIGQUERY_QUERY_GB: z.coerce.number({ message: 'is not a number' }).positive('must be more than 0').default(200),
	SEMANTIC_CACHE_MB: z.coerce.number().int().min(1).max(4096).default(48),
	/** Of the configuration's `privacy`, as JSON. */
	SEMANTIC_MINIMUM_GROUP: z
		.string()
		.transform((text, context) => {
			try {
				return minimumGroup.parse(JSON.parse(text));
			} catch {
				context.addIssue({ code: 'custom', message: 'is no minimum group such as {"size":5,"roles":["marketing"],"views":["leads"]}' });
				return z.NEVER;
			}
		})
		.optional(),
	SEMANTIC_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')
});

export class StartError extends Error {}

export interface Running {
	port: number;
	close: () => Promise<void>;
}

/** @throws StartError, EnvironmentError, ModelError: one sentence each */
export async function startServer(env: Record<string, string | undefined>): Promise<Running> {
	const { home, secret, bigquery } = readEnvironment(env);
	if (!secret) throw new StartError('ONELANE_SECRET is not set: tokens could not be checked.');
	const parsed = settings.safeParse(env);
	if (!parsed.success)
		throw new StartError(`Environment variable ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}.`);
	const options = parsed.data;
	const log = pino({ level: options.SEMANTIC_LOG, base: { process: 'semantic' } });

	// Known once the model is compiled, which the gateway does; no query comes before.
	const model: { members?: Members } = {};
	const cube = new Cube({
		driver: {
			access: 'read',
			memory: options.SEMANTIC_MEMORY,
			threads: options.SEMANTIC_THREADS,
			seconds: options.SEMANTIC_SECONDS,
			connections: CONNECTIONS
		},
		bigquery: bigquery && {
			...bigquery,
			maximumBytes: Math.round(options.ONELANE_BIGQUERY_QUERY_GB * 1e9),
			seconds: options.SEMANTIC_SECONDS
		},
		rewrite: (query, { securityContext: { who } }: Context) => {
			if (!who || !model.members) throw new StartError('A query without claims is refused.');
			return asSingleRows(authorise(query as Asked, who, model.members.isMeasure));
		},
		log: (message, { error }) => {
			if (error) log.warn({ message }, 'cube');
		}
	});
	const calls = new GatewayCalls(cube, AT_ONCE);
	const meta = (await calls.meta()) as Meta;
	const members = new Members(meta);
	model.members = members;

	const cache = new AnswerCache(options.SEMANTIC_CACHE_MB * MEGABYTE);
	const pointer = new PointerFollower(home, (problem) => log.warn(problem));
	const versions = new Versions(opening(cube), cache, undefined, (problem) => log.error(problem));
	const repeated = new Repeated();
	const handover = new Handover(home, versions, repeated, (problem) => log.warn(problem)).start();
	const parts: Parts = {
		calls,
		members,
		meta: meta as Parts['meta'],
		pointer,
		versions,
		cache,
		repeated,
		minimumGroup: options.SEMANTIC_MINIMUM_GROUP ?? null
	};
	const app = createApp({
		semantic: new Semantic(parts),
		secret: new TextEncoder().encode(secret),
		// A tenant is one home.
		tenant: basename(home),
		log,
		ready: () => readiness(parts, cube),
		figures: () => figures(parts)
	});

	const server = createServer({ keepAliveTimeout: 65_000, maxHeaderSize: MOST_HEADERS }, app);
	server.listen({ port: options.SEMANTIC_PORT, host: HOST, backlog: BACKLOG });
	try {
		await once(server, 'listening');
	} catch (error) {
		await cube.close();
		throw listenError(error as NodeJS.ErrnoException, options.SEMANTIC_PORT);
	}
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : options.SEMANTIC_PORT;
	log.info({ port, engine, views: meta.cubes.length }, 'listening');

	return {
		port,
		close: async () => {
			handover.stop();
			versions.stop();
			await drain(server, CLOSING_MS);
			await cube.close();
		}
	};
}

function opening(cube: Cube): Opening {
	return {
		open: async (served) => {
			const driver = cube.driver(served);
			if (driver instanceof VersionDriver) return { ...served, rollups: (await rollupTables(driver)).length > 0 };
			await driver.ready();
			return { ...served, rollups: false };
		},
		release: (version) => cube.release(version)
	};
}

function figures({ cache, versions }: Parts): Gauge[] {
	const { entries, bytes, hits, misses, running, shed } = cache.statistics();
	const figure = (name: string, help: string, value: number, type: Gauge['type'] = 'gauge'): Gauge => ({
		name: `onelane_semantic_${name}`,
		help,
		value,
		type
	});
	return [
		figure('cache_entries', 'Answers that are kept.', entries),
		figure('cache_bytes', 'Bytes of answers that are kept.', bytes),
		figure('cache_hits_total', 'Questions answered from the cache.', hits, 'counter'),
		figure('cache_misses_total', 'Questions that were computed.', misses, 'counter'),
		figure('computing', 'Questions that are being computed.', running),
		figure('shed_total', 'Questions sent away because too much was running.', shed, 'counter'),
		figure('open_versions', 'Versions of the data that are open.', versions.open.length),
		figure('memory_bytes', 'Resident memory.', process.memoryUsage.rss())
	];
}

/** Ready means that the published file opens and answers, not only that it is named. */
async function readiness(
	{ pointer, versions, cache, members }: Parts,
	cube: Cube
): Promise<{ status: number; body: Record<string, unknown> }> {
	try {
		const served = await pointer.current();
		versions.seen(served.version);
		const {
			version,
			pointer: published,
			rollups
		} = await versions.using(served, async (opened) => {
			const driver = cube.driver(opened);
			if (driver instanceof VersionDriver) await driver.check();
			return opened;
		});
		const { built_at, timezone, freshness } = published;
		return {
			status: 200,
			body: { status: 'ready', version, built_at, timezone, freshness, engine, rollups, members: members.count, cache: cache.statistics() }
		};
	} catch (error) {
		if (error instanceof NotReadyError || error instanceof VersionFileError)
			return { status: 503, body: { status: 'not ready', error: error.message } };
		throw error;
	}
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
	return error.code === 'EADDRINUSE' ? new StartError(`Port ${port} is in use: stop what runs there or set SEMANTIC_PORT.`) : error;
}

/** Runs until it is told to stop. */
export async function start(env: Record<string, string | undefined>): Promise<void> {
	try {
		const running = await startServer(env);
		const stop = () => {
			running.close().then(
				() => process.exit(0),
				() => process.exit(1)
			);
		};
		process.once('SIGTERM', stop).once('SIGINT', stop);
		// Started with a channel, the server does not outlive its parent.
		if (process.send) process.once('disconnect', stop);
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	}
}

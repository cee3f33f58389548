/** Cube, embedded: the model, the driver of each version, the policy, and nothing that listens on its own. */
import serverCore, { type CreateOptions } from '@cubejs-backend/server-core';
import type { Claims } from '../contracts/claims.ts';
import { NaiveTimeDialect } from './drivers/dialect.ts';
import { VersionDriver, type VersionDriverOptions } from './drivers/duckdb.ts';
import { readModel, withoutRollups } from './model.ts';

/** What Cube hands back to every hook: set by onelane, never by a caller. */
export interface Context {
	securityContext: { version: string; file: string; rollups: boolean; who: Claims | null };
	requestId: string;
}

export interface CubeOptions {
	driver: Omit<VersionDriverOptions, 'file'>;
	/** Applied by Cube to every query, whichever way it comes. */
	rewrite: (query: object, context: Context) => object;
	log: (message: string, parameters: Record<string, unknown>) => void;
	builder?: boolean;
}

/** Fixed, for it is part of the names of rollup tables on both sides. */
export const ROLLUP_SCHEMA = 'rollups';

const { CubejsServerCore } = serverCore;

/** What Cube remembers of each query it ever turned into SQL: up to 10,000 of them, about 100 kB each, for ten minutes. */
interface CompilerApi {
	compilers?: Promise<{ compilerCache: { queryCache: { size: number; clear: () => void } } }>;
}

const REMEMBERED_QUERIES = 200;
const WAIT_SECONDS = 2;

/** Cube's word for "not done yet, ask again". */
export const CONTINUE_WAIT = 'Continue wait';

type Core = InstanceType<typeof CubejsServerCore> & {
	orchestratorStorage: { storage: { delete: (id: string) => boolean; keys: () => Iterable<string> } };
};

/** Environment that Cube reads while it is imported or made. */
export function cubeEnvironment(env: Record<string, string | undefined> = process.env, builder = false): void {
	Object.assign(env, {
		CUBEJS_CACHE_AND_QUEUE_DRIVER: 'memory',
		CUBEJS_REFRESH_WORKER: 'false',
		CUBEJS_PRE_AGGREGATIONS_BUILDER: String(builder),
		CUBEJS_TELEMETRY: 'false',
		CUBEJS_DB_TYPE: 'duckdb',
		CUBEJS_TRANSPILATION_WORKER_THREADS_COUNT: '1',
		// Rollups live in the version's own file.
		CUBEJS_EXTERNAL_DEFAULT: 'false',
		CUBEJS_DEV_MODE: 'false',
		NODE_ENV: 'production'
	});
}

export class Cube {
	readonly core: Core;
	readonly #drivers = new Map<string, VersionDriver>();
	readonly #limits: CubeOptions['driver'];

	constructor(options: CubeOptions) {
		this.#limits = options.driver;
		cubeEnvironment(process.env, options.builder ?? false);
		const files = readModel();
		const queue = { concurrency: options.driver.connections, executionTimeout: options.driver.seconds + 5 };
		const settings = {
			apiSecret: 'unused: no route of Cube listens',
			devServer: false,
			telemetry: false,
			cacheAndQueueDriver: 'memory',
			logger: options.log,
			contextToAppId: ({ securityContext: { rollups } }: Context) => (rollups ? 'rollups' : 'facts'),
			contextToOrchestratorId: (context: Context) => context.securityContext.version,
			repositoryFactory: ({ securityContext: { rollups } }: Context) => ({
				localPath: () => 'semantic/model',
				dataSchemaFiles: () => Promise.resolve(rollups ? files : withoutRollups(files))
			}),
			driverFactory: ({ securityContext }: Context) => this.driver(securityContext),
			dialectFactory: () => NaiveTimeDialect,
			queryRewrite: options.rewrite,
			preAggregationsSchema: ROLLUP_SCHEMA,
			// Answers are kept in front of Cube, so that a statement is seldom asked for twice.
			sqlCache: false,
			scheduledRefreshTimer: false,
			scheduledRefreshTimeZones: ['UTC'],
			scheduledRefreshContexts: () => Promise.resolve([]),
			orchestratorOptions: {
				// Cube holds each answer in a timer for as long: short, and whoever calls asks again.
				continueWaitTimeout: options.builder ? 90 : WAIT_SECONDS,
				// Nothing is renewed: a version's file never changes.
				queryCacheOptions: { backgroundRenew: true, queueOptions: queue },
				preAggregationsOptions: { externalRefresh: !options.builder, queueOptions: { concurrency: 1, executionTimeout: 3600 } }
			}
		};
		this.core = new CubejsServerCore(settings as unknown as CreateOptions) as Core;
	}

	/** The driver by which a version is read, opened if it is not. */
	driver({ version, file }: Pick<Context['securityContext'], 'version' | 'file'>): VersionDriver {
		const known = this.#drivers.get(version);
		if (known) return known;
		const opened = new VersionDriver({ ...this.#limits, file });
		this.#drivers.set(version, opened);
		return opened;
	}

	/** Bounds what Cube keeps of queries that it has answered. */
	async forget(): Promise<void> {
		const { compilerCache } = this.core as unknown as { compilerCache: { values: () => Iterable<CompilerApi> } };
		for (const { compilers } of compilerCache.values()) {
			const queryCache = (await compilers)?.compilerCache.queryCache;
			if (queryCache && queryCache.size > REMEMBERED_QUERIES) queryCache.clear();
		}
	}

	/** Closes versions that are served no more; waits for what they still answer. */
	async release(version: string): Promise<void> {
		const driver = this.#drivers.get(version);
		this.#drivers.delete(version);
		this.core.orchestratorStorage.storage.delete(version);
		await driver?.release();
	}

	get versions(): string[] {
		return [...this.#drivers.keys()];
	}

	async close(): Promise<void> {
		await Promise.all(this.versions.map((version) => this.release(version)));
		await this.core.shutdown();
	}
}

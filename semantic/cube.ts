/** Cube, embedded: the model, the driver of each version, the policy, and nothing that listens on its own. */
import serverCore, { type CreateOptions } from '@cubejs-backend/server-core';
import type { Claims } from '../contracts/claims.ts';
import { NaiveTimeDialect } from './drivers/dialect.ts';
import { VersionDriver, type VersionDriverOptions } from './drivers/duckdb.ts';
import { readModel } from './model.ts';

/** What Cube hands back to every hook: set by onelane, never by a caller. */
export interface Context {
	securityContext: { version: string; file: string; who: Claims | null };
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

const APP_ID = 'onelane';

const { CubejsServerCore } = serverCore;

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
		CUBEJS_DEV_MODE: 'false',
		NODE_ENV: 'production'
	});
}

export class Cube {
	readonly core: Core;
	readonly #drivers = new Map<string, Promise<VersionDriver>>();

	constructor(options: CubeOptions) {
		cubeEnvironment(process.env, options.builder ?? false);
		const files = readModel();
		const queue = { concurrency: options.driver.connections, executionTimeout: options.driver.seconds + 5 };
		const settings = {
			apiSecret: 'unused: no route of Cube listens',
			devServer: false,
			telemetry: false,
			cacheAndQueueDriver: 'memory',
			logger: options.log,
			contextToAppId: () => APP_ID,
			contextToOrchestratorId: (context: Context) => context.securityContext.version,
			repositoryFactory: () => ({ localPath: () => 'semantic/model', dataSchemaFiles: () => Promise.resolve(files) }),
			driverFactory: (context: Context) => this.#driver(context, options),
			dialectFactory: () => NaiveTimeDialect,
			queryRewrite: options.rewrite,
			preAggregationsSchema: ROLLUP_SCHEMA,
			scheduledRefreshTimer: false,
			scheduledRefreshTimeZones: ['UTC'],
			scheduledRefreshContexts: () => Promise.resolve([]),
			orchestratorOptions: {
				continueWaitTimeout: 90,
				// Nothing is renewed: a version's file never changes.
				queryCacheOptions: { backgroundRenew: true, queueOptions: queue },
				preAggregationsOptions: { externalRefresh: !options.builder, queueOptions: { concurrency: 1, executionTimeout: 3600 } }
			}
		};
		this.core = new CubejsServerCore(settings as unknown as CreateOptions) as Core;
	}

	#driver({ securityContext: { version, file } }: Context, options: CubeOptions): Promise<VersionDriver> {
		const known = this.#drivers.get(version);
		if (known) return known;
		const opening = Promise.resolve(new VersionDriver({ ...options.driver, file }));
		this.#drivers.set(version, opening);
		return opening;
	}

	/** Closes versions that are served no more; waits for what they still answer. */
	async release(version: string): Promise<void> {
		const driver = this.#drivers.get(version);
		this.#drivers.delete(version);
		this.core.orchestratorStorage.storage.delete(version);
		await (await driver)?.release();
	}

	get versions(): string[] {
		return [...this.#drivers.keys()];
	}

	async close(): Promise<void> {
		await Promise.all(this.versions.map((version) => this.release(version)));
		await this.core.shutdown();
	}
}



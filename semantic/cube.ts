/** Cube, embedded: the model, the driver of each version, the policy, and nothing that listens on its own. */
import serverCore, { type CompilerApi as ModelApi, type CreateOptions } from '@cubejs-backend/server-core';
import type { Claims } from '../contracts/claims.ts';
import type { VersionPlace } from '../contracts/pointer.ts';
import { BusinessDateDialect } from './drivers/bigquery-dialect.ts';
import { BigQueryDatasetDriver, type BigQueryLimits } from './drivers/bigquery.ts';
import { NaiveTimeDialect } from './drivers/dialect.ts';
import { VersionDriver, type VersionDriverOptions, VersionFileError } from './drivers/duckdb.ts';
import { type ModelFile, onBigQuery, readModel, withoutRollups } from './model.ts';
import { type Made, type Normalised, Statements } from './statements.ts';

/** What Cube hands back to every hook: set by onelane, never by a caller. */
export interface Context {
	securityContext: { version: string; place: VersionPlace; rollups: boolean; who: Claims | null };
	requestId: string;
}

export interface CubeOptions {
	/** Of versions that are files. */
	driver: Omit<VersionDriverOptions, 'file'>;
	/** Of versions that are datasets; undefined when BigQuery is not the warehouse. */
	bigquery?: BigQueryLimits | undefined;
	/** Applied by Cube to every query, whichever way it comes. */
	rewrite: (query: object, context: Context) => object;
	log: (message: string, parameters: Record<string, unknown>) => void;
	builder?: boolean;
}

/** Fixed, for it is part of the names of rollup tables on both sides. */
export const ROLLUP_SCHEMA = 'rollups';

const { CubejsServerCore } = serverCore;

type MakeSql = (query: Normalised, options?: object) => Promise<Made>;

/** Cube, which writes the statement of each shape of question once. */
class Core extends CubejsServerCore {
	protected override createCompilerApi(repository: unknown, options?: Record<string, unknown>): ModelApi {
		const api = super.createCompilerApi(repository, options);
		const statements = new Statements();
		const make = api.getSql.bind(api) as unknown as MakeSql;
		const getSql: MakeSql = (query, asked = {}) => statements.get(JSON.stringify(asked), query, (one) => make(one, asked));
		Object.assign(api, { getSql });
		return api;
	}

	/** What it keeps to answer from a version. */
	forgetVersion(version: string): void {
		const { storage } = this.orchestratorStorage as unknown as { storage: Map<string, unknown> };
		storage.delete(version);
	}
}

/** What Cube remembers of each query it ever turned into SQL: up to 10,000 of them, about 100 kB each, for ten minutes. */
interface CompilerApi {
	compilers?: Promise<{ compilerCache: { queryCache: { size: number; clear: () => void } } }>;
}

const REMEMBERED_QUERIES = 200;
const WAIT_SECONDS = 2;

/** Cube's word for "not done yet, ask again". */
export const CONTINUE_WAIT = 'Continue wait';

export type Driver = VersionDriver | BigQueryDatasetDriver;

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

/** The model as a version needs it. */
const variants = {
	rollups: (files: readonly ModelFile[]) => [...files],
	facts: withoutRollups,
	bigquery: onBigQuery
};

const variantOf = ({ place, rollups }: Context['securityContext']): keyof typeof variants =>
	'dataset' in place ? 'bigquery' : rollups ? 'rollups' : 'facts';

export class Cube {
	readonly core: Core;
	readonly #drivers = new Map<string, Driver>();
	readonly #options: CubeOptions;

	constructor(options: CubeOptions) {
		this.#options = options;
		cubeEnvironment(process.env, options.builder ?? false);
		const files = readModel();
		const queue = { concurrency: options.driver.connections, executionTimeout: options.driver.seconds + 5 };
		const settings = {
			apiSecret: 'unused: no route of Cube listens',
			devServer: false,
			telemetry: false,
			cacheAndQueueDriver: 'memory',
			logger: options.log,
			contextToAppId: ({ securityContext }: Context) => variantOf(securityContext),
			contextToOrchestratorId: (context: Context) => context.securityContext.version,
			repositoryFactory: ({ securityContext }: Context) => ({
				localPath: () => 'semantic/model',
				dataSchemaFiles: () => Promise.resolve(variants[variantOf(securityContext)](files))
			}),
			driverFactory: ({ securityContext }: Context) => this.driver(securityContext),
			dialectFactory: ({ securityContext: { place } }: Context) => ('file' in place ? NaiveTimeDialect : BusinessDateDialect),
			queryRewrite: options.rewrite,
			// Said of lists whose own key is among what is asked for; the keys of what they are joined to would be columns for nothing.
			allowUngroupedWithoutPrimaryKey: true,
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
		this.core = new Core(settings as unknown as CreateOptions);
	}

	/** The driver by which a version is read, opened if it is not. @throws VersionFileError when its warehouse is not configured */
	driver({ version, place }: Pick<Context['securityContext'], 'version' | 'place'>): Driver {
		const known = this.#drivers.get(version);
		if (known) return known;
		const opened = 'file' in place ? new VersionDriver({ ...this.#options.driver, ...place }) : this.#dataset(place.dataset);
		this.#drivers.set(version, opened);
		return opened;
	}

	#dataset(dataset: string): BigQueryDatasetDriver {
		const { bigquery } = this.#options;
		if (bigquery) return new BigQueryDatasetDriver({ ...bigquery, version: dataset });
		throw new VersionFileError(
			`The published version is the dataset ${dataset} of BigQuery, but ONELANE_WAREHOUSE is not "bigquery": set it, or run "npx onelane refresh".`
		);
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
		this.core.forgetVersion(version);
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

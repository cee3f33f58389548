/** The BigQuery destination: loads are checked in the embedded DuckDB, staged by load jobs, and taken over in one transaction. */
import type { BigQuery, Job } from '@google-cloud/bigquery';
import { type BigQuerySettings, rawDataset, restrictedDataset } from '../../contracts/warehouse.ts';
import { IngestError } from '../core/errors.ts';
import { sha256 } from '../core/hmac.ts';
import type { Counts, Load } from '../core/load.ts';
import { type Resource, rawTable, resourceName } from '../core/resource.ts';
import { bigQueryClient } from './bigquery-client.ts';
import { commitScript, HEAD_MOVED, type Places } from './bigquery-commit.ts';
import { type ClientError, explainedByBigQuery, JobError } from './bigquery-errors.ts';
import { Jobs, type Patience } from './bigquery-jobs.ts';
import { refusedRows } from './bigquery-refused.ts';
import { bigQueryType, literal } from './bigquery-sql.ts';
import { exportStaged, type StagedLoad, type StagedTable } from './bigquery-staging.ts';
import { ensureDatasets, ensureTables, HEAD, placeOf } from './bigquery-tables.ts';
import type { Committed, KnownFile, Landing } from './destination.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** A staging table that a killed process left behind goes after a day. */
const STAGING_LASTS = 24 * 3600 * 1000;

/** Opens the datasets of a tenant, with every table that a resource needs. */
export async function openBigQuery(
	home: string,
	settings: BigQuerySettings,
	resources: readonly Resource[],
	patience?: Patience
): Promise<Landing> {
	const client = bigQueryClient(settings);
	const jobs = new Jobs(client, settings.location, patience);
	const workbench = await openWorkbench(home);
	const explained = (error: unknown) => explainedByBigQuery(error, settings);
	try {
		await ensureDatasets(client, jobs, settings);
		await ensureTables(jobs, settings, resources);
		const warehouse = new Warehouse(settings, client, jobs, workbench, await readState(jobs, settings));
		return {
			...workbench,
			knownFiles: async (source, resource) => warehouse.knownFiles(source, resource),
			sources: async () => warehouse.sources(),
			keyFingerprint: (mine) => warehouse.keyFingerprint(mine),
			commit: (load, counts) => warehouse.commit(load, counts),
			explained
		};
	} catch (error) {
		workbench.close();
		throw explained(error);
	}
}

interface State {
	/** Number of the last load that was committed. */
	head: number;
	/** By `<source> <resource>`. */
	files: Map<string, KnownFile[]>;
	sources: string[];
	/** Fingerprint of the key that identifiers are hashed with. */
	key: string | undefined;
}

/** Read once a run, in one query: should anybody else commit meanwhile, the next commit of this run notices. */
async function readState(jobs: Jobs, settings: BigQuerySettings): Promise<State> {
	const raw = (table: string) => placeOf(settings, rawDataset(settings), table);
	const [state] = await jobs.rows(`select load_number as head,
		(select array_agg(distinct source) from ${raw('_loads')}) as sources,
		(select array_agg(struct(source as source, resource as resource, path as path, fingerprint as fingerprint) order by path, fingerprint) from ${raw('_files')}) as files,
		(select array_agg(fingerprint order by created_at, fingerprint) from ${placeOf(settings, restrictedDataset(settings), 'id_key')}) as keys
		from ${raw(HEAD)}`);
	const { head, sources, files, keys } = state as unknown as StateRow;
	return {
		head,
		sources: (sources ?? []).sort(),
		files: Map.groupBy(files ?? [], ({ source, resource }) => `${source} ${resource}`),
		key: keys?.[0]
	};
}

interface StateRow {
	head: number;
	sources: string[] | null;
	files: (KnownFile & { source: string; resource: string })[] | null;
	keys: string[] | null;
}

class Warehouse {
	readonly #settings: BigQuerySettings;
	readonly #client: BigQuery;
	readonly #jobs: Jobs;
	readonly #workbench: Workbench;
	readonly #state: State;

	constructor(settings: BigQuerySettings, client: BigQuery, jobs: Jobs, workbench: Workbench, state: State) {
		this.#settings = settings;
		this.#client = client;
		this.#jobs = jobs;
		this.#workbench = workbench;
		this.#state = state;
	}

	knownFiles(source: string, resource: string): KnownFile[] {
		return this.#state.files.get(`${source} ${resource}`) ?? [];
	}

	sources(): string[] {
		return this.#state.sources;
	}

	async keyFingerprint(mine: string): Promise<string> {
		if (this.#state.key !== undefined) return this.#state.key;
		const table = placeOf(this.#settings, restrictedDataset(this.#settings), 'id_key');
		// Of two first landings side by side the earlier key holds, for both.
		const [first] = await this.#jobs.rows(`
			insert into ${table} (fingerprint, created_at) select ${literal(mine)}, current_timestamp() from (select 1) where not exists (select 1 from ${table});
			select fingerprint from ${table} order by created_at, fingerprint limit 1`);
		return first?.['fingerprint'] as string;
	}

	async commit(load: Load, counts: Counts): Promise<Committed> {
		const staged = await exportStaged(this.#workbench.connection, load);
		// The same rows upon the same state are the same load, in whatever process: its job is found instead of sent again.
		const key = sha256(`${this.#state.head} ${staged.digest}`).slice(0, 24);
		const places = await this.#stage(load, staged, key);
		const began = performance.now();
		const script = commitScript(this.#settings, load, counts, staged, places, this.#state.head);
		const [result] = await this.#jobs.result(await this.#committed(load, script, key));
		this.#state.head++;
		await this.#unstage(staged, key);
		const { landed, changed, tombstoned } = result as unknown as Committed;
		return { landed, changed, tombstoned, mergeSeconds: (performance.now() - began) / 1000 };
	}

	async #stage(load: Load, staged: StagedLoad, key: string): Promise<Places> {
		const tables = this.#tables(staged, key);
		// Each is waited for, whatever becomes of the others: they read files that go when the load has failed.
		const filled = await Promise.allSettled(tables.map(({ dataset, name, table }) => table && this.#fill(load, dataset, name, table)));
		const failed = filled.find((result) => result.status === 'rejected');
		if (failed) throw failed.reason;
		const [rows = '', restricted = '', quarantined = ''] = tables.map(({ dataset, name }) => placeOf(this.#settings, dataset, name));
		return { rows, restricted, quarantined };
	}

	/** Plain personal values are staged where they stay: in the restricted dataset. */
	#tables({ rows, restricted, quarantined }: StagedLoad, key: string): { dataset: string; name: string; table: StagedTable | undefined }[] {
		const raw = rawDataset(this.#settings);
		return [
			{ dataset: raw, name: `_staged_${key}_rows`, table: rows },
			{ dataset: restrictedDataset(this.#settings), name: `_staged_${key}_identifiers`, table: restricted },
			{ dataset: raw, name: `_staged_${key}_quarantined`, table: quarantined }
		];
	}

	async #fill(load: Load, dataset: string, name: string, table: StagedTable): Promise<void> {
		const { location } = this.#settings;
		const target = this.#client.dataset(dataset).table(name, { location });
		const fields = table.columns.map((column) => ({ name: column.name, type: bigQueryType(column) }));
		const expirationTime = `${Date.now() + STAGING_LASTS}`;
		await this.#jobs.call(async () => {
			try {
				await this.#client.dataset(dataset).createTable(name, { schema: fields, expirationTime });
			} catch (error) {
				if ((error as ClientError).code !== 409) throw error;
				await target.setMetadata({ expirationTime });
			}
		});
		try {
			await this.#jobs.run({
				id: `onelane_${dataset}${name}`,
				adopt: false,
				send: (jobId) =>
					target.createLoadJob(table.file, {
						jobId,
						sourceFormat: 'PARQUET',
						schema: { fields },
						createDisposition: 'CREATE_NEVER',
						writeDisposition: 'WRITE_TRUNCATE'
					})
			});
		} catch (error) {
			throw error instanceof JobError ? await refusedRows(this.#workbench.connection, error, load, table) : error;
		}
	}

	async #committed(load: Load, query: string, key: string): Promise<Job> {
		const { location } = this.#settings;
		const id = `onelane_${rawDataset(this.#settings)}_${rawTable(load.resource)}_${key}`;
		try {
			return await this.#jobs.run({ id, adopt: true, send: (jobId) => this.#client.createQueryJob({ query, jobId, location }) });
		} catch (error) {
			if (error instanceof JobError && (error.message.includes(HEAD_MOVED) || /concurrent update/i.test(error.message))) {
				throw new IngestError(
					`Another landing was committed to ${rawDataset(this.#settings)} while ${resourceName(load.resource)} from "${load.source}" was on its way, so nothing of it was landed. Run ingest again.`
				);
			}
			throw error;
		}
	}

	/** Only tidying: what is left goes by itself. */
	async #unstage(staged: StagedLoad, key: string): Promise<void> {
		const tables = this.#tables(staged, key).filter(({ table }) => table);
		await Promise.allSettled(tables.map(({ dataset, name }) => this.#client.dataset(dataset).table(name).delete()));
	}
}

/**
 * Versions as datasets of BigQuery. `<prefix>_<version>` holds the marts; what only the build needs is in `<prefix>_<version>_work`,
 * which goes when the version is published; what the next increment needs in `<prefix>_<version>_kept`. `<prefix>_marts` has a view on each mart of the published version, for outsiders.
 */
import type { VersionPlace } from '../../contracts/pointer.ts';
import { bigQueryProblem, elsewhere, explainBigQuery } from '../../contracts/bigquery-errors.ts';
import {
	type BigQuerySettings,
	faceDataset,
	isEmulator,
	keptDataset,
	rawDataset,
	versionDataset,
	workDataset
} from '../../contracts/warehouse.ts';
import { IngestError } from '../../ingestion/core/errors.ts';
import { Jobs } from '../../ingestion/destinations/bigquery-jobs.ts';
import { checkTables } from '../../ingestion/destinations/bigquery-tables.ts';
import { sources } from '../../ingestion/sources/index.ts';
import { PipelineError } from '../errors.ts';
import { Client } from './bigquery-client.ts';
import { turnFace } from './bigquery-face.ts';
import { fetchTable } from './bigquery-fetch.ts';
import { sealDataset } from './bigquery-seal.ts';
import type { Warehouse } from './warehouse.ts';

const THREADS = '8';
const DAY_MS = 24 * 3600 * 1000;
/** A label by which builds that never ended are known. */
const STATE = 'onelane_state';

export function bigqueryWarehouse(settings: BigQuerySettings): Warehouse {
	const client = new Client(settings);
	const nameOf = (place: VersionPlace): string => {
		if ('dataset' in place) return place.dataset;
		throw new PipelineError(`The version is the file ${place.file}: set ONELANE_WAREHOUSE to "duckdb", or run "onelane refresh".`);
	};
	const drop = async (dataset: string) => {
		for (const name of [workDataset(dataset), keptDataset(dataset), dataset]) await client.dropDataset(name);
	};
	const copyTables = async (from: string, to: string) => {
		const { project } = settings;
		const statements = (await tablesOf(client, from)).map(
			(name) => `create table \`${project}.${to}.${name}\` copy \`${project}.${from}.${name}\``
		);
		await Promise.all(statements.map((statement) => client.rows(`copy a table of ${from}`, statement, to)));
	};

	return {
		rollups: false,
		checkLanded: async () => {
			const raw = rawDataset(settings);
			const found = await client.doing(`read dataset ${raw}`, async (bigquery) => {
				const [there] = await bigquery.dataset(raw).exists();
				return there ? ((await bigquery.dataset(raw).getMetadata()) as unknown as [{ location?: string }])[0] : null;
			});
			if (!found) {
				throw new PipelineError(
					`Nothing has been landed in ${settings.project}.${raw} yet: run "onelane ingest" or "onelane refresh" first, and check ONELANE_BIGQUERY_DATASET.`
				);
			}
			const wrong = elsewhere(raw, found.location, settings);
			if (wrong !== null) throw new PipelineError(wrong);
			await client.doing(`read the tables of ${raw}`, async (bigquery) => {
				try {
					await checkTables(new Jobs(bigquery, settings.location), settings, Object.values(sources).flat());
				} catch (error) {
					throw error instanceof IngestError ? new PipelineError(error.message) : error;
				}
			});
		},
		begin: async (version, copyOf) => {
			for (const left of await unfinished(client)) await drop(left);
			const dataset = versionDataset(settings, version);
			await client.makeDataset(dataset, { labels: { [STATE]: 'building' }, description: "A version of onelane's marts." });
			// Should the build end without a word, BigQuery itself clears up after it.
			await client.makeDataset(workDataset(dataset), { labels: { [STATE]: 'work' }, defaultTableExpirationMs: String(DAY_MS) });
			await client.makeDataset(keptDataset(dataset), { labels: { [STATE]: 'kept' } });
			if (copyOf) {
				await copyTables(nameOf(copyOf), dataset);
				await copyTables(keptDataset(nameOf(copyOf)), keptDataset(dataset));
			}
			return { dataset };
		},
		dbt: (place) => ({ target: 'bigquery', env: dbtEnvironment(settings, nameOf(place)) }),
		explain: (words) => (bigQueryProblem(words) === 'unknown' ? undefined : explainBigQuery(words, settings, 'build the models')),
		discard: (place) => drop(nameOf(place)),
		seal: async (place, tests) => {
			const reach = await sealDataset(client, nameOf(place), tests);
			await client.dropDataset(workDataset(nameOf(place)));
			return reach;
		},
		sizes: async (place) => {
			const dataset = nameOf(place);
			const tables = await tablesOf(client, dataset);
			return Promise.all(
				tables.map((name) =>
					client.doing(`read ${dataset}.${name}`, async (bigquery) => {
						const [{ numRows }] = (await bigquery.dataset(dataset).table(name).getMetadata()) as unknown as [{ numRows?: string }];
						return { name, rows: Number(numRows ?? 0), rollup: false };
					})
				)
			);
		},
		settle: async (place) => {
			const dataset = nameOf(place);
			await client.doing(`publish dataset ${dataset}`, (bigquery) =>
				bigquery.dataset(dataset).setMetadata({ labels: { [STATE]: 'published' } })
			);
			return { dataset };
		},
		exists: async (place) => {
			const dataset = nameOf(place);
			return client.doing(`read dataset ${dataset}`, async (bigquery) => (await bigquery.dataset(dataset).exists())[0]);
		},
		face: (place) => turnFace(client, nameOf(place), faceDataset(settings)),
		remove: (place) => drop(nameOf(place)),
		marts: async (place) => tablesOf(client, nameOf(place)),
		fetchMart: (place, mart, into) => fetchTable(client, nameOf(place), mart, into)
	};
}

export async function tablesOf(client: Client, dataset: string): Promise<string[]> {
	const [tables] = await client.doing(`read dataset ${dataset}`, (bigquery) => bigquery.dataset(dataset).getTables());
	return tables.map(({ id }) => id ?? '').sort();
}

/** One home writes to a prefix, and it holds its lock: a dataset that is still being built is one that nobody builds any more. */
async function unfinished(client: Client): Promise<string[]> {
	const prefix = `${client.settings.dataset}_v`;
	const [datasets] = await client.doing('list datasets', (bigquery) => bigquery.getDatasets());
	const names = datasets.flatMap(({ id, metadata }) => {
		const { labels } = (metadata ?? {}) as { labels?: Record<string, string> };
		return id?.startsWith(prefix) && labels?.[STATE] === 'building' ? [id] : [];
	});
	return names;
}

function dbtEnvironment(settings: BigQuerySettings, dataset: string): Record<string, string | undefined> {
	const { project, location, endpoint } = settings;
	return {
		ONELANE_BIGQUERY_METHOD: isEmulator(settings) ? 'oauth-secrets' : 'oauth',
		ONELANE_BIGQUERY_TOKEN: isEmulator(settings) ? 'emulator' : '',
		ONELANE_BIGQUERY_PROJECT: project,
		ONELANE_BIGQUERY_LOCATION: location,
		...(endpoint ? { ONELANE_BIGQUERY_API: endpoint } : {}),
		ONELANE_BUILD_DATASET: dataset,
		ONELANE_RAW_SCHEMA: rawDataset(settings),
		ONELANE_DBT_THREADS: process.env['ONELANE_DBT_THREADS'] ?? THREADS
	};
}

/** Reads one version's dataset of BigQuery for Cube: read-only by its service account's rights, with a ceiling on what a statement may cost. */
import { BigQueryDriver } from '@cubejs-backend/bigquery-driver';
import { StatementTimeoutError, VersionFileError } from './duckdb.ts';

export interface BigQueryLimits {
	project: string;
	location: string;
	/** Of an emulator or a private endpoint; undefined: Google's own. */
	endpoint: string | undefined;
	/** A statement that would bill more is refused before it runs. */
	maximumBytes: number;
	/** Statements that take longer are cancelled. */
	seconds: number;
}

export interface BigQueryDatasetOptions extends BigQueryLimits {
	/** Dataset with the marts of the version. */
	version: string;
}

type Statement = Parameters<BigQueryDriver['runQueryJob']>[0];

/** Refused by its price. */
export class StatementCostError extends Error {
	readonly status = 400;
}

/** Linear interpolation between the two nearest values, as `quantile_cont` does it; null of no values. */
const QUANTILE = `CREATE TEMP FUNCTION onelane_quantile(numbers ARRAY<FLOAT64>, share FLOAT64) AS ((
  SELECT sorted[SAFE_OFFSET(below)] + (sorted[SAFE_OFFSET(LEAST(below + 1, last))] - sorted[SAFE_OFFSET(below)]) * (place - below)
  FROM (
    SELECT ARRAY(SELECT number FROM UNNEST(numbers) AS number ORDER BY number) AS sorted, ARRAY_LENGTH(numbers) - 1 AS last,
      (ARRAY_LENGTH(numbers) - 1) * share AS place, CAST(FLOOR((ARRAY_LENGTH(numbers) - 1) * share) AS INT64) AS below
  )
));
`;

export class BigQueryDatasetDriver extends BigQueryDriver {
	readonly #options: BigQueryDatasetOptions;

	constructor(options: BigQueryDatasetOptions) {
		const { project, location, endpoint, seconds } = options;
		super({ projectId: project, location, readOnly: true, pollTimeout: seconds, ...(endpoint ? { apiEndpoint: endpoint } : {}) });
		this.#options = options;
	}

	/** @throws VersionFileError when the dataset is not there or may not be read */
	async ready(): Promise<void> {
		try {
			await this.bigquery.dataset(this.#options.version).getTables({ maxResults: 1, autoPaginate: false });
		} catch (error) {
			throw this.#explained(error);
		}
	}

	/** Costs nothing and needs no right beyond reading the version. */
	override async testConnection(): Promise<void> {
		await this.ready();
	}

	protected override async runQueryJob<T>(statement: Statement, options: unknown, withResults = true): Promise<T> {
		const { version, project, location, maximumBytes, seconds } = this.#options;
		const query = statement.query ?? '';
		try {
			return await super.runQueryJob<T>(
				{
					...statement,
					query: query.includes('onelane_quantile(') ? QUANTILE + query : query,
					location,
					defaultDataset: { projectId: project, datasetId: version },
					maximumBytesBilled: String(maximumBytes),
					jobTimeoutMs: seconds * 1000
				},
				options,
				withResults
			);
		} catch (error) {
			throw this.#explained(error);
		}
	}

	/** What Google says, as a sentence about what to do. */
	#explained(error: unknown): Error {
		const { project, location, version, endpoint, maximumBytes, seconds } = this.#options;
		const { code, message = String(error) } = error as { code?: number | string; message?: string };
		const dataset = `${project}.${version}`;
		if (/bytes billed/i.test(message)) {
			return new StatementCostError(
				`The query would read more than the ${gigabytes(maximumBytes)} GB that one query may: ask for a shorter period, or raise ONELANE_BIGQUERY_QUERY_GB.`
			);
		}
		if (/job timeout|timed out|Job timed/i.test(message))
			return new StatementTimeoutError(`The query took longer than ${seconds} s: ask for a shorter period or fewer members.`);
		if (typeof code === 'string' && /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT)/.test(code)) {
			return new VersionFileError(
				`BigQuery cannot be reached at ${endpoint ?? 'bigquery.googleapis.com'} (${code}): check the network and ONELANE_BIGQUERY_ENDPOINT.`
			);
		}
		if (/could not load the default credentials/i.test(message)) {
			return new VersionFileError(
				'There are no credentials for BigQuery: name a service account\'s file in GOOGLE_APPLICATION_CREDENTIALS, or run "gcloud auth application-default login".'
			);
		}
		if (/quota|rate limit/i.test(message))
			return new VersionFileError(`A quota of project ${project} is used up: wait, or raise it in the Google Cloud console. (${firstLine(message)})`);
		if (code === 403 || /access denied|permission/i.test(message)) {
			return new VersionFileError(
				`The service account may not read ${dataset}: give it "BigQuery Data Viewer" there and "BigQuery Job User" in ${project}. (${firstLine(message)})`
			);
		}
		if (code === 404 || /not found/i.test(message)) {
			return new VersionFileError(
				`The dataset ${dataset} is not in ${location}: run "npx onelane rollback" or "npx onelane refresh", and check ONELANE_BIGQUERY_LOCATION.`
			);
		}
		return error instanceof Error ? error : new Error(message);
	}
}

const gigabytes = (bytes: number) => Number((bytes / 1e9).toFixed(3)).toString();
const firstLine = (text: string) => text.split('\n')[0]?.slice(0, 200) ?? '';

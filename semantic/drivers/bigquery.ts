/** Reads one version's dataset of BigQuery for Cube: read-only by its service account's rights, with a ceiling on what a statement may cost. */
import { BigQueryDriver } from '@cubejs-backend/bigquery-driver';
import { PassThroughClient } from 'google-auth-library';
import { bigQueryProblem, explainBigQuery } from '../../contracts/bigquery-errors.ts';
import { type BigQuerySettings, isEmulator } from '../../contracts/warehouse.ts';
import { StatementTimeoutError, VersionFileError } from './duckdb.ts';

export interface BigQueryLimits extends Pick<BigQuerySettings, 'project' | 'location' | 'endpoint'> {
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
    SELECT sorted, ARRAY_LENGTH(sorted) - 1 AS last, (ARRAY_LENGTH(sorted) - 1) * share AS place,
      CAST(FLOOR((ARRAY_LENGTH(sorted) - 1) * share) AS INT64) AS below
    FROM (SELECT ARRAY(SELECT number FROM UNNEST(numbers) AS number WHERE number IS NOT NULL ORDER BY number) AS sorted)
  )
));
`;

export class BigQueryDatasetDriver extends BigQueryDriver {
	readonly #options: BigQueryDatasetOptions;

	constructor(options: BigQueryDatasetOptions) {
		const { project, location, endpoint, seconds } = options;
		super({
			projectId: project,
			location,
			readOnly: true,
			pollTimeout: seconds,
			...(endpoint ? { apiEndpoint: endpoint } : {}),
			...(isEmulator({ endpoint }) ? { authClient: new PassThroughClient() as never } : {})
		});
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

	#explained(error: unknown): Error {
		const { version, maximumBytes, seconds } = this.#options;
		const problem = bigQueryProblem(error);
		if (problem === 'cost') {
			return new StatementCostError(
				`The query would read more than the ${gigabytes(maximumBytes)} GB that one query may: ask for a shorter period, or raise ONELANE_BIGQUERY_QUERY_GB.`
			);
		}
		if (problem === 'time')
			return new StatementTimeoutError(`The query took longer than ${seconds} s: ask for a shorter period or fewer members.`);
		if (problem === 'unknown') return error instanceof Error ? error : new Error(String(error));
		return new VersionFileError(explainBigQuery(error, this.#options, `read dataset ${version}`));
	}
}

const gigabytes = (bytes: number) => Number((bytes / 1e9).toFixed(3)).toString();

/** The few calls that building and publishing make of BigQuery. */
import { createReadStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { BigQuery, Table, TableField } from '@google-cloud/bigquery';
import { bigQueryProblem, explainBigQuery } from '../../contracts/bigquery-errors.ts';
import type { BigQuerySettings } from '../../contracts/warehouse.ts';
import { bigQueryClient } from '../../ingestion/destinations/bigquery-client.ts';
import { PipelineError } from '../errors.ts';

export class Client {
	readonly bigquery: BigQuery;
	readonly settings: BigQuerySettings;

	constructor(settings: BigQuerySettings) {
		this.settings = settings;
		this.bigquery = bigQueryClient(settings, true);
	}

	/** Runs calls of the client. @throws PipelineError in words that say what to do */
	async doing<T>(what: string, work: (bigquery: BigQuery) => Promise<T>): Promise<T> {
		try {
			return await work(this.bigquery);
		} catch (error) {
			if (error instanceof PipelineError) throw error;
			throw new PipelineError(explainBigQuery(error, this.settings, what));
		}
	}

	async rows(what: string, query: string, dataset: string): Promise<Record<string, unknown>[]> {
		return this.doing(what, async (bigquery) => {
			const [job] = await bigquery.createQueryJob({ query, location: this.settings.location, defaultDataset: { datasetId: dataset } });
			const [rows] = await job.getQueryResults();
			return rows.map((row) =>
				Object.fromEntries(Object.entries(row as Record<string, unknown>).map(([key, value]) => [key, plain(value)]))
			);
		});
	}

	/** Makes an empty dataset where all are. */
	async makeDataset(name: string, options: object = {}): Promise<void> {
		await this.doing(`make dataset ${name}`, (bigquery) => bigquery.createDataset(name, { location: this.settings.location, ...options }));
	}

	async dropDataset(name: string): Promise<void> {
		await this.doing(`remove dataset ${name}`, async (bigquery) => {
			const [there] = await bigquery.dataset(name).exists();
			if (there) await bigquery.dataset(name).delete({ force: true });
		});
	}

	/** Loads lines of JSON into a table, which is replaced: where the connection breaks they are sent again. */
	async loadLines(dataset: string, table: string, fields: TableField[], file: string): Promise<void> {
		await this.doing(`load ${table}`, async (bigquery) => {
			for (let attempt = 1; ; attempt++) {
				try {
					return await sendLines(bigquery.dataset(dataset).table(table), fields, file);
				} catch (error) {
					if (bigQueryProblem(error) !== 'unreachable' || attempt >= TRIES) throw error;
					await pause(attempt * 1000);
				}
			}
		});
	}
}

const TRIES = 3;

function sendLines(table: Table, fields: TableField[], file: string): Promise<void> {
	const writing = table.createWriteStream({
		sourceFormat: 'NEWLINE_DELIMITED_JSON',
		schema: { fields },
		writeDisposition: 'WRITE_TRUNCATE'
	});
	return new Promise<void>((resolve, reject) => {
		createReadStream(file)
			.on('error', reject)
			.pipe(writing)
			.on('error', reject)
			.on('complete', () => resolve());
	});
}

/** Values of the client that are objects, as text: decimals, dates, times. */
export function plain(value: unknown): unknown {
	if (value === null || typeof value !== 'object') return value;
	if ('value' in value) return (value as { value: unknown }).value;
	return (value as object).constructor.name === 'Big' ? (value as { toFixed: () => string }).toFixed() : value;
}

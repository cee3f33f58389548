/** Landing on BigQuery against what a load job alone needs for the same rows, both with the emulator and in turn. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { config as schema } from '../contracts/config.ts';
import { type BigQuerySettings, rawDataset } from '../contracts/warehouse.ts';
import { bigQueryClient } from '../ingestion/destinations/bigquery-client.ts';
import { ingest, type ResourceReport } from '../ingestion/index.ts';
import type { Context } from '../pipeline/context.ts';
import type { Progress } from '../pipeline/progress.ts';
import { emulatorSettings, startEmulator } from '../testing/bigquery/emulator.ts';
import { type Figure, within } from './budgets.ts';
import type { BenchResult } from './index.ts';

interface Options {
	context: Context;
	rows: number;
	/** Pairs of a bare load and a landing. */
	rounds: number;
	progress: Progress;
}

const ID_KEY = 'a key of the benchmark that is long enough';
const LEADS = 'verticals/leads.csv';

export async function runBigQueryBench({ context, rows, rounds, progress }: Options): Promise<Omit<BenchResult, 'customers'>> {
	const began = Date.now();
	mkdirSync(join(context.home, 'bench'), { recursive: true });
	const scratch = mkdtempSync(join(context.home, 'bench', 'run-'));
	progress.line('starting the emulator of BigQuery');
	const emulator = await startEmulator();
	try {
		const folder = join(scratch, 'extracts');
		mkdirSync(join(folder, 'verticals'), { recursive: true });
		await writeRows(folder, rows);
		const bare: number[] = [];
		const staged: number[] = [];
		const merged: number[] = [];
		for (let round = 0; round < rounds; round++) {
			progress.line(`round ${round + 1} of ${rounds}`);
			const settings = emulatorSettings(emulator.endpoint, `bench_${round}`);
			const home = join(scratch, `home-${round}`);
			// Tables are made once in the life of a warehouse, so that they are no part of the figure.
			await land(home, settings, folder, ['reference']);
			const report = await land(home, settings, folder, ['verticals']);
			bare.push(await bareLoad(settings, join(folder, LEADS), join(scratch, 'bare.ndjson')));
			staged.push(report.seconds - report.seconds_merge);
			merged.push(report.seconds_merge);
		}
		const many = `${rows.toLocaleString('en')} rows`;
		const figures: Figure[] = [
			{
				group: 'bigquery',
				what: `${many}: bare load job`,
				value: median(bare),
				unit: 's',
				budget: null,
				note: 'the same rows as NDJSON, with a schema'
			},
			{
				group: 'bigquery',
				what: `${many}: read, checked, hashed and in the staging tables`,
				value: median(staged),
				unit: 's',
				budget: null
			},
			{
				group: 'bigquery',
				what: `${many}: staging takes … as long as the bare load job`,
				value: median(staged.map((seconds, i) => seconds / (bare[i] ?? 1))),
				unit: 'ratio',
				budget: { most: 3 },
				note: 'each round against its own'
			},
			{ group: 'bigquery', what: `${many}: merged in one transaction`, value: median(merged), unit: 's', budget: null }
		];
		return { figures: figures.map((figure) => ({ ...figure, within: within(figure) })), seconds: (Date.now() - began) / 1000 };
	} finally {
		await emulator.stop();
		rmSync(scratch, { recursive: true, force: true });
	}
}

async function writeRows(folder: string, rows: number): Promise<void> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const text = (name: string) => `null::varchar as ${name}`;
	await connection.run(`copy (
		select 'V' || i as portal_lead_id, ['autohome', 'yiche', 'dongchedi'][i % 3 + 1] as portal, strftime(timestamp '2026-01-01' + to_seconds(i * 60), '%Y-%m-%d %H:%M:%S') as captured_at,
			'王' || (i * 31 % 20000) as name, '139' || lpad((i * 7919 % 100000000)::varchar, 8, '0') as phone, ${list(['email', 'channel_id', 'campaign_id', 'event_id', 'series_id', 'product_id'].map(text))},
			'山东' as province, '临沂' as city, '120.00' as price, strftime(timestamp '2026-01-02' + to_seconds(i * 60), '%Y-%m-%d %H:%M:%S') as updated_at, ${text('deleted')}
		from range(${rows}) r(i)) to '${join(folder, LEADS)}' (format csv, header)`);
	connection.closeSync();
	instance.closeSync();
}

const list = (items: readonly string[]) => items.join(', ');

async function land(home: string, bigquery: BigQuerySettings, folder: string, only: string[]): Promise<ResourceReport> {
	const config = schema.parse({ sources: [{ kind: 'extracts', folder }] });
	const { resources } = await ingest({ home, config, configDir: folder, timezone: config.timezone, idKey: ID_KEY, bigquery, only });
	return resources[0] as ResourceReport;
}

const TYPED: Record<string, string> = { captured_at: 'TIMESTAMP', updated_at: 'TIMESTAMP', price: 'NUMERIC', deleted: 'BOOL' };

/** Seconds of a load job of the same rows as NDJSON, with a schema: typed rows, and nothing else of what landing does. */
async function bareLoad(settings: BigQuerySettings, csv: string, file: string): Promise<number> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	await connection.run(`copy (from read_csv('${csv}', all_varchar = true)) to '${file}' (format json)`);
	const columns = (await connection.runAndReadAll(`describe from read_csv('${csv}', all_varchar = true)`)).getRows();
	connection.closeSync();
	instance.closeSync();
	const fields = columns.map(([name]) => ({ name: name as string, type: TYPED[name as string] ?? 'STRING' }));
	const began = performance.now();
	const table = bigQueryClient(settings).dataset(rawDataset(settings)).table('bare', { location: settings.location });
	const [job] = await table.createLoadJob(file, { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema: { fields } });
	for (;;) {
		const [{ status }] = (await job.getMetadata()) as unknown as [{ status: { state: string; errorResult?: { message: string } } }];
		if (status.errorResult) throw new Error(`The bare load job failed: ${status.errorResult.message}`);
		if (status.state === 'DONE') return (performance.now() - began) / 1000;
		await new Promise((done) => setTimeout(done, 50));
	}
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Finishes an unpublished dataset: the results of its tests written, how far its data reaches read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestResult } from '../run-results.ts';
import type { Client } from './bigquery-client.ts';
import { dataDaysOf, DAYS_OF_FACTS, type Reach } from './warehouse.ts';

const FIELDS = [
	{ name: 'test_name', type: 'STRING' },
	{ name: 'model', type: 'STRING' },
	{ name: 'status', type: 'STRING' },
	{ name: 'failures', type: 'INTEGER' },
	{ name: 'ran_at', type: 'TIMESTAMP' }
];

export async function sealDataset(client: Client, dataset: string, tests: readonly TestResult[]): Promise<Reach> {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-seal-'));
	try {
		const file = join(folder, 'tests.json');
		writeFileSync(file, tests.map((test) => `${JSON.stringify(test)}\n`).join(''));
		await client.loadLines(dataset, 'rpt_test_results', FIELDS, file);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	const iso = (column: string) => `format_timestamp('%Y-%m-%dT%H:%M:%E3SZ', max(${column})) as ${column}`;
	const rows = await client.rows(
		'read the freshness of the sources',
		`select source, ${iso('loaded_at')}, ${iso('data_until')} from rpt_source_freshness where loaded_at is not null group by source order by source`,
		dataset
	);
	const [ends] = await client.rows('read the days of the facts', DAYS_OF_FACTS.replaceAll('varchar', 'string'), dataset);
	const freshness = rows.map((row) => ({
		source: String(row['source']),
		loaded_at: String(row['loaded_at']),
		data_until: row['data_until'] === null ? null : String(row['data_until'])
	}));
	return { freshness, days: dataDaysOf(ends) };
}

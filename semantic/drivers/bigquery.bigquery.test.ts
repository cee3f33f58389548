/** The driver against the emulator, and what it says when BigQuery refuses. */
import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { EMULATOR_LOCATION, EMULATOR_PROJECT } from '../../testing/bigquery/emulator.ts';
import { type Fault, type Proxy, startProxy } from '../../testing/bigquery/proxy.ts';
import { BigQueryDatasetDriver } from './bigquery.ts';
import { StatementTimeoutError, VersionFileError } from './duckdb.ts';

const direct = inject('bigQueryDirect');
const VERSION = 'driver_test';

describe.skipIf(direct === null)('a version that is a dataset', () => {
	let proxy: Proxy;
	let driver: BigQueryDatasetDriver;
	const made = (options: Partial<ConstructorParameters<typeof BigQueryDatasetDriver>[0]> = {}) =>
		new BigQueryDatasetDriver({
			project: EMULATOR_PROJECT,
			location: EMULATOR_LOCATION,
			endpoint: proxy.url,
			maximumBytes: 5e9,
			seconds: 20,
			version: VERSION,
			...options
		});

	beforeAll(async () => {
		proxy = await startProxy(direct ?? '');
		const client = new BigQuery({ projectId: EMULATOR_PROJECT, apiEndpoint: direct ?? '', authClient: new PassThroughClient() });
		await client.createDataset(VERSION, { location: EMULATOR_LOCATION });
		const statement = `create table ${VERSION}.t as select n, cast(n as float64) as x, date '2026-01-01' as day, timestamp '2026-01-01 10:00:00' as at,
			cast(1.5 as numeric) as money from unnest([1, 2, 3, 10]) as n`;
		const [job] = await client.createQueryJob({ query: statement });
		await job.getQueryResults();
		driver = made();
	});
	afterAll(async () => proxy?.close());

	test('answers from its own dataset, numbers as text', async () => {
		expect(await driver.query('SELECT n, money, day, at FROM t WHERE n = ?', [3])).toEqual([
			{ n: '3', money: '1.5', day: '2026-01-01', at: expect.stringMatching(/^2026-01-01T10:00:00/) as string }
		]);
	});

	test('brings its exact quantile along', async () => {
		const of = (share: string) => `onelane_quantile(ARRAY_AGG(x IGNORE NULLS LIMIT 100), ${share})`;
		expect(
			await driver.query(`SELECT ${of('0.5')} AS half, ${of('0.9')} AS most, ${of('0.0')} AS least, ${of('1.0')} AS greatest FROM t`, [])
		).toEqual([{ half: '2.5', most: expect.stringMatching(/^7\.(9|89999)/) as string, least: '1', greatest: '10' }]);
		expect(await driver.query(`SELECT ${of('0.5')} AS half FROM t WHERE n > 100`, [])).toEqual([{ half: null }]);
		const some = 'onelane_quantile(ARRAY_AGG(IF(n > 2, x, NULL) IGNORE NULLS LIMIT 100), 0.5)';
		expect(await driver.query(`SELECT ${some} AS half FROM t`, [])).toEqual([{ half: '6.5' }]);
	});

	const refused: [string, Fault, new (...args: never[]) => Error, RegExp][] = [
		[
			'costs too much',
			{
				status: 400,
				reason: 'bytesBilledLimitExceeded',
				message: 'Query exceeded limit for bytes billed: 5000000000. 6000000000 or higher required.'
			},
			Error,
			/more than the 5 GB .* raise ONELANE_BIGQUERY_QUERY_GB/
		],
		[
			'may not be read',
			{ status: 403, reason: 'accessDenied', message: 'Access Denied: Table t: User does not have permission to query table t.' },
			VersionFileError,
			/has no right to read dataset driver_test .*docs\/deploy\.md/
		],
		[
			'is over a quota',
			{ status: 403, reason: 'quotaExceeded', message: 'Quota exceeded: Your project exceeded quota for free query bytes scanned.' },
			VersionFileError,
			/A quota of project test-project is used up/
		],
		[
			'is in another location',
			{ status: 404, reason: 'notFound', message: 'Not found: Dataset p:driver_test was not found in location US' },
			VersionFileError,
			/check ONELANE_BIGQUERY_LOCATION/
		],
		[
			'takes too long',
			{ status: 400, reason: 'stopped', message: 'Job timed out after 20 s' },
			StatementTimeoutError,
			/took longer than 20 s/
		]
	];
	test.each(refused)(
		'a statement that %s is said to',
		async (_, fault, type, sentence) => {
			proxy.setFault(({ method, path }) => (method === 'POST' && /\/jobs/.test(path) ? fault : undefined));
			try {
				const asked = driver.query('SELECT n FROM t', []);
				await expect(asked).rejects.toThrow(type);
				await expect(driver.query('SELECT n FROM t', [])).rejects.toThrow(sentence);
			} finally {
				proxy.setFault(undefined);
			}
			expect(await driver.query('SELECT count(*) AS n FROM t', [])).toEqual([{ n: '4' }]);
		},
		60_000
	);

	test('a dataset that is gone, and an emulator that is not there, are said to be so', async () => {
		await expect(made({ version: 'driver_gone' }).ready()).rejects.toThrow(/dataset driver_gone.*is not in/i);
		await expect(made({ endpoint: 'http://127.0.0.1:9' }).ready()).rejects.toThrow(/cannot be reached at http:\/\/127\.0\.0\.1:9 /);
	}, 60_000);
});

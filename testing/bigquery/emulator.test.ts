import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import { expect, inject, test } from 'vitest';
import { EMULATOR_PROJECT } from './emulator.ts';

const endpoint = inject('bigQueryEndpoint');

test.skipIf(endpoint === null)('the emulator answers the real client, and names the table that a job made', async () => {
	const client = new BigQuery({
		projectId: EMULATOR_PROJECT,
		apiEndpoint: endpoint ?? '',
		authClient: new PassThroughClient()
	});
	await client.createDataset('harness', { location: 'US' });
	const [job] = await client.createQueryJob('create table harness.made as select 1 as one');
	await job.getQueryResults();
	const [metadata] = (await job.getMetadata()) as unknown as [{ configuration: { query: { destinationTable: unknown } } }];
	expect(metadata.configuration.query.destinationTable).toMatchObject({ datasetId: 'harness', tableId: 'made' });
	const [rows] = await client.query('select one from harness.made');
	expect(rows).toEqual([{ one: 1 }]);
});

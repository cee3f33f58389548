/** The client of BigQuery. Its own retries are off: bigquery-jobs.ts decides what may be tried again. */
import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import { isLoopback } from '../../contracts/environment.ts';
import type { BigQuerySettings } from '../../contracts/warehouse.ts';

/** Application default credentials, but for an endpoint on loopback: an emulator is asked without any. */
export function bigQueryClient({ project, endpoint, location }: BigQuerySettings): BigQuery {
	return new BigQuery({
		projectId: project,
		location,
		autoRetry: false,
		userAgent: 'onelane',
		...(endpoint !== undefined && { apiEndpoint: endpoint }),
		...(endpoint !== undefined && isLoopback(new URL(endpoint).hostname) && { authClient: new PassThroughClient() })
	});
}

/** The one client of BigQuery, for landing, building and publishing. */
import { BigQuery } from '@google-cloud/bigquery';
import { PassThroughClient } from 'google-auth-library';
import { type BigQuerySettings, isEmulator } from '../../contracts/warehouse.ts';

/**
 * Application default credentials, but for an emulator.
 * @param autoRetry the client's own retries: off where bigquery-jobs.ts decides what may be tried again
 */
export function bigQueryClient({ project, endpoint, location }: Omit<BigQuerySettings, 'dataset'>, autoRetry = false): BigQuery {
	return new BigQuery({
		projectId: project,
		location,
		autoRetry,
		userAgent: 'onelane',
		...(endpoint !== undefined && { apiEndpoint: endpoint }),
		...(isEmulator({ endpoint }) && { authClient: new PassThroughClient() })
	});
}

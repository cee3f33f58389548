import { expect, test } from 'vitest';
import { type BigQueryProblem, bigQueryProblem, explainBigQuery } from './bigquery-errors.ts';

const at = { project: 'brand-analytics', location: 'EU', endpoint: undefined };

/** Words of Google's API, of its clients for Node and Python, and of dbt. */
const SAID: [BigQueryProblem, string, RegExp][] = [
	[
		'credentials',
		'Could not load the default credentials. Browse to https://cloud.google.com/docs/authentication for more.',
		/GOOGLE_APPLICATION_CREDENTIALS/
	],
	['credentials', 'invalid_grant: Account has been deleted', /GOOGLE_APPLICATION_CREDENTIALS/],
	['unreachable', 'connect ECONNREFUSED 127.0.0.1:9050', /cannot be reached at https:\/\/bigquery\.googleapis\.com/],
	[
		'unreachable',
		"HTTPConnectionPool(host='127.0.0.1', port=9050): Max retries exceeded (Caused by NewConnectionError: Connection refused)",
		/cannot be reached/
	],
	['project', 'Not found: Project brand-analytics', /check ONELANE_BIGQUERY_PROJECT/],
	['project', 'BigQuery API has not been used in project 1 before or it is disabled.', /enable its BigQuery API/],
	[
		'permission',
		'Access Denied: Dataset brand:onelane_raw: Permission bigquery.datasets.get denied on dataset brand:onelane_raw (or it may not exist).',
		/docs\/deploy\.md/
	],
	['permission', 'Access Denied: Project brand: User does not have bigquery.jobs.create permission in project brand.', /docs\/deploy\.md/],
	['quota', 'Quota exceeded: Your project exceeded quota for concurrent queries.', /A quota of project brand-analytics is used up/],
	['quota', 'Exceeded rate limits: too many table update operations for this table.', /A quota/],
	['cost', 'Query exceeded limit for bytes billed: 1000000. 10485760 or higher required.', /refused to read that much/],
	['time', 'Job timed out after 1800 s', /took too long/],
	['location', 'Not found: Dataset brand:onelane_raw was not found in location US', /check ONELANE_BIGQUERY_LOCATION/],
	['missing', 'Not found: Table brand:onelane_raw.crm__leads', /_LOCATION and _DATASET/],
	['drifted', 'Unrecognized name: series_code; Did you mean series? at [12:3]', /somebody changed it in the warehouse/],
	['unknown', 'Division by zero: 1 / 0', /Division by zero/]
];

test.each(SAID)('%s: %s', (problem, message, sentence) => {
	expect(bigQueryProblem(new Error(message))).toBe(problem);
	const text = explainBigQuery(new Error(message), at, 'read dataset onelane_raw');
	expect(text).toMatch(sentence);
	expect(text).toMatch(/^[A-Z].*[.)]$/);
});

test('reasons and codes count as much as words', () => {
	expect(bigQueryProblem({ message: 'Forbidden', errors: [{ reason: 'quotaExceeded' }] })).toBe('quota');
	expect(bigQueryProblem({ message: 'request failed', code: 'ENOTFOUND' })).toBe('unreachable');
	expect(bigQueryProblem({ message: 'The job failed.', reason: 'accessDenied' })).toBe('permission');
	expect(bigQueryProblem({ message: 'no words', code: 429 })).toBe('quota');
});

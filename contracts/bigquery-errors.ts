/** What BigQuery's errors mean for whoever runs onelane: one sentence each that says what, where and what to do. */
import type { BigQuerySettings } from './warehouse.ts';

export type BigQueryProblem =
	'unreachable' | 'credentials' | 'project' | 'permission' | 'quota' | 'cost' | 'time' | 'location' | 'missing' | 'drifted' | 'unknown';

/** By the words of Google's API and of its clients; the first that fits. */
const WORDS: readonly [BigQueryProblem, RegExp][] = [
	[
		'credentials',
		/could not (load|automatically determine) (the default )?credentials|invalid_(grant|rapt|client)|unauthorized_client|default credentials were not found/i
	],
	[
		'unreachable',
		/ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|socket hang up|Connection refused|Failed to establish a new connection|Name or service not known|fetch failed/i
	],
	['cost', /bytes billed|bytesBilledLimitExceeded/i],
	['time', /job timed? ?out|job timeout|jobTimeoutMs|Operation timed out after/i],
	['quota', /quota ?exceeded|exceeded (your )?(\w+ )*quota|rate ?limit ?exceeded|Exceeded rate limits|quotaExceeded/i],
	['permission', /access denied|accessDenied|permission (denied|\S+ denied)|does not have (bigquery\.|permission)|Forbidden/i],
	[
		'project',
		/(The project \S+ (has not enabled BigQuery|was not found)|unknown project|Not found: Project|Invalid project|bigquery api has not been used)/i
	],
	['location', /was not found in location|not found in location|Cannot (read and write|query) (in different|across) (locations|regions)/i],
	['drifted', /Unrecognized name|Name \S+ not found inside|No matching signature for/i],
	['missing', /not found/i]
];

/** What a status of HTTP means when its words say nothing. */
const STATUS: Record<string, BigQueryProblem> = { 401: 'credentials', 403: 'permission', 429: 'quota' };

export function bigQueryProblem(error: unknown): BigQueryProblem {
	const text = wordsOf(error);
	const { code } = (error ?? {}) as { code?: unknown };
	return WORDS.find(([, words]) => words.test(text))?.[0] ?? STATUS[String(code)] ?? 'unknown';
}

/** @param what was to be done, such as "read dataset onelane_raw" */
export function explainBigQuery(error: unknown, at: Pick<BigQuerySettings, 'project' | 'location' | 'endpoint'>, what: string): string {
	const said = firstLine(messageOf(error));
	switch (bigQueryProblem(error)) {
		case 'unreachable':
			return `BigQuery cannot be reached at ${at.endpoint ?? 'https://bigquery.googleapis.com'} (${what}): check the network and ONELANE_BIGQUERY_ENDPOINT.`;
		case 'credentials':
			return 'There are no valid credentials for BigQuery: name a service account\'s file in GOOGLE_APPLICATION_CREDENTIALS, or run "gcloud auth application-default login".';
		case 'project':
			return `The project ${at.project} is not there or has no BigQuery (${what}): check ONELANE_BIGQUERY_PROJECT, and enable its BigQuery API.`;
		case 'permission':
			return `The account has no right to ${what} in project ${at.project}: give it the roles of docs/deploy.md. (${said})`;
		case 'quota':
			return `A quota of project ${at.project} is used up (${what}): wait until it is renewed, or raise it in the Google Cloud console. (${said})`;
		case 'cost':
			return `BigQuery refused to read that much (${what}): ask for less, or raise the ceiling that docs/deploy.md names. (${said})`;
		case 'time':
			return `BigQuery took too long (${what}): try again, or allow more time as docs/deploy.md says. (${said})`;
		case 'location':
			return `BigQuery cannot ${what}, for a dataset that it needs is not in ${at.location}: all datasets of a brand are in one location, so check ONELANE_BIGQUERY_LOCATION. (${said})`;
		case 'missing':
			return `BigQuery cannot ${what}, for what it needs is not in project ${at.project} at ${at.location}: check ONELANE_BIGQUERY_PROJECT, _LOCATION and _DATASET. (${said})`;
		case 'drifted':
			return `BigQuery cannot ${what}, for a table is not as it was made: somebody changed it in the warehouse, or a model was edited. Bring it back as it was; BigQuery keeps seven days of a table. (${said})`;
		default:
			return `BigQuery could not do it (${what}): ${said.replace(/\.?$/, '.')}`;
	}
}

/** All that may tell what it is. */
function wordsOf(error: unknown): string {
	const { code, reason, errors } = (error ?? {}) as Record<'code' | 'reason', unknown> & { errors?: { reason?: string }[] };
	const words = [messageOf(error), code, reason, ...(Array.isArray(errors) ? errors.map((each) => each.reason) : [])];
	return words.filter((word) => typeof word === 'string').join(' ');
}

function messageOf(error: unknown): string {
	const { message } = (error ?? {}) as { message?: unknown };
	return typeof message === 'string' ? message : String(error);
}

const firstLine = (text: string) => text.split('\n')[0]?.trim().slice(0, 300) ?? '';

/** @param found where the dataset is, which BigQuery never moves */
export function elsewhere(dataset: string, found: string | undefined, { location }: Pick<BigQuerySettings, 'location'>): string | null {
	if (found?.toLowerCase() === location.toLowerCase()) return null;
	return `Dataset ${dataset} is in ${found}, and ONELANE_BIGQUERY_LOCATION is "${location}". Set it to "${found}", or choose another ONELANE_BIGQUERY_DATASET; BigQuery moves no dataset.`;
}

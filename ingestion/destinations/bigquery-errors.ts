/** What BigQuery says when something goes wrong, as sentences that say what, where and what to do. */
import type { BigQuerySettings } from '../../contracts/warehouse.ts';
import { IngestError } from '../core/errors.ts';

interface ErrorItem {
	reason?: string;
	message?: string;
	location?: string;
}

export interface JobStatus {
	state?: string;
	errorResult?: ErrorItem;
	errors?: ErrorItem[];
}

/** A job that ended with an error: nothing of it is in its table. */
export class JobError extends Error {
	readonly reason: string;
	readonly jobId: string;
	/** One item a row or column, as far as BigQuery tells. */
	readonly items: readonly ErrorItem[];

	constructor(jobId: string, status: JobStatus) {
		super(status.errorResult?.message ?? 'The job failed.');
		this.jobId = jobId;
		this.reason = status.errorResult?.reason ?? 'unknown';
		this.items = status.errors ?? [];
	}
}

/** What the client throws for an answer of HTTP, and for none. */
export interface ClientError extends Error {
	/** Status of HTTP, or what the network said. */
	code?: number | string;
	errors?: ErrorItem[];
}

const PASSING_REASONS =
	/^(rateLimitExceeded|quotaExceeded|jobRateLimitExceeded|backendError|internalError|jobBackendError|jobInternalError|tableUnavailable)$/;
const PASSING_CODES: readonly unknown[] = [408, 429, 500, 502, 503, 504, 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'];
const NOT_THERE: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'];

/** Nobody knows whether a request that got no answer was carried out. */
export function isUnanswered(error: unknown): boolean {
	const { code, message = '' } = error as ClientError;
	return typeof code === 'string'
		? code !== 'ECONNREFUSED' && code.startsWith('E')
		: /socket hang up|network|premature close/i.test(message);
}

/** Worth another try a little later. */
export function isPassing(error: unknown): boolean {
	if (error instanceof JobError) return PASSING_REASONS.test(error.reason);
	return PASSING_CODES.includes((error as ClientError).code) || PASSING_REASONS.test(reasonOf(error)) || isBroken(error);
}

function isBroken(error: unknown): boolean {
	return (error as ClientError).code === undefined && isUnanswered(error);
}

export function reasonOf(error: unknown): string {
	if (error instanceof JobError) return error.reason;
	return (error as ClientError).errors?.[0]?.reason ?? '';
}

/** Errors of BigQuery as an {@link IngestError}; others as they are. */
export function explainedByBigQuery(error: unknown, settings: BigQuerySettings): unknown {
	if (!(error instanceof Error) || error instanceof IngestError) return error;
	const { code } = error as ClientError;
	const reason = reasonOf(error);
	const { project, endpoint, location, dataset } = settings;
	const said = firstLine(error.message);
	const nothing = 'What was landed before is unharmed, and nothing of this load was.';
	if (NOT_THERE.includes(code)) {
		return new IngestError(
			endpoint === undefined
				? `BigQuery cannot be reached (${code}): check the network and its proxy, and run ingest again.`
				: `Nothing answers at ${endpoint} (${code}): start what should, or correct ONELANE_BIGQUERY_ENDPOINT (without it Google's own BigQuery is asked).`
		);
	}
	if (/default credentials|invalid_grant|invalid_client|unauthorized_client/i.test(said) || code === 401) {
		return new IngestError(
			`BigQuery knows no credentials (${said}): name the key file of a service account in GOOGLE_APPLICATION_CREDENTIALS, or run where one is attached.`
		);
	}
	if (/quotaExceeded|rateLimitExceeded/i.test(reason) || code === 429) {
		return new IngestError(
			`A quota of project ${project} is used up (${said}), after several tries. ${nothing} Run ingest again later, or ask for a higher quota.`
		);
	}
	if (code === 403 || reason === 'accessDenied') {
		return new IngestError(
			`BigQuery does not permit it: ${said} ${nothing} Grant the service account BigQuery Job User on project ${project} and BigQuery Data Editor on the datasets ${dataset}_raw and ${dataset}_restricted.`
		);
	}
	if (/not found: project|invalid project|project .* not found|has not enabled bigquery/i.test(said)) {
		return new IngestError(
			`Project "${project}" cannot be used (${said}): check ONELANE_BIGQUERY_PROJECT, and that BigQuery is enabled in it.`
		);
	}
	if (/not found in location|location .* (is )?(not|un)/i.test(said)) {
		return new IngestError(`A dataset is not in ${location} (${said}): set ONELANE_BIGQUERY_LOCATION to where ${dataset}_raw is.`);
	}
	if (error instanceof JobError || typeof code === 'number' || isPassing(error)) {
		const job = error instanceof JobError ? ` (job ${error.jobId})` : '';
		return new IngestError(`BigQuery gave up${job}: ${said} ${nothing} Run ingest again.`);
	}
	return error;
}

function firstLine(message: string): string {
	const line = message.split('\n')[0]?.trim() ?? '';
	return /[.!?]$/.test(line) ? line : `${line}.`;
}

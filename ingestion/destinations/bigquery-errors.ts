/** What may be tried again of that which goes wrong at BigQuery, and what a landing says of the rest. */
import { bigQueryProblem, explainBigQuery } from '../../contracts/bigquery-errors.ts';
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
	const job = error instanceof JobError ? error.jobId : undefined;
	const known = bigQueryProblem(error) !== 'unknown' || typeof (error as ClientError).code === 'number' || isPassing(error);
	if (!known && job === undefined) return error;
	const what = `land what was delivered${job === undefined ? '' : ` in job ${job}`}`;
	return new IngestError(`${explainBigQuery(error, settings, what)} What was landed before is unharmed, and nothing of this load was.`);
}

/** Errors that a person can mend: their message is one sentence that says what, where and what to do. */

/** Ends a command with exit code 1. */
export class PipelineError extends Error {
	override name = 'PipelineError';
	/** Data tests that failed, when that is why. */
	failedTests: { name: string; failures: number | null }[] = [];
	/** Whether the warehouse refused, as it would again. */
	refused = false;
}

/** Ends a command with exit code 2: it was called in a way that means nothing. */
export class UsageError extends Error {
	override name = 'UsageError';
}

/** A sentence for anything that was thrown: our own errors speak for themselves, a bug keeps its name. */
export function sentence(error: unknown): string {
	if (error instanceof Error) return error.message === '' ? error.name : error.message;
	return String(error);
}

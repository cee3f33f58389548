/**
 * Jobs that are never done twice. A job's id is made of what it does and of the attempt, so that BigQuery itself refuses a
 * second one: an id that exists is looked up instead, whoever sent it and whatever became of that process.
 */
import type { BigQuery, Job } from '@google-cloud/bigquery';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClientError, isPassing, isUnanswered, JobError, type JobStatus } from './bigquery-errors.ts';

export interface Patience {
	/** How often something is tried that BigQuery is too busy for. */
	tries: number;
	/** Milliseconds before the second try; each later wait is twice the one before. */
	firstWait: number;
}

const PATIENCE: Patience = { tries: 6, firstWait: 1000 };
const MOST_ATTEMPTS = 1000;
const POLL = { first: 100, most: 2000 };

export type Row = Record<string, unknown>;

export interface NamedJob {
	/** The same for the same work on the same state. */
	id: string;
	/** Sends the job under an id. */
	send(id: string): Promise<unknown>;
	/** True where a job that another process sent and that ended well has done the work; else it is done again. */
	adopt: boolean;
}

export class Jobs {
	readonly #client: BigQuery;
	readonly #location: string;
	readonly #patience: Patience;

	constructor(client: BigQuery, location: string, patience: Patience = PATIENCE) {
		this.#client = client;
		this.#location = location;
		this.#patience = patience;
	}

	/** A request that may be sent more than once. */
	async call<T>(request: () => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await request();
			} catch (error) {
				if (!isPassing(error) || attempt >= this.#patience.tries) throw error;
				await pause(this.#waitAfter(attempt));
			}
		}
	}

	/** Rows of a query that changes nothing, or that may be repeated. */
	async rows(query: string): Promise<Row[]> {
		return this.call(async () => {
			const [job] = await this.#client.createQueryJob({ query, location: this.#location });
			await this.#end(job);
			return this.result(job);
		});
	}

	/** Rows of a job that has ended; of a script, those of its last SELECT. */
	async result(job: Job): Promise<Row[]> {
		const [rows] = await this.call(() => job.getQueryResults());
		return rows as Row[];
	}

	/** @throws JobError when the work cannot be done */
	async run({ id, send, adopt }: NamedJob): Promise<Job> {
		for (let attempt = 1, failures = 0; attempt <= MOST_ATTEMPTS; attempt++) {
			const { job, mine } = await this.#send(`${id}_${attempt}`, send);
			try {
				await this.#end(job);
				if (mine || adopt) return job;
			} catch (error) {
				// That of an earlier run: its cause may be gone.
				if (error instanceof JobError && !mine) continue;
				if (!isPassing(error) || ++failures >= this.#patience.tries) throw error;
				await pause(this.#waitAfter(failures));
			}
		}
		throw new Error(`Job ${id} was tried ${MOST_ATTEMPTS} times.`);
	}

	async #send(id: string, send: NamedJob['send']): Promise<{ job: Job; mine: boolean }> {
		const job = this.#client.job(id, { location: this.#location });
		let unanswered = false;
		return this.call(async () => {
			try {
				await send(id);
				return { job, mine: true };
			} catch (error) {
				const { code, errors } = error as ClientError;
				if (code === 409) return { job, mine: unanswered };
				// The answer is about a job that was taken and has failed already.
				if (code === undefined && errors) return { job, mine: true };
				unanswered ||= isUnanswered(error);
				throw error;
			}
		});
	}

	/** @throws JobError */
	async #end(job: Job): Promise<void> {
		for (let wait = POLL.first; ; wait = Math.min(wait * 1.5, POLL.most)) {
			const [metadata] = (await this.call(() => job.getMetadata())) as unknown as [{ status: JobStatus }];
			const { status } = metadata;
			if (status.state === 'DONE') {
				if (status.errorResult) throw new JobError(job.id ?? '', status);
				return;
			}
			await pause(wait);
		}
	}

	#waitAfter(attempt: number): number {
		return this.#patience.firstWait * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
	}
}

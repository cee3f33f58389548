/** Calls of Cube's gateway as functions: its routes are never mounted, so what is not here does not exist. */
import { randomUUID } from 'node:crypto';
import type { SemanticQuery } from '../contracts/semantic.ts';
import type { Claims } from '../contracts/claims.ts';
import './cache/cube-queue.ts';
import './cache/cube-results.ts';
import type { Members } from './access/members.ts';
import { CONTINUE_WAIT, type Context, type Cube } from './cube.ts';
import type { Opened } from './versions.ts';
import { ASK_LESS, CANCELLED, MEND, VersionDriver } from './drivers/duckdb.ts';
import { rollupTables, withBuiltNames } from './rollups/tables.ts';
import { tidy, type Result } from './tidy.ts';
import { Turns } from './turns.ts';

export class CubeError extends Error {
	readonly status: number;
	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}

interface Wrapper extends Result {
	isWrapper: true;
	getFinalResult: () => Promise<ArrayBuffer>;
}

type Message = Wrapper | Record<string, unknown> | Record<string, unknown>[];
type Respond = (message: Message, options?: { status?: number }) => void | Promise<void>;

interface Gateway {
	load: (request: { query: object; context: Context; res: Respond; queryType?: string; cacheMode: string }) => Promise<void>;
	sql: (request: { query: object; context: Context; res: Respond }) => Promise<void>;
	dryRun: (request: { query: object; context: Context; res: Respond }) => Promise<void>;
	meta: (request: { context: Context; res: Respond; onlyViews: boolean }) => Promise<void>;
}

export interface Loading {
	multi: boolean;
	figuresOnly: boolean;
	opened: Opened;
	who: Claims;
	members: Members;
	/** Ends the statement when nobody waits for it. */
	signal: AbortSignal | undefined;
}

const ROLLUP_MISSING = /^No pre-aggregation partitions were built/;

export class GatewayCalls {
	readonly #gateway: Gateway;
	readonly #cube: Cube;
	readonly #turns: Turns;

	/** @param atOnce questions that Cube works on; the others wait in front of it, where leaving is free */
	constructor(cube: Cube, atOnce: number) {
		this.#cube = cube;
		this.#turns = new Turns(atOnce);
		// Protected, for it is meant for Cube's own routes.
		this.#gateway = (cube.core as unknown as { apiGateway: () => Gateway }).apiGateway();
	}

	/** Bytes of JSON, ready to be sent. */
	async load(query: SemanticQuery, how: Loading): Promise<Buffer> {
		return this.#turns.take(() => this.#loadOrFacts(query, how), how.signal);
	}

	async #loadOrFacts(query: SemanticQuery, how: Loading): Promise<Buffer> {
		const { opened } = how;
		try {
			return await this.#load(query, how);
		} catch (error) {
			if (!(opened.rollups && error instanceof CubeError && ROLLUP_MISSING.test(error.message))) throw error;
			// Built by another release than the one that serves: the facts are still there, and slower is better than nothing.
			opened.rollups = false;
			return this.#load(query, how);
		}
	}

	async #load(query: SemanticQuery, { multi, figuresOnly, opened, who, members, signal }: Loading): Promise<Buffer> {
		const asked = context(opened, who);
		const driver = this.#cube.driver(opened);
		// A job of BigQuery runs to its end, within its limits of time and bytes.
		const interruptible = driver instanceof VersionDriver ? driver : null;
		interruptible?.attend(asked.requestId);
		try {
			// Answers are kept in front of Cube, so its own cache is never asked.
			const request = { query, context: asked, cacheMode: 'no-cache', ...(multi ? { queryType: 'multi' } : {}) };
			return await patiently(
				() =>
					answered(
						(res) => this.#gateway.load({ ...request, res }),
						(result) => tidy(result, members, figuresOnly)
					),
				signal
			);
		} finally {
			interruptible?.leave(asked.requestId);
			await this.#cube.forget();
		}
	}

	async sql(query: SemanticQuery, opened: Opened, who: Claims): Promise<unknown> {
		const made = () => answered((res) => this.#gateway.sql({ query, context: context(opened, who), res }));
		const said = JSON.parse((await this.#turns.take(made)).toString()) as { sql?: { sql?: [string, ...unknown[]] } };
		const driver = this.#cube.driver(opened);
		// Whoever copies the statement should be able to run it.
		if (said.sql?.sql && opened.rollups && driver instanceof VersionDriver)
			said.sql.sql[0] = withBuiltNames(said.sql.sql[0], await rollupTables(driver));
		return said;
	}

	async dryRun(query: SemanticQuery, opened: Opened, who: Claims): Promise<unknown> {
		const made = () => answered((res) => this.#gateway.dryRun({ query, context: context(opened, who), res }));
		return JSON.parse((await this.#turns.take(made)).toString());
	}

	/** All views, as the model says them; needs no data. */
	async meta(): Promise<unknown> {
		const nobody: Context = {
			securityContext: { version: 'model', place: { file: '' }, rollups: true, who: null },
			requestId: randomUUID()
		};
		return JSON.parse((await answered((res) => this.#gateway.meta({ context: nobody, res, onlyViews: true }))).toString());
	}
}

function context({ version, place, rollups }: Opened, who: Claims): Context {
	return { securityContext: { version, place, rollups, who }, requestId: randomUUID() };
}

async function answered(call: (respond: Respond) => Promise<void>, finish?: (result: Result) => void): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const respond: Respond = async (message, { status = 200 } = {}) => {
			try {
				if ('isWrapper' in message) finish?.(message as Wrapper);
				resolve(await bytes(message, status));
			} catch (error) {
				reject(error instanceof Error ? error : new Error(String(error)));
			}
		};
		call(respond).catch(reject);
	});
}

/**
 * A statement that takes long is asked for again until it is done; the driver interrupts it at its limit. Cube runs the same statement once
 * for two who ask it: when it was cancelled because the other one left, it is asked for again. Whoever leaves is let go at once.
 */
async function patiently(ask: () => Promise<Buffer>, signal?: AbortSignal): Promise<Buffer> {
	const left = new Promise<never>((_, reject) => {
		signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
	for (;;) {
		signal?.throwIfAborted();
		try {
			return await Promise.race([ask(), left]);
		} catch (error) {
			if (!(error instanceof CubeError && (error.message === CONTINUE_WAIT || error.message.includes(CANCELLED)))) throw error;
		}
	}
}

async function bytes(message: Message, status: number): Promise<Buffer> {
	if ('isWrapper' in message) return Buffer.from(await (message as Wrapper).getFinalResult());
	const { error } = message as { error?: unknown };
	if (typeof error === 'string') throw new CubeError(error.replace(/^(Error: )+/, ''), statusOf(error, status));
	return Buffer.from(JSON.stringify(message));
}

/** Cube says 400 of whatever a driver throws. */
function statusOf(error: string, status: number): number {
	if (error.includes(ASK_LESS)) return 400;
	if (error.includes(MEND)) return 503;
	return status === 200 ? 500 : status;
}

/** Opens one version's DuckDB file for Cube: read-only, in UTC, cut off from files and network, with limits that hold. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { buildTransform, convertDuckDBParams, transformChunk } from '@cubejs-backend/duckdb-driver/dist/src/Transform.js';
import { DuckDBDriver } from '@cubejs-backend/duckdb-driver';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { withLiterals } from './literals.ts';

export interface VersionDriverOptions {
	file: string;
	/** `write` is for the one process that builds rollups into an unpublished file. */
	access: 'read' | 'write';
	/** Such as "384MB"; what does not fit spills beside the file. */
	memory: string;
	/** Of one statement, on a file that is worth dividing. */
	threads: number;
	/** Statements that take longer are interrupted. */
	seconds: number;
	connections: number;
}

const SPILL = '2GB';

/**
 * Bytes. Statements on a smaller file take milliseconds, of which handing parts to other threads and back costs two in five; there each runs
 * on a thread of its own, beside others. On a greater one a single reader would wait for twice as long.
 */
const WORTH_DIVIDING = 1024 ** 3;

export class StatementTimeoutError extends Error {}

/** How sentences end that a query is refused with because it is too much. */
export const ASK_LESS = ': ask for a shorter period or fewer members.';

export class StatementMemoryError extends Error {
	constructor() {
		super(`The query needs more memory than it may use${ASK_LESS}`);
	}
}

export const CANCELLED = 'The query was cancelled, for nobody waits for its answer.';

export class StatementCancelledError extends Error {
	constructor() {
		super(CANCELLED);
	}
}

/** What runs for a request that somebody waits for. */
type Running = Set<DuckDBConnection>;

export class VersionFileError extends Error {
	readonly status = 503;
}

/** How sentences end that tell of a version which can't be read. */
export const MEND = ': run "onelane rollback" to serve the version before, or "onelane refresh" for a new one.';

/** What DuckDB says of a block or a file that is not what was written. */
const DAMAGED = /Corrupt database file|Could not read enough bytes|database has been invalidated/i;

function damaged(file: string): VersionFileError {
	return new VersionFileError(`The data file ${basename(file)} is damaged${MEND}`);
}

interface Opened {
	instance: DuckDBInstance;
	defaultConnection: DuckDBConnection;
	idle: DuckDBConnection[];
}

export class VersionDriver extends DuckDBDriver {
	readonly #options: VersionDriverOptions;
	readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];
	readonly #attended = new Map<string, Running>();
	#opened: Promise<Opened> | undefined;
	#running = 0;
	#damage: VersionFileError | null = null;
	#drained: (() => void) | undefined;

	constructor(options: VersionDriverOptions) {
		super({ databasePath: options.file });
		this.#options = options;
	}

	/** The stock driver opens the file for writing and swallows errors of its settings: here they surface. */
	protected override async init(): Promise<Opened> {
		this.#opened ??= open(this.#options);
		try {
			return await this.#opened;
		} catch (error) {
			this.#opened = undefined;
			throw error;
		}
	}

	/** @param options Cube hands over which request the statement is for */
	override async query<R = unknown>(sql: string, values: unknown[] = [], options: { requestId?: string } = {}): Promise<R[]> {
		// Counted before anything is awaited, so that closing never overtakes a statement.
		this.#running++;
		try {
			const opened = await this.init();
			const connection = await this.#take(opened);
			try {
				return (await this.#run(connection, sql, values, options.requestId)) as R[];
			} finally {
				this.#give(opened, connection);
			}
		} finally {
			if (--this.#running === 0) this.#drained?.();
		}
	}

	/** @throws VersionFileError when the file can't be opened, or a statement found it damaged inside */
	async check(): Promise<void> {
		if (this.#damage) throw this.#damage;
		await this.init();
	}

	/** From here until `leave`, statements of this request run. */
	attend(requestId: string): void {
		this.#attended.set(requestId, new Set());
	}

	/**
	 * Nobody waits for the request any more: what still runs for it is interrupted, from within DuckDB, so that the processor is free at once;
	 * and what Cube's queue hands over later does not begin.
	 */
	leave(requestId: string): void {
		const running = this.#attended.get(requestId);
		this.#attended.delete(requestId);
		for (const connection of running ?? []) connection.interrupt();
	}

	/** Null: nobody waits. What belongs to no request, and all that the writer does, is waited for. */
	#attendedBy(requestId: string | undefined): Running | null {
		if (requestId === undefined || this.#options.access === 'write') return new Set();
		// Cube numbers the statements of a request behind its id.
		const [id = ''] = requestId.split('-span-');
		return this.#attended.get(id) ?? null;
	}

	async #run(connection: DuckDBConnection, sql: string, values: unknown[], requestId?: string): Promise<unknown[]> {
		const running = this.#attendedBy(requestId);
		if (running === null) throw new StatementCancelledError();
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			connection.interrupt();
		}, this.#options.seconds * 1000);
		running.add(connection);
		try {
			const statement = withLiterals(sql, values);
			const result = await connection.run(statement.sql, statement.values.length > 0 ? convertDuckDBParams(statement.values) : undefined);
			const shape = buildTransform(result.columnNames(), result.columnTypes());
			return (await result.fetchAllChunks()).flatMap((chunk) => transformChunk(chunk, shape));
		} catch (error) {
			if (this.#attendedBy(requestId) === null) throw new StatementCancelledError();
			if (late) throw new StatementTimeoutError(`The query took longer than ${this.#options.seconds} s${ASK_LESS}`);
			if (error instanceof Error && /^(Out of Memory|OutOfMemory)/i.test(error.message)) throw new StatementMemoryError();
			if (error instanceof Error && DAMAGED.test(error.message)) throw (this.#damage = damaged(this.#options.file));
			throw error;
		} finally {
			running.delete(connection);
			clearTimeout(timer);
		}
	}

	async #take(opened: Opened): Promise<DuckDBConnection> {
		return opened.idle.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
	}

	#give(opened: Opened, connection: DuckDBConnection): void {
		const next = this.#waiting.shift();
		if (next) next(connection);
		else opened.idle.push(connection);
	}

	/** Waits for running statements, so that nobody's answer is cut off. */
	override async release(): Promise<void> {
		const pending = this.#opened;
		if (!pending) return;
		this.#opened = undefined;
		if (this.#running > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
		const { instance, defaultConnection, idle } = await pending;
		for (const connection of idle) connection.closeSync();
		defaultConnection.closeSync();
		instance.closeSync();
	}
}

async function open(options: VersionDriverOptions): Promise<Opened> {
	const instance = await create(options);
	const defaultConnection = await instance.connect();
	try {
		await defaultConnection.run("SET GLOBAL TimeZone = 'UTC'");
		await defaultConnection.run('SET lock_configuration = true');
		const idle = await Promise.all(Array.from({ length: options.connections }, () => instance.connect()));
		return { instance, defaultConnection, idle };
	} catch (error) {
		defaultConnection.closeSync();
		instance.closeSync();
		throw error;
	}
}

async function create(options: VersionDriverOptions): Promise<DuckDBInstance> {
	try {
		return await DuckDBInstance.create(options.file, {
			access_mode: options.access === 'read' ? 'READ_ONLY' : 'READ_WRITE',
			memory_limit: options.memory,
			threads: String(options.access === 'read' && statSync(options.file).size < WORTH_DIVIDING ? 1 : options.threads),
			autoinstall_known_extensions: 'false',
			autoload_known_extensions: 'false',
			enable_external_access: 'false',
			allow_community_extensions: 'false',
			// What spills must not fill the disk that the next version is written to.
			max_temp_directory_size: SPILL
		});
	} catch (error) {
		const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
		if (DAMAGED.test(line)) throw damaged(options.file);
		// Strangers may read it at /readyz: no path of the machine.
		throw new VersionFileError(
			`The data file ${basename(options.file)} can't be opened (${line.replaceAll(options.file, basename(options.file))})${MEND}`
		);
	}
}

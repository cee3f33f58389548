/** Opens one version's DuckDB file for Cube: read-only, in UTC, cut off from files and network, with limits that hold. */
import { buildTransform, convertDuckDBParams, transformChunk } from '@cubejs-backend/duckdb-driver/dist/src/Transform.js';
import { DuckDBDriver } from '@cubejs-backend/duckdb-driver';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface VersionDriverOptions {
	file: string;
	/** `write` is for the one process that builds rollups into an unpublished file. */
	access: 'read' | 'write';
	/** Such as "384MB"; what does not fit spills beside the file. */
	memory: string;
	threads: number;
	/** Statements that take longer are interrupted. */
	seconds: number;
	connections: number;
}

export class StatementTimeoutError extends Error {}

export class VersionFileError extends Error {
	readonly status = 503;
}

interface Opened {
	instance: DuckDBInstance;
	defaultConnection: DuckDBConnection;
	idle: DuckDBConnection[];
}

export class VersionDriver extends DuckDBDriver {
	readonly #options: VersionDriverOptions;
	readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];
	#opened: Promise<Opened> | undefined;
	#running = 0;
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

	override async query<R = unknown>(sql: string, values: unknown[] = []): Promise<R[]> {
		// Counted before anything is awaited, so that closing never overtakes a statement.
		this.#running++;
		try {
			const opened = await this.init();
			const connection = await this.#take(opened);
			try {
				return (await this.#run(connection, sql, values)) as R[];
			} finally {
				this.#give(opened, connection);
			}
		} finally {
			if (--this.#running === 0) this.#drained?.();
		}
	}

	async #run(connection: DuckDBConnection, sql: string, values: unknown[]): Promise<unknown[]> {
		let late = false;
		const timer = setTimeout(() => {
			late = true;
			connection.interrupt();
		}, this.#options.seconds * 1000);
		try {
			const result = await connection.run(sql, convertDuckDBParams(values));
			const shape = buildTransform(result.columnNames(), result.columnTypes());
			return (await result.fetchAllChunks()).flatMap((chunk) => transformChunk(chunk, shape));
		} catch (error) {
			if (late)
				throw new StatementTimeoutError(
					`The query took longer than ${this.#options.seconds} s: ask for a shorter period or fewer members.`
				);
			throw error;
		} finally {
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
			threads: String(options.threads),
			autoinstall_known_extensions: 'false',
			autoload_known_extensions: 'false',
			enable_external_access: 'false'
		});
	} catch (error) {
		throw new VersionFileError(
			`The data file ${options.file} can't be opened: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
		);
	}
}

/**
 * Erases a person from what landing keeps: raw (all versions of their records, quarantine), the restricted schema and the
 * kept extracts. Rows stay as events of nobody, so that the figures of closed periods stay; what a source delivers of them
 * again is landed in the same way. Each step may be done again: an erasure that was interrupted is finished by a second one.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBListValue } from '@duckdb/node-api';
import type { Config } from '../contracts/config.ts';
import { IngestError } from './core/errors.ts';
import type { ProtectedType } from './core/fields.ts';
import { hmacSha256 } from './core/hmac.ts';
import { identifierLayers, STATUS, VALUE } from './core/identifiers.ts';
import { planTasks, type Task } from './core/plan.ts';
import { assertSameKey, hashValues } from './core/protect.ts';
import { keptSuffix } from './core/files.ts';
import { landingFolder } from './core/choose.ts';
import { rewriteWithout } from './core/rewrite.ts';
import { layered, list, literal } from './core/sql.ts';
import { scanFiles } from './core/scan.ts';
import { Staging } from './core/staging.ts';
import {
	countLeft,
	type ErasedRows,
	eraseRows,
	findRows,
	holding,
	isTheirs,
	type Person,
	rewriteRaw
} from './destinations/duckdb-erase.ts';
import { naive } from './destinations/duckdb-commit.ts';
import type { Landing } from './destinations/destination.ts';
import { openDuckDb } from './destinations/duckdb.ts';
import { SCRATCH_FOLDER } from './destinations/workbench.ts';
import { completeRows } from './core/complete.ts';
import { sources as builtIn } from './sources/index.ts';

export type { ErasedRows, Person } from './destinations/duckdb-erase.ts';

export interface EraseOptions {
	/** Absolute path of $ONELANE_HOME; the caller holds its lock. */
	home: string;
	config: Config;
	configDir: string;
	timezone: string;
	/** ONELANE_ID_KEY. */
	idKey: string;
	person: Person;
	/** What they give anew after it is landed as anybody's. */
	at: Date;
	onProgress?: ((step: string) => void) | undefined;
}

const resources = Object.values(builtIn).flat();
/** Kept extracts that are looked through together. */
const FILES_AT_ONCE = 200;

/** Rows of the person per table of raw. Nothing is changed. */
export async function countRows({ home, person }: Pick<EraseOptions, 'home' | 'person'>): Promise<ErasedRows> {
	return withRaw(home, ({ connection }) => findRows(connection, resources, person));
}

/** @returns what went: rows per table, and lines per folder of kept extracts */
export async function erasePerson(options: EraseOptions): Promise<ErasedRows> {
	const { home, person, at, idKey } = options;
	const tell = options.onProgress ?? (() => undefined);
	const erased = await withRaw(home, async (raw) => {
		const { connection } = raw;
		await assertSameKey(raw, idKey);
		const rows = await findRows(connection, resources, person);
		tell('kept extracts');
		// Before raw: their plain values, which lead to lines that could not be read, are still known.
		const lines = await eraseLines(connection, options);
		tell('raw');
		return { ...rows, ...lines, ...(await eraseRows(connection, resources, naive(at))) };
	});
	tell('raw, written anew');
	await rewriteRaw(home);
	const left = await withRaw(home, async ({ connection }) => {
		await findRows(connection, resources, person);
		return countLeft(connection, resources);
	});
	if (left > 0) throw new IngestError(`${left} values of the person are still in ${home}. Run erase again; if it stays so, report it.`);
	return erased;
}

async function withRaw<T>(home: string, work: (raw: Landing) => Promise<T>): Promise<T> {
	rmSync(join(home, SCRATCH_FOLDER), { recursive: true, force: true });
	const raw = await openDuckDb(home, resources);
	try {
		return await work(raw);
	} catch (error) {
		throw raw.explained(error);
	} finally {
		raw.close();
		rmSync(join(home, SCRATCH_FOLDER), { recursive: true, force: true });
	}
}

async function eraseLines(connection: DuckDBConnection, options: EraseOptions): Promise<ErasedRows> {
	const { home, config, configDir, timezone } = options;
	const tasks = planTasks({ config, configDir, timezone, sources: builtIn, notice: () => undefined });
	const texts = await plainTexts(connection);
	const counts: ErasedRows = {};
	for (const [folder, paths] of Map.groupBy(keptExtracts(home), (path) => relative(join(home, 'landing'), dirname(path)))) {
		const task = tasks.find((task) => landingFolder(task) === folder);
		if (task && holding([task.resource]).length === 0) continue;
		let dropped = 0;
		for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
			const some = paths.slice(at, at + FILES_AT_ONCE);
			dropped += task ? await eraseFromCopies(connection, task, some, texts, options) : removed(some);
		}
		if (dropped > 0) counts[`landing/${folder}`] = dropped;
	}
	return counts;
}

/** What is no longer configured, or can no longer be read as configured, is never read again. */
function removed(paths: readonly string[]): number {
	for (const path of paths) rmSync(path);
	return paths.length;
}

function keptExtracts(home: string): string[] {
	const root = join(home, 'landing');
	if (!existsSync(root)) return [];
	return readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name))
		.sort();
}

/** Their identifiers as they may stand in a line that could not be taken apart. Names are not among them: others have the same. */
async function plainTexts(connection: DuckDBConnection): Promise<string[]> {
	const reader = await connection.runAndReadAll(
		`select distinct case when type = 'phone' then regexp_replace(value, '^\\+86|^\\+', '') else value end from restricted.identifiers
		where (type, hash) in (select (type, hash) from their_identifiers) and length(value) >= 6`
	);
	return reader.getRows().map(([value]) => value as string);
}

async function eraseFromCopies(
	connection: DuckDBConnection,
	task: Task,
	paths: readonly string[],
	texts: readonly string[],
	options: EraseOptions
): Promise<number> {
	const files = paths.map((path) => {
		const own = /\.(csv|ndjson)(\.gz)?$/.exec(path)?.[1] as 'csv' | 'ndjson' | undefined;
		const like = task.files.find(({ shown }) => path.endsWith(keptSuffix(shown))) ?? { ...task.like, format: own ?? task.like.format };
		return { ...like, path, shown: path };
	});
	try {
		await new Staging(connection).stage(await scanFiles(files, join(options.home, SCRATCH_FOLDER)));
	} catch (error) {
		if (!(error instanceof IngestError)) throw error;
		if (paths.length === 1) return removed(paths);
		// One of them cannot be read: which one, each says by itself.
		let dropped = 0;
		for (const path of paths) dropped += await eraseFromCopies(connection, task, [path], texts, options);
		return dropped;
	}
	const bad = await connection.runAndReadAll(`
		select file from rejects union
		select f.file from scratch.parsed p join staged_files f on f.number = p._file_number where p._problem > 0`);
	const unreadable = new Set(bad.getRows().map(([file]) => file as string));
	// Rows that were not fit to be landed may be theirs too.
	await connection.run('update scratch.parsed set _problem = 0 where _problem > 0');
	await hashValues(connection, task.resource, hmacSha256(options.idKey));
	await completeRows(connection, task.resource);
	const reader = await connection.runAndReadAll(
		`select _file, list(_line::integer) from (select *, ${literal(task.source)} as _source from scratch.staged) t
		where ${isTheirs(task.resource, 't')} group by _file`
	);
	await connection.run('drop table scratch.staged; drop table scratch.parsed');
	const lines = new Map(reader.getRows().map(([file, found]) => [file as string, (found as DuckDBListValue).items as number[]]));
	let dropped = 0;
	for (const file of files) {
		const found = lines.get(file.path) ?? [];
		const some = unreadable.has(file.path) ? texts : [];
		if (found.length > 0 || unreadable.has(file.path)) dropped += await rewriteWithout(file, new Set(found), some);
	}
	return dropped;
}

/** The hash under which landing keeps an identifier that somebody typed. @throws IngestError when it cannot be one */
export async function identifierHash(type: ProtectedType, text: string, config: Config, idKey: string): Promise<string> {
	const instance = await DuckDBInstance.create(':memory:');
	try {
		const connection = await instance.connect();
		const layers = identifierLayers(type, 't', { relayPrefixes: config.identifiers.relay_prefixes, scope: '' });
		const reader = await connection.runAndReadAll(
			`with source as (select $text::varchar as t), ${list(layered(layers, 'source'))} select t${VALUE}, t${STATUS} from l${layers.length - 1}`,
			{ text }
		);
		const [value, status] = reader.getRows()[0] as [string | null, string | null];
		connection.closeSync();
		if (value === null || status !== 'ok')
			throw new IngestError(`What was given is no ${type} that belongs to one person (${status ?? 'empty'}).`);
		return hmacSha256(idKey)(`${type}:${value}`);
	} finally {
		instance.closeSync();
	}
}

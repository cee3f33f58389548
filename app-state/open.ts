/**
 * `$ONELANE_HOME/app.sqlite`: all that people make in onelane, apart from data. One file, opened by the web server and by commands at
 * the same time (WAL); readable by its owner only.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { deriveKeys, type Keys } from './keys.ts';
import { LATEST, migrate } from './migrations/index.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import type { Tables } from './tables.ts';

export const STATE_FILE = 'app.sqlite';
/** Milliseconds that a writer waits for another one. */
const PATIENCE = 5_000;
const OTHERS = 0o077;

/** A sentence for people: what is wrong with the state and what to do. */
export class StateError extends Error {
	override name = 'StateError';
}

export interface AppState {
	readonly db: Kysely<Tables>;
	readonly file: string;
	/** Keys made from ONELANE_SECRET, one for each purpose. */
	readonly keys: Keys;
	readonly now: () => Date;
	close(): Promise<void>;
}

export interface StateOptions {
	/** ONELANE_SECRET. */
	secret: string | Uint8Array;
	/** The clock. */
	now?: () => Date;
}

/** Opens the state and brings it to the latest form. @throws StateError when it is damaged, newer than this onelane, or out of reach */
export function openAppState(home: string, { secret, now = () => new Date() }: StateOptions): AppState {
	const file = join(home, STATE_FILE);
	let database: DatabaseSync | undefined;
	try {
		makeFile(home, file);
		database = new DatabaseSync(file, { timeout: PATIENCE, enableForeignKeyConstraints: true });
		// Normal: a killed process loses nothing, a power cut at most the last seconds, and no request waits for the disk.
		database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma trusted_schema = off; pragma secure_delete = on');
		assertWhole(database, file);
		const version = migrate(database);
		if (version > LATEST) {
			throw new StateError(`${file} was written by a newer onelane (form ${version}, this one knows ${LATEST}): update onelane.`);
		}
	} catch (error) {
		if (database?.isOpen) database.close();
		throw asStateError(error, file);
	}
	const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) });
	return { db, file, keys: deriveKeys(secret), now, close: () => db.destroy() };
}

/** Made with its mode, so that there is no moment in which others can read it; its companions (-wal, -shm) inherit it. */
function makeFile(home: string, file: string): void {
	mkdirSync(home, { recursive: true });
	if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
	if ((statSync(file).mode & OTHERS) !== 0) chmodSync(file, 0o600);
}

function assertWhole(database: DatabaseSync, file: string): void {
	const [found] = Object.values(database.prepare('pragma quick_check(1)').get() ?? {});
	if (found !== 'ok') throw damaged(file, String(found).replace('*** in database main ***', '').trim());
}

const damaged = (file: string, why: string) =>
	new StateError(
		`${file} is damaged (${why}): stop onelane and put a backup in its place, or move it away and make the accounts anew with "onelane user add". The data itself is not touched.`
	);

/** SQLite's codes for a damaged file: SQLITE_CORRUPT and SQLITE_NOTADB, with their extensions. */
const DAMAGED = new Set([11, 26]);

function asStateError(error: unknown, file: string): StateError {
	if (error instanceof StateError) return error;
	const { errcode, message } = error as { errcode?: number; message?: string };
	if (errcode !== undefined && DAMAGED.has(errcode & 0xff)) return damaged(file, message ?? 'unreadable');
	return new StateError(
		`${file} cannot be used (${message ?? String(error)}): check that its folder is yours and that the disk is not full.`
	);
}

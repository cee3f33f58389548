/** The forms that the state has had, in order. A form that was released is never changed: what comes next is a new number. */
import type { DatabaseSync } from 'node:sqlite';
import { viewsAndNotes } from './001-views-and-notes.ts';
import { audit } from './002-audit.ts';
import { accounts } from './003-accounts.ts';
import { provedAt } from './004-proved-at.ts';

const MIGRATIONS: readonly string[] = [viewsAndNotes, audit, accounts, provedAt];

export const LATEST = MIGRATIONS.length;

/** Brings the database to the latest form, all or nothing, however many open it at once. Returns the form that it has. */
export function migrate(database: DatabaseSync, migrations: readonly string[] = MIGRATIONS): number {
	if (formOf(database) >= migrations.length) return formOf(database);
	database.exec('begin immediate');
	try {
		// Somebody else may have been first.
		for (const migration of migrations.slice(formOf(database))) database.exec(migration);
		database.exec(`pragma user_version = ${migrations.length}`);
		database.exec('commit');
	} catch (error) {
		database.exec('rollback');
		throw error;
	}
	return formOf(database);
}

function formOf(database: DatabaseSync): number {
	return Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0);
}

/** Statements for BigQuery held to its grammar and to a list of rules, since the emulator takes more than BigQuery does; see statements.py. */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..', '..');
/** That of the project: sqlglot comes with dbt. */
const PYTHON = process.platform === 'win32' ? join(ROOT, '.venv', 'Scripts', 'python.exe') : join(ROOT, '.venv', 'bin', 'python');

export interface Checked {
	checked: number;
	/** What each says, by its name. */
	rules: Record<string, string>;
	problems: { name: string; rule: string; found: string }[];
}

export function checkStatements(statements: readonly { name: string; sql: string }[]): Checked {
	const checker = join(import.meta.dirname, 'statements.py');
	return JSON.parse(
		execFileSync(PYTHON, [checker], { input: JSON.stringify(statements), maxBuffer: 64 * 1024 ** 2 }).toString()
	) as Checked;
}

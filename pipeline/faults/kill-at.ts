/**
 * Loaded before a program of onelane (`node --import …`): ends it with SIGKILL at the n-th of its points, which are the calls that write to
 * the disk and the statements that DuckDB and SQLite run. Every second statement is killed while it runs, the others just before.
 *
 * ONELANE_KILL_AT: number of the point, 0: never. ONELANE_KILL_IN: only in the program whose script ends with this.
 * ONELANE_KILL_LOG: file that the points are counted and named in.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { DuckDBConnection } from '@duckdb/node-api';

const at = Number(process.env['ONELANE_KILL_AT'] ?? 0);
const within = process.env['ONELANE_KILL_IN'] ?? '';
const log = process.env['ONELANE_KILL_LOG'];
const write = fs.writeSync;
const open = fs.openSync;
const armed = (process.argv[1] ?? '').endsWith(within);
const handle = log && armed ? open(log, 'a') : null;
let count = 0;

/** Whether this is the point. */
function reached(what: string): boolean {
	if (!armed) return false;
	count++;
	if (handle !== null) write(handle, `${count} ${what.replace(/\s+/g, ' ').slice(0, 100)}\n`);
	return count === at;
}

function end(): never {
	process.kill(process.pid, 'SIGKILL');
	// The signal ends the process before it gets here.
	for (;;);
}

type Call = (...given: unknown[]) => unknown;

function patch(target: object, name: string, run: (original: Call, self: unknown, given: unknown[]) => unknown): void {
	const methods = target as Record<string, Call>;
	const original = methods[name];
	if (original === undefined) throw new Error(`There is no ${name} to count.`);
	methods[name] = function (this: unknown, ...given: unknown[]) {
		return run(original, this, given);
	};
}

const WRITES = ['writeFileSync', 'renameSync', 'fsyncSync', 'linkSync', 'rmSync', 'mkdirSync', 'copyFileSync', 'truncateSync'];
for (const name of WRITES) {
	patch(fs, name, (original, self, given) => {
		if (reached(`${name} ${String(given[0]).split('/').slice(-2).join('/')}`)) end();
		return original.apply(self, given);
	});
}
syncBuiltinESMExports();

for (const name of ['run', 'runAndReadAll', 'stream']) {
	patch(DuckDBConnection.prototype, name, (original, self, given) => {
		const here = reached(`duckdb ${String(given[0])}`);
		if (here && count % 2 === 0) end();
		const running = original.apply(self, given);
		// Long enough to be in the middle of it.
		if (here) setTimeout(end, 2);
		return running;
	});
}

for (const [prototype, name] of [
	[DatabaseSync.prototype, 'exec'],
	[StatementSync.prototype, 'run']
] as const) {
	patch(prototype, name, (original, self, given) => {
		if (reached(`sqlite ${name}`)) end();
		return original.apply(self, given);
	});
}

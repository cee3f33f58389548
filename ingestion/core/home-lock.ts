/** One writer per home: landing and building hold the same lock, `$ONELANE_HOME/lock`. */
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class HomeLockError extends Error {}

export interface HomeLock {
	release(): void;
}

interface Holder {
	pid: number;
	/** Start of the process in clock ticks (Linux): tells a process from a later one that got the same number. */
	ticks: string | null;
	what: string;
	since: string;
}

const ATTEMPTS = 5;

/**
 * Takes the lock or throws a sentence that names who holds it. A lock of a process that is gone is taken over.
 * @param what what the holder does, such as "ingest"
 */
export function lockHome(home: string, what: string): HomeLock {
	mkdirSync(home, { recursive: true });
	const path = join(home, 'lock');
	const mine = `${path}.${process.pid}`;
	const holder: Holder = { pid: process.pid, ticks: startTicks(process.pid), what, since: new Date().toISOString() };
	writeFileSync(mine, JSON.stringify(holder), { mode: 0o600 });
	try {
		for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (link(mine, path)) {
				sweep(home);
				return { release: () => release(path, holder) };
			}
			const other = read(path);
			if (other && isAlive(other)) {
				throw new HomeLockError(
					`"${other.what}" (process ${other.pid}, since ${other.since}) is already writing to ${home}. Wait until it ends, or use another ONELANE_HOME.`
				);
			}
			if (other) discard(path, other);
		}
		throw new HomeLockError(`The lock ${path} could not be taken. If no onelane process runs, delete that file and try again.`);
	} finally {
		rmSync(mine, { force: true });
	}
}

/** A link is made whole or not at all, so that no reader ever sees a half-written lock. */
function link(from: string, to: string): boolean {
	try {
		linkSync(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function read(path: string): Holder | undefined {
	try {
		return JSON.parse(readFileSync(path, 'utf8')) as Holder;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		return { pid: -1, ticks: null, what: 'unknown', since: 'unknown' };
	}
}

/** Moves a stale lock aside under a name of its own: of two processes that try it, one finds it gone. */
function discard(path: string, stale: Holder): void {
	const aside = `${path}.stale.${process.pid}`;
	try {
		renameSync(path, aside);
		const moved = read(aside);
		if (moved && (moved.pid !== stale.pid || moved.since !== stale.since)) link(aside, path);
		rmSync(aside, { force: true });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}

/** Files of processes that were killed while they took the lock. Only by whoever holds it. */
function sweep(home: string): void {
	for (const name of readdirSync(home)) {
		const pid = Number(/^lock\.(?:stale\.)?(\d+)$/.exec(name)?.[1] ?? 0);
		if (pid > 0 && pid !== process.pid && !isAlive({ pid, ticks: read(join(home, name))?.ticks ?? null }))
			rmSync(join(home, name), { force: true });
	}
}

function release(path: string, mine: Holder): void {
	const current = read(path);
	if (current?.pid === mine.pid && current.since === mine.since) rmSync(path, { force: true });
}

function isAlive({ pid, ticks }: Pick<Holder, 'pid' | 'ticks'>): boolean {
	if (pid <= 0) return false;
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
	}
	return ticks === null || startTicks(pid) === ticks;
}

function startTicks(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The command name in parentheses may hold spaces; the start time is the 20th field after it.
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
	} catch {
		return null;
	}
}

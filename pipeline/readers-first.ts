/** A machine that refreshes also serves: of its processors a refresh, and what it starts, takes what the servers leave. */
import { spawnSync } from 'node:child_process';
import { constants, getPriority, setPriority } from 'node:os';

/**
 * Niceness 19 everywhere. On Linux also its policy for idle work, under which a server that wakes up goes first at once, and a processor
 * that does nothing else counts as free; `chrt` sets it, since Node cannot; without it the niceness stands.
 */
export function letReadersGoFirst(): void {
	const { PRIORITY_LOW } = constants.priority;
	if (getPriority() < PRIORITY_LOW) setPriority(PRIORITY_LOW);
	if (process.platform !== 'linux') return;
	spawnSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(process.pid)], { stdio: 'ignore' });
}

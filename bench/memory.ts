/** Peak memory of programs that are started while something runs, from /proc; zero where there is none. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const EVERY = 200;

/** Megabytes at the highest point of any single process below this one. */
export async function withPeakMemory<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
	let peak = 0;
	const look = () => {
		for (const pid of descendants(process.pid)) peak = Math.max(peak, statusOf(pid, 'VmHWM'));
	};
	const timer = setInterval(look, EVERY);
	try {
		return { result: await work(), peak };
	} finally {
		clearInterval(timer);
	}
}

/** Megabytes that a process and all below it hold now. */
export function residentMemory(pid: number): number {
	return [pid, ...descendants(pid)].reduce((sum, each) => sum + statusOf(each, 'VmRSS'), 0);
}

function descendants(root: number): number[] {
	if (!existsSync('/proc')) return [];
	const parents = new Map<number, number>();
	for (const name of readdirSync('/proc')) {
		if (/^\d+$/.test(name)) parents.set(Number(name), statusOf(Number(name), 'PPid', 1));
	}
	const found: number[] = [];
	const below = [root];
	for (let pid = below.pop(); pid !== undefined; pid = below.pop()) {
		for (const [child, parent] of parents) {
			if (parent === pid) {
				found.push(child);
				below.push(child);
			}
		}
	}
	return found;
}

function statusOf(pid: number, key: string, per = 1024): number {
	try {
		const match = new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
		return Number(match?.[1] ?? 0) / per;
	} catch {
		return 0;
	}
}

/** Publishers and servers that end, hang or talk nonsense while a version waits for being made ready: the last good one is served meanwhile. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NEXT_FILE, type Pointer, WARM_FILE } from '../../contracts/pointer.ts';
import { ROOT } from '../context.ts';
import { readFilePointer } from '../state.ts';
import { environmentOf, onelane } from './program.ts';
import { makeHome, newBuild } from './publishing.ts';
import type { Struck } from './report.ts';
import { Served } from './served.ts';
import { leftovers, servedProblem } from './state.ts';

/** A publication that is awaited may take a server's time to be ready and then some. */
const LONGEST_MS = 60_000;

interface Waiting {
	home: string;
	next: Pointer;
	/** Ends the publisher where it waits. */
	kill: () => void;
	/** Exit code; null: killed. */
	ended: Promise<number | null>;
}

interface Case {
	point: string;
	/** With a real server; else the harness answers for one, in its own time. */
	server?: boolean;
	/** @returns what happened; null: it did not come about */
	strike: (waiting: Waiting, at: Served | null) => Promise<string | null>;
	/** Whether the publication that was struck succeeds all the same. */
	publishes: boolean;
}

const says = ({ home, next }: Waiting, text = JSON.stringify({ version: next.version, ready: false })) =>
	writeFileSync(join(home, WARM_FILE), text);

const killed = async (waiting: Waiting): Promise<string | null> => {
	waiting.kill();
	return (await waiting.ended) === null ? 'killed' : null;
};

const CASES: readonly Case[] = [
	{ point: 'the publisher, the version just offered', strike: killed, publishes: false },
	{
		point: 'the publisher, while a server makes ready',
		strike: async (waiting) => {
			says(waiting);
			await sleep(500);
			return killed(waiting);
		},
		publishes: false
	},
	{
		point: 'the answer of a server is cut off',
		strike: async (waiting) => {
			says(waiting, '{"version":');
			return (await waiting.ended) === 0 ? 'taken for no answer' : 'the publication fails';
		},
		publishes: true
	},
	{
		point: 'the publisher, a server being there',
		server: true,
		strike: (waiting) => killed(waiting),
		publishes: false
	},
	{
		point: 'the semantic server, the version just offered',
		server: true,
		strike: async (waiting, at) => {
			process.kill(at?.pids.semantic ?? 0, 'SIGKILL');
			return `killed; the publication ends with ${await waiting.ended}`;
		},
		publishes: true
	}
];

/** @param servers also cases with a server of their own */
export async function handoverFaults({ folder, served, servers }: { folder: string; served: string; servers: boolean }): Promise<Struck[]> {
	const rows: Struck[] = [];
	const before = readFilePointer(served)?.version;
	for (const [index, one] of CASES.filter(({ server }) => servers || !server).entries()) {
		const home = join(folder, `handover-${index}`);
		makeHome(served, home);
		const at = one.server ? await Served.start(home) : null;
		try {
			await at?.becomesReady();
			const waiting = await publisher(home);
			const happened = waiting && (await one.strike(waiting, at));
			const between = readFilePointer(home)?.version;
			const problem = await servedProblem(home);
			const ready = (await at?.becomesReady(30)) !== null;
			const shown = at && (await at.ready()).body.version;
			newBuild(served, home);
			const healed = await onelane(home, ['publish', '--json']);
			const after = readFilePointer(home)?.version;
			const left = [...leftovers(home), ...[NEXT_FILE, WARM_FILE].filter((name) => existsSync(join(home, name)))];
			const moved = at === null || (await shows(at, after));
			const good =
				between === (one.publishes ? waiting?.next.version : before) && problem === null && ready && (at === null || shown === between);
			const whole = healed.code === 0 && after !== between && (await servedProblem(home)) === null && left.length === 0 && moved;
			rows.push({
				family: 'handover',
				point: one.point,
				happened: happened ?? 'DID NOT COME ABOUT',
				after:
					good && whole
						? `the ${one.publishes ? 'new' : 'last good'} version served, then the next published`
						: `${between} is named, ${String(shown)} shown, ${problem ?? 'readable'}; then ${after}: ${healed.tail.slice(-200)} ${left.join(', ')}`,
				ok: happened !== null && good && whole
			});
		} finally {
			await at?.stop();
			rmSync(home, { recursive: true, force: true });
		}
	}
	return rows;
}

/** Comes back when its version is offered; null: it never was. */
async function publisher(home: string): Promise<Waiting | null> {
	const child = spawn(process.execPath, [join('pipeline', 'cli.ts'), 'publish', '--json'], {
		cwd: ROOT,
		env: environmentOf(home),
		stdio: 'ignore'
	});
	const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
	const offer = join(home, NEXT_FILE);
	for (const began = Date.now(); child.exitCode === null && Date.now() - began < LONGEST_MS; await sleep(10)) {
		if (!existsSync(offer)) continue;
		return { home, next: JSON.parse(readFileSync(offer, 'utf8')) as Pointer, kill: () => child.kill('SIGKILL'), ended };
	}
	child.kill('SIGKILL');
	return null;
}

async function shows(at: Served, version: string | undefined): Promise<boolean> {
	for (const began = Date.now(); Date.now() - began < LONGEST_MS; await sleep(200))
		if ((await at.ready()).body.version === version) return true;
	return false;
}

/** Servers that die, hang or are besieged, and files that break under them: a clear state meanwhile, and the last good one afterwards. */
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFilePointer } from '../state.ts';
import { onelane } from './program.ts';
import type { Struck } from './report.ts';
import { Served, answer } from './served.ts';

const IDLE = 10_000;

/** @param hang also faults that take a minute to be noticed; `connections` 0: none */
export async function servingFaults({ folder, served, long }: { folder: string; served: string; long: boolean }): Promise<Struck[]> {
	const home = join(folder, 'serving');
	Served.copy(served, home);
	let at = await Served.start(home);
	const rows: Struck[] = [];
	const add = (point: string, happened: string, after: string, ok: boolean) => rows.push({ family: 'serving', point, happened, after, ok });
	const page = async () => (await fetch(`${at.url}/login`, { signal: AbortSignal.timeout(15_000) })).status;
	try {
		for (const name of ['semantic', 'web'] as const) {
			process.kill(at.pids[name], 'SIGKILL');
			await sleep(50);
			const meanwhile = (await at.ready()).status;
			const seconds = await at.becomesReady();
			add(
				`kill -9 of the ${name} server`,
				`/readyz says ${meanwhile || 'nothing'}`,
				seconds === null ? 'never ready again' : 'started again and ready',
				seconds !== null && meanwhile !== 200
			);
		}
		await pointerFaults(at, add);
		if (long) {
			await hangs(at, add, page);
			await besieged(at, add);
		}
		const port = Number(new URL(at.url).port);
		await at.stop('SIGKILL');
		await sleep(1500);
		const orphan = (await answer(`${at.semanticUrl}/healthz`)).status;
		at = await Served.start(home, port);
		const seconds = await at.becomesReady();
		add(
			'kill -9 of serve itself',
			orphan === 0 ? 'its servers end with it' : 'a server is left behind',
			seconds === null ? 'does not start on the same port' : 'starts on the same port',
			orphan === 0 && seconds !== null
		);
		await drains(at, add);
	} finally {
		await at.stop();
	}
	return rows;
}

type Add = (point: string, happened: string, after: string, ok: boolean) => void;

async function pointerFaults(at: Served, add: Add): Promise<void> {
	const file = join(at.home, 'current.json');
	const good = readFileSync(file, 'utf8');
	const version = readFilePointer(at.home)?.version;
	for (const [what, text] of [
		['cut off', good.slice(0, 40)],
		['empty', ''],
		['of zeros', '\0'.repeat(300)]
	] as const) {
		writeFileSync(file, text);
		await sleep(400);
		const semantic = await answer(`${at.semanticUrl}/readyz`);
		const still = (semantic.body as { version?: string } | null)?.version;
		const page = (await at.ready()).status;
		const healed = await onelane(at.home, ['rollback', '--to', version ?? '', '--json']);
		const seconds = await at.becomesReady(30);
		add(
			`the pointer is ${what}`,
			`the semantic server serves ${still === version ? 'the last good version' : 'nothing'}, /readyz says ${page}`,
			healed.code === 0 && seconds !== null ? 'onelane rollback writes it anew' : `not healed: ${healed.tail.slice(-200)}`,
			still === version && page < 600 && healed.code === 0 && seconds !== null
		);
		writeFileSync(file, good);
	}
	const pointer = readFilePointer(at.home);
	if (!pointer) return;
	const broken = { ...pointer, version: 'v20300101T000000000Z', file: 'versions/v20300101T000000000Z.duckdb' };
	writeFileSync(join(at.home, broken.file), readFileSync(join(at.home, pointer.file)));
	truncateSync(join(at.home, broken.file), Math.floor(statSync(join(at.home, broken.file)).size / 3));
	writeFileSync(join(at.home, 'versions', `${broken.version}.json`), JSON.stringify(broken));
	writeFileSync(file, JSON.stringify(broken));
	await sleep(400);
	const ready = await at.ready();
	const semantic = await answer(`${at.semanticUrl}/readyz`);
	const healed = await onelane(at.home, ['rollback', '--json']);
	const seconds = await at.becomesReady(30);
	add(
		'the new version is cut off',
		`/readyz says ${ready.status}: ${String((semantic.body as { error?: string } | null)?.error ?? ready.body.reason).slice(0, 90)}`,
		healed.code === 0 && seconds !== null ? 'onelane rollback serves the last good one' : `not healed: ${healed.tail.slice(-200)}`,
		ready.status === 503 && healed.code === 0 && seconds !== null
	);
}

/** Stopped from outside it is like a server in an endless loop: it keeps its port and answers nothing. */
async function hangs(at: Served, add: Add, page: () => Promise<number>): Promise<void> {
	const ready = (await at.ready()).body;
	const pids = children(at.pid);
	const semantic = pids.find((pid) => /semantic/.test(command(pid)));
	if (semantic === undefined) return add('the semantic server hangs', 'not found', 'not tried', false);
	await sleep(61_000);
	process.kill(semantic, 'SIGSTOP');
	const meanwhile = await page().catch(() => 0);
	await sleep(3_000);
	const seconds = await at.becomesReady(240);
	add(
		'the semantic server hangs',
		`/login answers ${meanwhile}; ${ready.version ?? ''}`,
		seconds === null ? 'never ready again' : 'ended by its supervisor, started again and ready',
		seconds !== null && meanwhile === 200
	);
}

async function besieged(at: Served, add: Add): Promise<void> {
	const port = Number(new URL(at.url).port);
	const sockets: Socket[] = [];
	let refused = 0;
	for (let batch = 0; batch < IDLE / 500; batch++) {
		await Promise.all(
			Array.from({ length: 500 }, async () => {
				const socket = connect(port, '127.0.0.1');
				socket.on('error', () => undefined);
				sockets.push(socket);
				await new Promise<void>((done) => {
					socket
						.once('connect', () => done())
						.once('error', () => {
							refused++;
							done();
						});
				});
			})
		);
	}
	const began = Date.now();
	const during = (await at.ready()).status;
	const took = Date.now() - began;
	for (const socket of sockets) socket.destroy();
	const seconds = await at.becomesReady(30);
	add(
		`${IDLE.toLocaleString('en')} idle connections`,
		`${sockets.length - refused} are open; /readyz says ${during} after ${took} ms`,
		seconds === null ? 'not ready afterwards' : 'ready afterwards',
		during === 200 && seconds !== null
	);
}

/** What was asked before the end is answered. */
async function drains(at: Served, add: Add): Promise<void> {
	const asked = Array.from({ length: 6 }, () =>
		fetch(`${at.url}/login`).then(
			(response) => response.text().then(() => response.status),
			() => 0
		)
	);
	await sleep(30);
	await at.stop();
	const statuses = await Promise.all(asked);
	add(
		'SIGTERM under requests',
		'stops',
		`answered ${statuses.filter((status) => status === 200).length} of ${statuses.length}`,
		statuses.every((status) => status === 200)
	);
}

function children(parent: number): number[] {
	return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').map(Number);
}

function command(pid: number): string {
	return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

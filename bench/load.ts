/**
 * People who browse: pages, roles and filters mixed, ten seconds between clicks, over an installation that is refreshed meanwhile.
 * Each person is signed in like a demo reader and asks for whole pages, as a browser does on a click.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { ROLES, ROLE_SCOPE, type Role } from '../contracts/claims.ts';
import type { Context } from '../pipeline/context.ts';
import { PipelineError } from '../pipeline/errors.ts';
import { Served } from '../pipeline/faults/served.ts';
import type { Progress } from '../pipeline/progress.ts';
import { readFilePointer } from '../pipeline/state.ts';
import { type Figure, describeBudgets, describeFigures, within } from './budgets.ts';
import { residentMemory } from './memory.ts';
import { quantile } from './semantic.ts';

export interface LoadOptions {
	context: Context;
	people: number;
	minutes: number;
	/** Minutes between refreshes; 0: none. */
	refreshEvery: number;
	/** Seconds between two clicks of one person, on average. */
	pause: number;
	progress: Progress;
	signal?: AbortSignal;
}

export interface LoadResult {
	figures: (Figure & { within: boolean | null })[];
	requests: number;
	errors: string[];
	byStatus: Record<number, number>;
	versions: number;
	seconds: number;
}

interface Seen {
	page: string;
	ms: number;
	status: number;
}

const PAGES = [
	{ path: '/', weight: 5 },
	{ path: '/funnel', weight: 3 },
	{ path: '/organisation', weight: 3 },
	{ path: '/channels', weight: 3 },
	{ path: '/leads', weight: 1 }
];
const PERIODS = ['mtd', 'last_7', 'last_30', 'last_month', 'qtd', 'all'];
/** Figures of the first part are those of a server that has just started. */
const WARM_UP = 0.1;
const LOOK_EVERY = 5_000;

export async function runLoad(options: LoadOptions): Promise<LoadResult> {
	const { context, people, minutes, refreshEvery, pause, progress, signal } = options;
	const members = await membersOf(context.home);
	progress.line('starting the servers');
	const served = await Served.start(context.home, undefined, ['--demo-login']);
	const began = Date.now();
	const until = began + minutes * 60_000;
	const seen: Seen[] = [];
	const errors: string[] = [];
	const memory: { at: number; megabytes: number }[] = [];
	const versions = new Set<string>();
	let look: NodeJS.Timeout | undefined;
	try {
		if ((await served.becomesReady()) === null)
			throw new PipelineError(`${served.url} does not become ready: see the logs in ${context.home}.`);
		look = setInterval(() => memory.push({ at: Date.now(), megabytes: residentMemory(served.pid) }), LOOK_EVERY);
		const refreshing = refreshEvery > 0 ? refreshAgain(options, until, errors) : Promise.resolve();
		const browse = async (index: number) => {
			const random = randomOf(index + 1);
			const role = ROLES[index % ROLES.length] ?? 'executive';
			// They don't all come at the same moment.
			await sleep(random() * pause * 1000, undefined, { signal });
			const cookie = await signIn(served.url, role, members, random);
			while (Date.now() < until) {
				const path = somewhere(random, members);
				const start = performance.now();
				const { status, note } = await fetchPage(served.url + path, cookie);
				seen.push({ page: path.split('?')[0] ?? path, ms: performance.now() - start, status });
				if (status !== 200) errors.push(`${role} ${path}: ${status} ${note}`);
				await sleep(-Math.log(1 - random()) * pause * 1000, undefined, { signal });
			}
		};
		const watch = (async () => {
			while (Date.now() < until) {
				versions.add(readFilePointer(context.home)?.version ?? '');
				progress.tell(`${seen.length} pages, ${errors.length} errors`);
				await sleep(1000, undefined, { signal });
			}
		})();
		await Promise.all([...Array.from({ length: people }, (_, index) => browse(index)), watch, refreshing]);
	} catch (error) {
		throw signal?.aborted ? new PipelineError('The benchmark was interrupted.') : error;
	} finally {
		clearInterval(look);
		await served.stop();
	}
	return report({ seen, errors, memory, began, until, people, versions: versions.size });
}

/** One refresh after the other, each at its time or when the one before is done. */
async function refreshAgain({ context, refreshEvery, progress, signal }: LoadOptions, until: number, errors: string[]): Promise<void> {
	const every = refreshEvery * 60_000;
	for (let next = Date.now() + every; next < until; next += every) {
		await sleep(Math.max(0, next - Date.now()), undefined, { signal });
		const start = Date.now();
		const env = { ...process.env, ONELANE_HOME: context.home };
		const child = spawn(process.execPath, [join('pipeline', 'cli.ts'), 'refresh', '--no-land', '--json'], {
			cwd: context.root,
			env,
			stdio: 'ignore',
			signal
		});
		const code = await new Promise<number | null>((done, fail) => child.once('exit', done).once('error', fail));
		if (code !== 0) errors.push(`a refresh ended with ${code}`);
		progress.line(`refreshed in ${Math.round((Date.now() - start) / 1000)} s`);
	}
}

async function fetchPage(url: string, cookie: string): Promise<{ status: number; note: string }> {
	try {
		const response = await fetch(url, { headers: { cookie }, redirect: 'manual', signal: AbortSignal.timeout(30_000) });
		await response.text();
		return { status: response.status, note: '' };
	} catch (error) {
		return { status: 0, note: error instanceof Error ? error.message : String(error) };
	}
}

async function signIn(url: string, role: Role, members: Members, random: () => number): Promise<string> {
	const dimension = ROLE_SCOPE[role];
	const body = new URLSearchParams({ role, to: '/', ...(dimension ? { member: pick(members[dimension] ?? [], random) ?? '' } : {}) });
	const headers = { origin: url, 'content-type': 'application/x-www-form-urlencoded' };
	const response = await fetch(`${url}/login`, { method: 'POST', headers, body, redirect: 'manual' });
	const cookie = response.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');
	if (cookie === '') throw new PipelineError(`Nobody can sign in as ${role}: /login answers ${response.status}.`);
	// As a browser says from its second page on.
	return `${cookie}; window=1440`;
}

type Members = Record<string, string[]>;

async function membersOf(home: string): Promise<Members> {
	const pointer = readFilePointer(home);
	if (pointer === null) throw new PipelineError(`Nothing is published in ${home}: run "onelane refresh" first.`);
	const instance = await DuckDBInstance.create(join(home, pointer.file), { access_mode: 'READ_ONLY' });
	const connection = await instance.connect();
	const members: Members = {};
	for (const column of ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id', 'channel_id', 'series_id']) {
		const reader = await connection.runAndReadAll(
			`select ${column} from marts.fct_leads where ${column} is not null group by 1 order by count(*) desc, 1 limit 40`
		);
		members[column] = reader.getRows().map(([id]) => String(id));
	}
	connection.closeSync();
	instance.closeSync();
	return members;
}

/** A page, half of the time as it opens, else under some filters. */
function somewhere(random: () => number, members: Members): string {
	const total = PAGES.reduce((sum, { weight }) => sum + weight, 0);
	let left = random() * total;
	const { path } = PAGES.find(({ weight }) => (left -= weight) < 0) ?? { path: '/' };
	const search = new URLSearchParams();
	if (random() < 0.5) search.set('period', pick(PERIODS, random) ?? 'mtd');
	if (random() < 0.25) search.set('channel', pick(members['channel_id'] ?? [], random) ?? '');
	if (random() < 0.15) search.set('series', pick(members['series_id'] ?? [], random) ?? '');
	if (random() < 0.15) search.set('region', pick(members['region_id'] ?? [], random) ?? '');
	const text = search.toString();
	return text ? `${path}?${text}` : path;
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
	return from[Math.floor(random() * from.length)];
}

interface Run {
	seen: Seen[];
	errors: string[];
	memory: { at: number; megabytes: number }[];
	began: number;
	until: number;
	people: number;
	versions: number;
}

function report({ seen, errors, memory, began, until, people, versions }: Run): LoadResult {
	const times = seen.slice(Math.floor(seen.length * WARM_UP)).map(({ ms }) => ms);
	const third = (which: number) => {
		const length = (until - began) / 3;
		const part = memory
			.filter(({ at }) => at >= began + which * length && at < began + (which + 1) * length)
			.map(({ megabytes }) => megabytes);
		return part.length === 0 ? 0 : part.reduce((sum, each) => sum + each, 0) / part.length;
	};
	const byStatus: Record<number, number> = {};
	for (const { status } of seen) byStatus[status] = (byStatus[status] ?? 0) + 1;
	const figures: Figure[] = [
		{
			group: 'load',
			what: `${people} people: pages`,
			value: seen.length,
			unit: 'count',
			budget: null,
			note: `${(seen.length / ((until - began) / 1000)).toFixed(1)} a second`
		},
		{ group: 'load', what: 'errors', value: errors.length, unit: 'count', budget: { most: 0 } },
		{ group: 'load', what: 'page, p50', value: quantile(times, 0.5), unit: 'ms', budget: null },
		{ group: 'load', what: 'page, p95', value: quantile(times, 0.95), unit: 'ms', budget: { most: 800 } },
		{ group: 'load', what: 'page, p99', value: quantile(times, 0.99), unit: 'ms', budget: null },
		{ group: 'load', what: 'versions served', value: versions, unit: 'count', budget: null },
		{ group: 'load', what: 'memory of all servers at the end', value: memory.at(-1)?.megabytes ?? 0, unit: 'MB', budget: { most: 800 } },
		{
			group: 'load',
			what: 'memory, last third per second third',
			value: third(1) === 0 ? 0 : third(2) / third(1),
			unit: 'ratio',
			budget: { most: 1.1 }
		}
	];
	return {
		figures: figures.map((figure) => ({ ...figure, within: within(figure) })),
		requests: seen.length,
		errors: errors.slice(0, 20),
		byStatus,
		versions,
		seconds: (Date.now() - began) / 1000
	};
}

export function describeLoad({ figures, errors }: LoadResult): string {
	return [describeFigures(figures), ...errors.map((error) => `  ${error}`), describeBudgets(figures, '.')].join('\n');
}

function randomOf(seed: number): () => number {
	let state = (seed * 2_654_435_761) >>> 0;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

/**
 * `kill -9` of a landing at twenty seeded points between its first staging table and its last tidying up, then the same command
 * again: what is in raw afterwards is what a landing that nobody disturbed leaves. Nothing twice, nothing lost.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { NODE_FLAGS } from '../pipeline/bin/node-flags.mjs';
import { emulatorEnvironment, emulatorSettings } from '../testing/bigquery/emulator.ts';
import { type ProxiedRequest, startProxy } from '../testing/bigquery/proxy.ts';
import { compareRaw, onBoth, ownPrefix } from './bigquery-testing.ts';
import { Random } from './demo/random.ts';
import { sources } from './sources/index.ts';
import { ID_KEY, TestHome } from './testing.ts';

vi.setConfig({ testTimeout: 1_800_000 });
const direct = inject('bigQueryDirect');
const ROOT = resolve(import.meta.dirname, '..');
const POINTS = 20;
const ROWS = 40;

/** Requests of a landing, in their order, from the first that writes. */
const STAGES: Record<string, (request: ProxiedRequest) => boolean> = {
	'staging table': ({ method, path }) => method === 'POST' && path.includes('/tables'),
	upload: ({ method, path }) => method === 'POST' && path.includes('/upload/'),
	'load job': ({ method, path }) => method === 'GET' && path.includes('/jobs/onelane_') && path.includes('_staged_'),
	commit: ({ method, json }) => method === 'POST' && json.includes('begin transaction'),
	'commit job': ({ method, path }) => method === 'GET' && path.includes('/jobs/onelane_') && !path.includes('_staged_'),
	result: ({ method, path }) => method === 'GET' && path.includes('/queries/onelane_'),
	'tidying up': ({ method, path }) => method === 'DELETE' && path.includes('_staged_')
};

/** before: the request never arrives. after: it is carried out, its answer is lost. during: while it is carried out. */
type Moment = 'before' | 'after' | 'during';

interface Point {
	stage: string;
	moment: Moment;
	/** Milliseconds after the request was passed on. */
	delay: number;
}

/** Each stage before and after, and six moments in the middle of uploads and commits. */
function points(seed: number): Point[] {
	const random = new Random(seed, 'kill points');
	const stages = Object.keys(STAGES);
	const edges = stages.flatMap((stage) => (['before', 'after'] as const).map((moment) => ({ stage, moment, delay: 0 })));
	const middles = Array.from({ length: POINTS - edges.length }, (_, i) => ({
		stage: i % 3 === 0 ? 'upload' : 'commit',
		moment: 'during' as const,
		delay: Math.floor(random.next() * 400)
	}));
	return [...edges, ...middles];
}

describe.skipIf(direct === null)('a landing that is killed', () => {
	const brand = new TestHome();
	Object.assign(brand.sources, sources);
	delete brand.sources['shop'];
	afterAll(() => brand.dispose());

	test(`at ${POINTS} points, and then run again, leaves what an undisturbed one does`, async () => {
		const proxy = await startProxy(direct ?? '');
		const dataset = ownPrefix();
		const config = brand.write('onelane.config.ts', `export default { sources: [{ kind: 'extracts', folder: 'extracts' }] };\n`);
		const env = {
			...process.env,
			...emulatorEnvironment(proxy.url, dataset),
			ONELANE_HOME: join(brand.folder, 'home-bigquery'),
			ONELANE_ID_KEY: ID_KEY,
			ONELANE_TIMEZONE: 'Asia/Shanghai'
		};
		const start = () => {
			const child = spawn(process.execPath, [...NODE_FLAGS, join('pipeline', 'cli.ts'), 'ingest', '--json', '--config', config], {
				cwd: ROOT,
				env
			});
			return { child, ended: endOf(child) };
		};
		const { settings, landOnDuckDb } = onBoth(emulatorSettings(proxy.url, dataset), brand);
		brand.write('extracts/verticals/leads-0.csv', extract(0));
		await landOnDuckDb();
		expect(await start().ended).toMatchObject({ code: 0 });

		const reached: string[] = [];
		for (const [index, point] of points(4).entries()) {
			brand.write(`extracts/verticals/leads-${index + 1}.csv`, extract(index + 1));
			const { child, ended } = start();
			let met = false;
			proxy.setFault((request) => {
				if (met || !STAGES[point.stage]?.(request)) return undefined;
				met = true;
				if (point.moment === 'during') {
					setTimeout(() => child.kill('SIGKILL'), point.delay);
					return undefined;
				}
				child.kill('SIGKILL');
				return { lost: point.moment === 'before' ? 'request' : 'answer' };
			});
			const { signal } = await ended;
			proxy.setFault(undefined);
			expect(met, `the landing came to ${point.stage}`).toBe(true);
			if (signal === 'SIGKILL') reached.push(`${point.moment} ${point.stage}`);
			expect(await start().ended).toMatchObject({ code: 0 });
			await landOnDuckDb();
		}
		// A process that was quicker than its delay was killed by nothing: that may happen to those in the middle only.
		expect(reached.filter((point) => !point.startsWith('during')).length).toBe(14);
		console.log(`killed ${reached.length} times: ${reached.join(', ')}`);

		const tables = await compareRaw({ brand, settings }, ['_loaded_at', '_batch_id', 'batch_id', 'updated_at', 'first_seen_at']);
		expect(tables.filter(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery > 0)).toEqual([]);
		expect(tables.find(({ table }) => table === 'verticals__leads')?.rows).toBe((POINTS + 1) * ROWS - POINTS);
		await proxy.close();
	});
});

/** Leads of one file; the first of each file but the first was in the one before already. */
function extract(file: number): string {
	const header =
		'portal_lead_id,portal,captured_at,name,phone,email,channel_id,campaign_id,event_id,series_id,product_id,province,city,price,updated_at,deleted';
	const rows = Array.from({ length: ROWS }, (_, i) => {
		const id = file * (ROWS - 1) + i;
		return `V${id},autohome,2026-05-01 10:00:00,王小明,139${String(id).padStart(8, '1')},,autohome,,,,,,,120.00,2026-05-01 11:00:00,`;
	});
	return `${[header, ...rows].join('\n')}\n`;
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null; said: string }> {
	let said = '';
	child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
	child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
	return new Promise((done) => child.once('close', (code, signal) => done({ code, signal, said })));
}

/**
 * `kill -9` of a landing at twenty seeded points between its first staging table and its last tidying up, then landing
 * again: what is in raw afterwards is what a landing that nobody disturbed leaves. Nothing twice, nothing lost.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test, vi } from 'vitest';
import { emulatorSettings } from '../testing/bigquery/emulator.ts';
import { type ProxiedRequest, startProxy } from '../testing/bigquery/proxy.ts';
import { compareRaw, MOMENTS, onBoth, ownPrefix } from './bigquery-testing.ts';
import { Random } from './demo/random.ts';
import { csv, ID_KEY, line, TestHome } from './testing.ts';

vi.setConfig({ testTimeout: 1_800_000 });
const direct = inject('bigQueryDirect');
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

/** Lands what is there, as the command does, in a process of its own. */
const CHILD = `
	import { ingest } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
	import { config } from ${JSON.stringify(join(import.meta.dirname, '..', 'contracts', 'config.ts'))};
	import { sampleResource } from ${JSON.stringify(join(import.meta.dirname, 'testing.ts'))};
	const given = JSON.parse(process.argv[1]);
	await ingest({ ...given, config: config.parse(given.config), sources: { shop: [sampleResource()] } });
`;

describe.skipIf(direct === null)('a landing that is killed', () => {
	const brand = new TestHome();
	afterAll(() => brand.dispose());

	test(`at ${POINTS} points, and then run again, leaves what an undisturbed one does`, async () => {
		const proxy = await startProxy(direct ?? '');
		const both = onBoth(emulatorSettings(proxy.url, ownPrefix()), brand);
		const given = {
			home: both.bigQueryHome,
			bigquery: both.settings,
			config: brand.config,
			configDir: brand.folder,
			timezone: 'Asia/Shanghai',
			idKey: ID_KEY
		};
		const start = () => spawn(process.execPath, ['--input-type=module', '-e', CHILD, JSON.stringify(given)], { stdio: 'ignore' });
		brand.write('extracts/shop/leads-0.csv', extract(0));
		await both.landSame();

		const reached: string[] = [];
		for (const [index, point] of points(4).entries()) {
			brand.write(`extracts/shop/leads-${index + 1}.csv`, extract(index + 1));
			const child = start();
			const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
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
			const [code, signal] = await ended;
			proxy.setFault(undefined);
			expect(met, `the landing came to ${point.stage}`).toBe(true);
			if (signal === 'SIGKILL') reached.push(`${point.moment} ${point.stage}`);
			else expect(code).toBe(0);
			await both.landOnBigQuery();
			await both.landOnDuckDb();
		}
		// One in the middle may have been quicker than its delay; those at the edges never are.
		expect(reached.filter((point) => !point.startsWith('during')).length).toBe(2 * Object.keys(STAGES).length);
		console.log(`killed ${reached.length} times: ${reached.join(', ')}`);

		const tables = await compareRaw(both, MOMENTS);
		expect(tables.filter(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery > 0)).toEqual([]);
		expect(tables.find(({ table }) => table === 'shop__leads')?.rows).toBe((POINTS + 1) * ROWS - POINTS);
		await proxy.close();
	});
});

/** Leads of one file; the first row of each file is the last of the one before. */
function extract(file: number): string {
	const ids = Array.from({ length: ROWS }, (_, i) => file * (ROWS - 1) + i);
	return csv(...ids.map((id) => line({ id: `L${id}`, phone: `139${String(id).padStart(8, '1')}` })));
}

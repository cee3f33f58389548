/**
 * What pages and builds read of BigQuery, estimated: the columns that each compiled statement names × the documented sizes of their types × the
 * partitions that its conditions leave. The statements are those that dbt and Cube really send, to the emulator that tests use; sizes are
 * those of the demo brand at two sizes, drawn on in a straight line. Clustering, which reads less, is not counted.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetPointer } from '../../contracts/pointer.ts';
import { isEmulator } from '../../contracts/warehouse.ts';
import { bigQueryClient } from '../../ingestion/destinations/bigquery-client.ts';
import { generateDemo } from '../../ingestion/demo/index.ts';
import { build } from '../../pipeline/build.ts';
import { loadConfig } from '../../pipeline/config.ts';
import type { Context } from '../../pipeline/context.ts';
import { buildHouse, type Statement } from '../../pipeline/integration/bigquery/house.ts';
import { type Manifest, PAGES, partitionOf, tablesOf } from '../../pipeline/integration/bigquery/pages.ts';
import { claimsFor, marts } from '../../pipeline/integration/support.ts';
import type { Progress } from '../../pipeline/progress.ts';
import { publish } from '../../pipeline/publish/index.ts';
import { land, timezoneOf, withLock } from '../../pipeline/refresh.ts';
import { readPointer } from '../../pipeline/state.ts';
import { type Figure, within } from '../budgets.ts';
import { benchConfig } from '../index.ts';
import type { BenchResult } from '../index.ts';
import { bytesOf, daysOf, type Reads, type Weights, weigh } from './sizes.ts';

export const LEADS = [1_000_000, 10_000_000, 100_000_000];
const SIZES = { small: 1_000, large: 4_000 };
/** Those that the server and dbt are given when nobody says otherwise. */
const CEILINGS = { page: 200, build: 1_000 };
const GB = 1e9;

interface Named extends Reads {
	name: string;
}

export async function runCostBench(context: Context, progress: Progress): Promise<Omit<BenchResult, 'customers'>> {
	const began = Date.now();
	mkdirSync(join(context.home, 'bench'), { recursive: true });
	const scratch = mkdtempSync(join(context.home, 'bench', 'run-'));
	try {
		const small = await brand(context, join(scratch, 'small'), SIZES.small, true, progress);
		const large = await brand(context, join(scratch, 'large'), SIZES.large, false, progress);
		const { pages, builds, manifest } = await statementsOf(small.home, progress);
		const reads = await readsOf(context, small.home, manifest, large.weights, { pages, builds });
		const figures = (kind: 'page' | 'build', name: string, statements: readonly Named[]): Figure[] =>
			LEADS.map((leads) => {
				const bytes = statements.map((each) => bytesOf(each, small.weights, large.weights, leads));
				const largest = Math.max(0, ...bytes) / GB;
				return {
					group: 'bigquery',
					what: `${name} at ${(leads / 1e6).toLocaleString('en')} M leads: scans, estimated`,
					value: bytes.reduce((sum, each) => sum + each, 0) / GB,
					unit: 'GB',
					budget: null,
					note: `${statements.length} statements; the largest ${shown(largest)} of ${CEILINGS[kind]} GB that one may bill${largest > CEILINGS[kind] ? ', so it is refused' : ''}`
				};
			});
		const all = [
			unbounded([...reads.pages.values()].flat(), manifest),
			...[...reads.pages].flatMap(([path, statements]) => figures('page', path, statements)),
			...figures('build', 'a build, models', reads.models),
			...figures('build', 'a build, its tests', reads.tests),
			...(await dryRun(context, pages))
		];
		return { figures: all.map((figure) => ({ ...figure, within: within(figure) })), seconds: (Date.now() - began) / 1000 };
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** A brand on DuckDB, weighed while its workings are still there. */
async function brand(context: Context, home: string, customers: number, published: boolean, progress: Progress) {
	progress.line(`${customers.toLocaleString('en')} customers: landing and building on DuckDB`);
	mkdirSync(home, { recursive: true });
	const folder = join(home, 'demo');
	generateDemo({ customers, seed: 1, until: '2026-11-22', out: folder });
	const config = benchConfig(join(folder, 'extracts'));
	const { bigquery: _, ...environment } = context.environment;
	const own: Context = { ...context, home, environment: { ...environment, home } as Context['environment'] };
	const options = { context: own, loaded: { ...(await loadConfig(undefined, context.root)), config }, progress };
	await withLock(home, 'bench', (lock) => land(options, lock));
	const built = await build(own, config, timezoneOf(options), progress);
	const weights = await weigh([join(home, 'raw.duckdb'), 'file' in built.place ? built.place.file : '']);
	if (published) await publish(own, config, timezoneOf(options), built, progress);
	return { home, weights };
}

/** What is sent to BigQuery for a build, and for each page as it is opened after the one before, by somebody who sees everything. */
async function statementsOf(home: string, progress: Progress) {
	progress.line('the same on the emulator of BigQuery, and its pages opened');
	const house = await buildHouse(home);
	try {
		const manifest = JSON.parse(readFileSync(join(house.context.home, 'dbt', 'target', 'manifest.json'), 'utf8')) as Manifest;
		house.statements();
		const pages = new Map<string, Statement[]>();
		for (const path of PAGES) {
			await tablesOf(house.bigquery, path, claimsFor(house.bigquery.home, 'executive'));
			pages.set(path, house.statements());
		}
		return { pages, manifest, builds: Object.values(manifest.nodes).filter(({ compiled_code: sql }) => sql) };
	} finally {
		await house.close();
	}
}

/** Reads that name no days of a table that is kept by them, and so read all of it. */
function unbounded(statements: readonly Named[], manifest: Manifest): Figure {
	const partitions = partitionOf(manifest);
	const value = statements.flatMap(({ tables, shares = {} }) =>
		Object.keys(tables).filter((table) => partitions.has(table) && !(table in shares))
	);
	return { group: 'bigquery', what: 'reads by pages of a whole fact', value: value.length, unit: 'count', budget: { most: 0 } };
}

type Compiled = Manifest['nodes'][string];

async function readsOf(
	context: Context,
	home: string,
	manifest: Manifest,
	weights: Weights,
	{ pages, builds }: { pages: ReadonlyMap<string, readonly Statement[]>; builds: readonly Compiled[] }
) {
	const isView = (node: Compiled) => node.resource_type === 'model' && node.config.materialized === 'view';
	const asked = [...pages].flatMap(([path, statements]) => statements.map((statement) => ({ path, ...statement })));
	const input = {
		tables: Object.fromEntries(Object.entries(weights).map(([table, { columns }]) => [table, Object.keys(columns)])),
		views: Object.fromEntries(builds.filter(isView).map(({ name, compiled_code: sql }) => [name, sql])),
		statements: [
			...asked.map(({ path, sql }) => ({ name: path, sql: sql.replace(/^CREATE TEMP FUNCTION[\s\S]*?\n\)\);\n/, '') })),
			...builds.filter((node) => !isView(node)).map(({ name, compiled_code: sql }) => ({ name, sql }))
		]
	};
	const script = join(context.root, 'bench', 'cost', 'columns.py');
	const said = execFileSync(context.python, [script], { input: JSON.stringify(input), maxBuffer: 64 * 1024 ** 2 });
	const { reads, whole } = JSON.parse(said.toString()) as { reads: Named[]; whole: string[] };
	if (whole.length > 0) throw new Error(`The columns of ${whole.join(', ')} could not be read.`);
	const partitions = partitionOf(manifest);
	const ofPages = await Promise.all(
		asked.map(async ({ path, sql, values }, index) => ({
			...reads[index],
			path,
			name: path,
			tables: reads[index]?.tables ?? {},
			shares: await sharesOf(home, daysOf(sql, values, partitions), partitions)
		}))
	);
	const ofBuild = reads.slice(asked.length);
	const kindOf = new Map(builds.map(({ name, resource_type: type }) => [name, type]));
	return {
		pages: Map.groupBy(ofPages, ({ path }) => path),
		models: ofBuild.filter(({ name }) => kindOf.get(name) !== 'test'),
		tests: ofBuild.filter(({ name }) => kindOf.get(name) === 'test')
	};
}

/** Share of the rows of each table that are in the days. */
async function sharesOf(home: string, days: ReturnType<typeof daysOf>, partitions: ReadonlyMap<string, string>) {
	const shares: Record<string, number> = {};
	for (const [table, { from, to }] of Object.entries(days)) {
		const inside = `count(*) filter (${partitions.get(table)} between date '${from}' and date '${to}')`;
		const [row] = await marts(home, `select ${inside} / nullif(count(*), 0) as share from marts."${table}"`);
		shares[table] = Number(row?.['share'] ?? 1);
	}
	return shares;
}

/** Where there is a BigQuery with a served version: what it says itself that the same statements would read. Costs nothing. */
async function dryRun(context: Context, pages: ReadonlyMap<string, readonly Statement[]>): Promise<Figure[]> {
	const settings = context.environment.bigquery;
	if (!settings || isEmulator(settings)) return [];
	const { dataset } = readPointer(context.home) as DatasetPointer;
	const client = bigQueryClient(settings, true);
	const bytes = async ({ sql, values }: Statement) => {
		const [job] = await client.createQueryJob({
			query: sql,
			params: values,
			dryRun: true,
			location: settings.location,
			defaultDataset: { datasetId: dataset }
		});
		return Number((job.metadata as { statistics?: { totalBytesProcessed?: string } }).statistics?.totalBytesProcessed ?? 0);
	};
	const figures = [...pages].map(async ([path, statements]): Promise<Figure> => {
		const all = await Promise.all(statements.map(bytes));
		const value = all.reduce((sum, each) => sum + each, 0) / GB;
		return { group: 'bigquery', what: `${path} over the served version: dry run`, value, unit: 'GB', budget: null };
	});
	return Promise.all(figures);
}

function shown(gigabytes: number): string {
	return gigabytes.toLocaleString('en', { maximumSignificantDigits: 2 });
}

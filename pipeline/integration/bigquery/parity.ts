/** Compares the two warehouses: every mart row by row, every metric as each role sees it. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { FilePointer, Pointer } from '../../../contracts/pointer.ts';
import type { Claims, Role } from '../../../contracts/claims.ts';
import type { MetaResult, Row, SemanticQueryInput, ViewName } from '../../../contracts/semantic.ts';
import type { Context } from '../../context.ts';
import { readPointer } from '../../state.ts';
import { warehouseFor } from '../../warehouse/index.ts';
import { claimsFor, cube, marts, type Place, sign } from '../support.ts';

/** When something was landed or tested: two landings are two moments. */
const MOMENTS: Record<string, readonly string[]> = {
	rpt_source_freshness: ['loaded_at', 'lag_hours'],
	rpt_quarantine: ['first_loaded_at', 'last_loaded_at'],
	rpt_test_results: ['ran_at']
};

/** A unit test of a model that recurses, which dbt cannot ask BigQuery; see models/unit_tests/leads.yml. */
export const ON_DUCKDB_ONLY = 'captures_become_leads';

export interface MartParity {
	mart: string;
	rows: number;
	columns: number;
	cells: number;
	differingCells: number;
	/** What is different about its columns or number of rows, in words. */
	shape: string | null;
}

/** @param mine home whose version is a file; @param theirs context of the one in BigQuery */
export async function compareMarts(mine: string, theirs: Context): Promise<MartParity[]> {
	const pointer = readPointer(theirs.home) as Pointer;
	const warehouse = warehouseFor(theirs, pointer);
	const { file } = readPointer(mine) as FilePointer;
	const found: MartParity[] = [];
	const local = (await marts(mine, "select table_name from information_schema.tables where table_schema = 'marts' order by 1")).map(
		({ table_name: name }) => name ?? ''
	);
	const remote = await warehouse.marts(pointer);
	if (local.join() !== remote.join()) throw new Error(`The warehouses have other marts: ${local.join()} and ${remote.join()}.`);
	for (const mart of local) {
		const instance = await DuckDBInstance.create(':memory:');
		const connection = await instance.connect();
		const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
		try {
			await connection.run("set timezone = 'UTC'");
			await warehouse.fetchMart(pointer, mart, async (sql) => void (await connection.run(sql)));
			await connection.run(`attach '${join(mine, file)}' as mine (read_only)`);
			const columns = `select column_name, data_type from duckdb_columns() where schema_name = '%' and table_name = '${mart}' order by column_index`;
			const here = await rows(columns.replace('%', 'marts'));
			const there = await rows(columns.replace('%', 'main').replace(`'${mart}'`, "'mart'"));
			const shape = JSON.stringify(here) === JSON.stringify(there) ? null : `${JSON.stringify(here)} against ${JSON.stringify(there)}`;
			const shared = new Set(there.map(([name]) => String(name)));
			const names = here.map(([name]) => String(name)).filter((name) => shared.has(name) && !MOMENTS[mart]?.includes(name));
			const list = names.map((name) => `"${name}"`).join(', ');
			// Sorted, then compared row by row: `rowid` is the place in the order.
			const kept = mart === 'rpt_test_results' ? `where test_name <> '${ON_DUCKDB_ONLY}'` : '';
			await connection.run(`create table a as select ${list} from mine.marts."${mart}" ${kept} order by all`);
			await connection.run(`create table b as select ${list} from mart order by all`);
			const different = names.map((name) => `(a."${name}" is distinct from b."${name}")::integer`).join(' + ');
			const [[total, cells] = [0, 0]] = await rows(
				`select count(*)::integer, coalesce(sum(${different}), 0)::integer from a full join b on a.rowid = b.rowid`
			);
			found.push({
				mart,
				rows: Number(total),
				columns: names.length,
				cells: Number(total) * names.length,
				differingCells: Number(cells),
				shape
			});
		} finally {
			connection.closeSync();
			instance.closeSync();
		}
	}
	return found;
}

interface Asked {
	group: string;
	/** Business date. */
	time?: string;
	always?: string[];
	filters?: SemanticQueryInput['filters'];
	/** First letters of the measures that may be asked together; all, when it is not said. */
	measures?: string;
}

/** How each view is asked: the whole, and by this member and month. */
const ASKED: Partial<Record<ViewName, Asked | Asked[]>> = {
	leads: { group: 'region_id', time: 'captured_date' },
	funnel: { group: 'channel_id', time: 'occurred_date' },
	orders: { group: 'series_id', time: 'order_date' },
	customers: { group: 'lifecycle_stage', time: 'first_seen_date' },
	channels: { group: 'channel_id', time: 'activity_date' },
	targets: { group: 'member_id', time: 'target_date', always: ['level', 'metric'] },
	quality: [
		{ group: 'source_freshness_source', measures: 'source_freshness' },
		{ group: 'quarantine_source', measures: 'quarantine' },
		{
			group: 'test_model',
			measures: 'test',
			filters: [{ member: 'quality.test_name', operator: 'notEquals', values: [ON_DUCKDB_ONLY] }]
		}
	],
	holidays: { group: 'holiday' }
};

export interface MetricParity {
	role: Role;
	view: string;
	metrics: number;
	answers: number;
	differences: string[];
}

export async function compareMetrics(
	mine: Place,
	theirs: Place,
	roles: readonly (readonly [Role, readonly string[]])[]
): Promise<MetricParity[]> {
	const found: MetricParity[] = [];
	for (const [role, ids] of roles) {
		const claims = (place: Place) => claimsFor(place.home, role, ids);
		const views = await meta(mine, claims(mine));
		if (JSON.stringify(views) !== JSON.stringify(await meta(theirs, claims(theirs)))) throw new Error(`${role} is offered other members.`);
		for (const { name: view, measures: all } of views) {
			const measures = all.map(({ name }) => name).filter((name) => !MOMENTS_OF_METRICS.includes(name));
			const parity: MetricParity = { role, view, metrics: measures.length, answers: 0, differences: [] };
			for (const query of queriesOf(view, measures)) {
				const [a, b] = await Promise.all([cube(mine, query, claims(mine)), cube(theirs, query, claims(theirs))]);
				parity.answers += a.length * (query.measures ?? []).length;
				parity.differences.push(...differing(a, b, query));
			}
			found.push(parity);
		}
	}
	return found;
}

/** Every measure as a whole, and by month and member. */
function queriesOf(view: string, all: readonly string[]): SemanticQueryInput[] {
	const asked = ASKED[view as ViewName];
	if (!asked) throw new Error(`Nobody said by what view "${view}" is asked.`);
	return [asked].flat().flatMap(({ group, time, always = [], measures: first = '', filters = [] }) => {
		const measures = all.filter((name) => name.startsWith(`${view}.${first}`));
		const dimensions = always.map((name) => `${view}.${name}`);
		const timeDimensions = time ? [{ dimension: `${view}.${time}`, granularity: 'month' as const }] : [];
		return [
			{ measures, dimensions, filters, limit: 50_000 },
			{ measures, dimensions: [...dimensions, `${view}.${group}`], timeDimensions, filters, limit: 50_000 }
		];
	});
}

/** Measured from the moment of landing. */
const MOMENTS_OF_METRICS = ['quality.source_freshness_lag_hours', 'quality.source_freshness_max_lag_hours'];

async function meta(place: Place, claims: Claims): Promise<{ name: string; measures: { name: string }[] }[]> {
	const response = await fetch(`${place.semanticUrl}/cubejs-api/v1/meta`, {
		headers: { authorization: `Bearer ${await sign(place.home, claims)}` }
	});
	const { cubes } = (await response.json()) as MetaResult;
	return cubes.map(({ name, measures }) => ({ name, measures: measures.map((measure) => ({ name: measure.name })) }));
}

export function differing(a: readonly Row[], b: readonly Row[], query: SemanticQueryInput): string[] {
	const measures = new Set(query.measures);
	const key = (row: Row) =>
		JSON.stringify(
			Object.entries(row)
				.filter(([name]) => !measures.has(name))
				.sort()
		);
	const theirs = new Map(b.map((row) => [key(row), row]));
	const said: string[] = a.length === b.length ? [] : [`${a.length} rows against ${b.length}`];
	for (const row of a) {
		const other = theirs.get(key(row));
		for (const measure of measures) {
			if (!other) said.push(`${key(row)} is missing`);
			else if (!same(row[measure], other[measure])) said.push(`${measure} of ${key(row)}: ${row[measure]} against ${other[measure]}`);
			if (!other) break;
		}
	}
	return said;
}

/** Whole numbers and money to the last digit, ratios as far as doubles go. */
function same(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (a === null || b === null || a === undefined || b === undefined) return false;
	const [one, other] = [Number(a), Number(b)];
	if (Number.isInteger(one) || Number.isInteger(other)) return one === other;
	return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
}

/** The same house on BigQuery: landed, built, published and served with the numbers of DuckDB. One build serves all of these tests. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatasetPointer } from '../../../contracts/pointer.ts';
import type { Role } from '../../../contracts/claims.ts';
import { bigQueryClient } from '../../../ingestion/destinations/bigquery-client.ts';
import { compareRaw, MOMENTS } from '../../../ingestion/bigquery-testing.ts';
import { RAW_STATE, RESTRICTED_STATE } from '../../../ingestion/core/state-tables.ts';
import { sources } from '../../../ingestion/sources/index.ts';
import { hasEmulator } from '../../../testing/bigquery/emulator.ts';
import { checkStatements } from '../../../testing/bigquery/statements.ts';
import { examine } from '../../doctor.ts';
import { exportMart } from '../../export.ts';
import { silent } from '../../progress.ts';
import { rollback } from '../../publish/rollback.ts';
import { readPointer } from '../../state.ts';
import { claimsFor, marts, page } from '../support.ts';
import { faultTests } from './faults.ts';
import { buildHouse, type House, type Statement } from './house.ts';
import { type Manifest, OTHER_ADDRESSES, PAGES, partitionOf, patiently, readsOf, PAGES_OF, SCOPED, tablesOf } from './pages.ts';
import { type Case, leadsOf } from './captures.ts';
import { compareMarts, compareMetrics, ON_DUCKDB_ONLY } from './parity.ts';

const home = process.env['ONELANE_TEST_HOME'];

describe.skipIf(!home || !hasEmulator())('the house on BigQuery', () => {
	let house: House;
	let manifest: Manifest;
	/** What dbt sent to BigQuery: models, tests, unit tests with their fixtures. */
	let built: Statement[];
	/** Everything that was sent to BigQuery for the pages, by page and role. */
	const sent = new Map<string, Statement[]>();
	const people: [Role, string[]][] = [['executive', []]];
	const report: Record<string, unknown> = {};

	beforeAll(async () => {
		house = await buildHouse(home ?? '');
		manifest = JSON.parse(readFileSync(join(house.context.home, 'dbt', 'target', 'manifest.json'), 'utf8')) as Manifest;
		for (const [role, column] of SCOPED) people.push([role, await busiest(house.duckdb.home, column)]);
		built = house.statements().filter(({ sql }) => sql.startsWith('/* {"app": "dbt"'));
	}, 1_500_000);

	afterAll(async () => {
		await house?.close();
		const file = process.env['ONELANE_TEST_REPORT'];
		if (!file) return;
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
	});

	test('what was landed equals what DuckDB landed, cell by cell, and landing it again changes nothing', async () => {
		const compare = async () => compareRaw({ brand: { home: house.duckdb.home, sources }, settings: house.settings }, MOMENTS);
		const found = await compare();
		const sum = (each: (table: (typeof found)[number]) => number) => found.reduce((total, table) => total + each(table), 0);
		report['raw'] = {
			tables: found.length,
			rows: sum(({ rows }) => rows),
			cells: sum(({ rows, columns }) => rows * columns),
			differing_rows: sum(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery)
		};
		expect(found.filter(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery > 0)).toEqual([]);
		expect(found.length).toBe(Object.values(sources).flat().length + RAW_STATE.length + RESTRICTED_STATE.length);
		expect(sum(({ rows }) => rows)).toBeGreaterThan(50_000);
		const again = await house.landAgain();
		expect(again.resources.reduce((total, { rows_read: read }) => total + read, 0)).toBe(0);
		expect(await compare()).toEqual(found);
	}, 240_000);

	test('every model was built and every data and unit test passed there', () => {
		const { models, tests, warnings, built } = house.refreshed.build;
		// So that whatever follows is a comparison of an increment there with a whole build here.
		expect(built?.increments).toBe(1);
		expect(house.lateRows).toBeGreaterThan(100);
		expect(models).toBeGreaterThan(100);
		expect(tests).toBeGreaterThan(140);
		expect(warnings).toBe(0);
		report['build'] = { models, tests, late_rows: house.lateRows };
	});

	test('captures become leads as the unit test says that dbt cannot ask there, and a chain that is too long is told by its customer', async () => {
		const { unit_tests: units = {} } = JSON.parse(
			readFileSync(join(house.duckdb.home, 'dbt', 'target', 'manifest.json'), 'utf8')
		) as Manifest;
		const unit = Object.values(units).find(({ name }) => name === ON_DUCKDB_ONLY);
		const given = (model: string) => (unit?.given.find(({ input }) => input.includes(model))?.rows ?? []) as Case[];
		const sql = manifest.nodes['model.onelane.int_leads__captures_grouped']?.compiled_code ?? '';
		const leads = (captures: Case[], customers: Case[]) => leadsOf(bigQueryClient(house.settings), sql, captures, customers);
		const found = await leads(given('int_leads__captures_united'), given('bdg_customer_records'));
		expect(found.length).toBeGreaterThan(20);
		expect(found).toEqual((unit?.expect.rows as Case[]).toSorted((a, b) => (String(a['record_id']) < String(b['record_id']) ? -1 : 1)));

		// One capture a day: a lead each 31 days.
		const daily = Array.from({ length: 491 }, (_, day) => ({
			source: 's',
			resource: 'leads',
			record_id: `r${day}`,
			captured_at: new Date(Date.UTC(2024, 0, 1 + day)).toISOString(),
			series_id: 'X',
			is_rejected: false
		}));
		const ofOne = daily.map(({ source, resource, record_id }) => ({ source, resource, record_id, customer_id: 'c_one' }));
		const longest = await leads(daily.slice(1), ofOne);
		expect(longest.filter(({ outcome }) => outcome === 'lead').length).toBe(Math.ceil(490 / 31));
		await expect(leads(daily, ofOne)).rejects.toThrow(
			/Customer c_one has 491 captures without a pause of 30 days, and BigQuery follows 490\..*seeds\/identifier_limits\.csv/
		);
	}, 120_000);

	test('every mart equals the one of DuckDB, row by row and type by type', async () => {
		const found = await compareMarts(house.duckdb.home, house.context);
		const sum = (key: 'rows' | 'columns' | 'cells' | 'differingCells') => found.reduce((total, one) => total + one[key], 0);
		report['marts'] = {
			tables: found.length,
			rows: sum('rows'),
			columns: sum('columns'),
			cells: sum('cells'),
			differing_cells: sum('differingCells')
		};
		expect(found.filter(({ differingCells, shape }) => differingCells > 0 || shape !== null)).toEqual([]);
		expect(found.length).toBeGreaterThan(35);
		expect(sum('cells')).toBeGreaterThan(100_000);
	}, 240_000);

	test('every metric of every view is the same for each role', async () => {
		const roles = [...people, ['marketing', []], ['analyst', []]] as const;
		const found = await compareMetrics(house.duckdb, house.bigquery, roles);
		report['metrics'] = {
			roles: roles.map(([role]) => role),
			views: new Set(found.map(({ view }) => view)).size,
			metrics_by_role: found.reduce((total, { metrics }) => total + metrics, 0),
			answers: found.reduce((total, { answers }) => total + answers, 0),
			differences: found.reduce((total, { differences }) => total + differences.length, 0)
		};
		expect(found.flatMap(({ role, differences }) => differences.map((difference) => `${role}: ${difference}`)).slice(0, 20)).toEqual([]);
		expect(found.reduce((total, { answers }) => total + answers, 0)).toBeGreaterThan(3_000);
	}, 400_000);

	test('each page shows the same tables', async () => {
		for (const [role, ids] of people) {
			for (const path of PAGES_OF[role] ?? PAGES) {
				house.statements();
				const theirs = await tablesOf(house.bigquery, path, claimsFor(house.bigquery.home, role, ids));
				sent.set(`${path} as ${role}`, house.statements());
				const mine = await tablesOf(house.duckdb, path, claimsFor(house.duckdb.home, role, ids));
				expect({ role, path, tables: theirs }).toEqual({ role, path, tables: mine });
				expect(mine.length, `${path} has tables`).toBeGreaterThan(0);
			}
		}
		for (const path of OTHER_ADDRESSES) {
			house.statements();
			expect(await patiently(() => page(house.bigquery, path))).not.toBe('');
			sent.set(path, house.statements());
		}
	}, 400_000);

	test('partitions are pruned by the queries of every page, and no page reads an unpartitioned fact', () => {
		const partitions = partitionOf(manifest);
		const all = [...sent].flatMap(([where, statements]) =>
			statements.flatMap(({ sql }) => readsOf(sql, partitions).map((read) => ({ where, sql, ...read })))
		);
		const facts = all.filter(({ table }) => /^(fct|rpt)_/.test(table) && !SMALL.includes(table));
		expect(facts.length).toBeGreaterThan(40);
		expect(new Set(facts.map(({ table }) => table).filter((table) => !partitions.has(table)))).toEqual(new Set());
		const whole = facts.filter(({ pruned }) => !pruned);
		expect(whole.map(({ where, table, sql }) => `${where}: ${table}: ${sql}`)).toEqual([]);
		report['pruning'] = { pages: sent.size, reads_of_facts: facts.length, pruned: facts.length - whole.length };
	});

	test('statements of dbt and of Cube keep to GoogleSQL', () => {
		const compiled = Object.values(manifest.nodes).flatMap(({ name, compiled_code: sql }) => (sql ? [{ name, sql }] : []));
		const asked = [...sent].flatMap(([name, statements]) => statements.map(({ sql }) => ({ name, sql })));
		const { checked, rules, problems } = checkStatements([...compiled, ...built.map(({ sql }) => ({ name: 'dbt', sql })), ...asked]);
		report['statements'] = { checked, rules: Object.keys(rules), problems: problems.length };
		expect(problems).toEqual([]);
		expect(compiled.length).toBeGreaterThan(200);
		expect(built.length).toBeGreaterThan(250);
		expect(asked.length).toBeGreaterThan(100);
		expect(checked).toBe(compiled.length + built.length + asked.length);
	}, 120_000);

	test('a statement may cost so much and no more', async () => {
		house.statements();
		await tablesOf(house.bigquery, '/funnel?period=last_90', claimsFor(house.bigquery.home, 'executive'));
		const statements = house.statements();
		expect(statements.length).toBeGreaterThan(0);
		for (const { maximumBytesBilled, dataset } of statements) {
			expect(maximumBytesBilled).toBe('200000000000');
			expect(dataset).toBe((readPointer(house.context.home) as DatasetPointer).dataset);
		}
	});

	test('outsiders read the published version through views whose names stay', async () => {
		const client = bigQueryClient(house.settings);
		const [job] = await client.createQueryJob({ query: 'select count(*) as leads from house_marts.fct_leads', location: 'US' });
		const [[row]] = await job.getQueryResults();
		const [mine] = await marts(house.duckdb.home, 'select count(*) as leads from marts.fct_leads');
		expect(String((row as { leads: number }).leads)).toBe(mine?.['leads']);
		const [datasets] = await client.getDatasets();
		const names = datasets.map(({ id }) => id ?? '').filter((id) => id.startsWith('house_v'));
		const { dataset } = readPointer(house.context.home) as DatasetPointer;
		expect(names).toEqual([dataset, `${dataset}_kept`]);
	});

	test('export writes the same file', async () => {
		const folder = house.context.home;
		const theirs = await exportMart(house.context, 'rpt_channel_daily', 'csv', join(folder, 'theirs.csv'));
		const mine = await exportMart({ ...house.context, home: house.duckdb.home }, 'rpt_channel_daily', 'csv', join(folder, 'mine.csv'));
		expect(theirs.rows).toBe(mine.rows);
		expect(readFileSync(theirs.file, 'utf8')).toBe(readFileSync(mine.file, 'utf8'));
	});

	test('doctor finds the version, and a rollback says that there is none before', async () => {
		const findings = await examine(house.context);
		expect(findings.find(({ what }) => what === 'warehouse')).toMatchObject({
			level: 'ok',
			detail: expect.stringMatching(/BigQuery/) as string
		});
		await expect(rollback(house.context, silent)).rejects.toThrow(/no older version/);
	});

	describe('and what goes wrong', () => faultTests(() => house));
});

const SMALL = ['rpt_test_results', 'rpt_source_freshness', 'rpt_quarantine'];

async function busiest(from: string, column: string): Promise<string[]> {
	const [row] = await marts(
		from,
		`select ${column} as id from marts.fct_leads where ${column} is not null group by 1 order by count(*) desc, 1 limit 1`
	);
	return [row?.['id'] ?? ''];
}

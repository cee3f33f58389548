/** Each statement that dbt compiles for BigQuery keeps to GoogleSQL; and the rules by which that is held find what they are meant to. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dbtCommand } from '../build.ts';
import { readContext } from '../context.ts';
import { runProcess } from '../process.ts';
import { bigqueryWarehouse } from './bigquery.ts';

const scratch = mkdtempSync(join(tmpdir(), 'onelane-statements-'));
const context = readContext({ ...process.env, ONELANE_HOME: scratch });
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Checked {
	checked: number;
	rules: Record<string, string>;
	problems: { name: string; rule: string; found: string }[];
}

function check(statements: { name: string; sql: string }[]): Checked {
	const checker = join(context.root, 'testing', 'bigquery', 'statements.py');
	return JSON.parse(
		execFileSync(context.python, [checker], { input: JSON.stringify(statements), maxBuffer: 64 * 1024 ** 2 }).toString()
	) as Checked;
}

/** What each rule is there for; the first word is the rule. */
const WRONG: [string, string][] = [
	['parses', 'select from where'],
	['cast operator', 'select a::string as a from t'],
	['functions', "select strftime(a, '%Y') as a from t"],
	['functions', 'select hash(a) as a from t'],
	['types', 'select cast(a as double) as a from t'],
	['types', 'select cast(a as varchar) as a from t'],
	['cast parameters', 'select cast(a as numeric(18, 2)) as a from t'],
	['reserved words', 'select count(*) as rows from t'],
	['double quotes', 'select a as b from t where "a" = 1'],
	['ilike', "select a from t where a ilike 'b%'"],
	['lambda', 'select list_transform(a, x -> x + 1) as a from t'],
	['filter', 'select count(*) filter (where a > 1) as a from t'],
	['qualify', 'select a from t qualify row_number() over (order by a) = 1'],
	['parses', 'select a from t union select a from u'],
	['outer joins', 'select t.a from t left join u on u.a is not distinct from t.a'],
	['outer joins', 'select t.a from t left join u on u.a > t.a'],
	['recursion', 'select a from (with recursive r as (select 1 as a union all select a + 1 from r where a < 3) select a from r) as s'],
	['group by all', 'select a, count(*) as n from t group by all'],
	['intervals', "select a - interval '1 day' as a from t"],
	['unnest alias', 'select unnest(a) as a from t'],
	['untyped null', 'select a from (select null as a from t) as s']
];

test('each rule finds what it is meant to', () => {
	const { problems, rules } = check(WRONG.map(([, sql]) => ({ name: sql, sql })));
	const found = WRONG.map(([rule, sql]) => [problems.find(({ name, rule: broken }) => name === sql && broken === rule)?.rule, sql]);
	expect(found).toEqual(WRONG);
	expect(Object.keys(rules).filter((rule) => !WRONG.some(([known]) => known === rule))).toEqual([]);
});

test('what BigQuery takes is not found fault with', () => {
	const right = [
		'select `rows`, cast(a as numeric) as a from t where true qualify row_number() over (partition by b order by a) = 1',
		'select t.a from t left join u on u.a = t.a and u.b > t.b union all select null',
		"select timestamp_trunc(a, week(monday)) as a, if(count(b) > 1, 'x', 'y') as b from t group by 1",
		'with recursive r as (select 1 as a union all select a + 1 from r where a < 3) select a from r'
	];
	expect(check(right.map((sql) => ({ name: sql, sql }))).problems).toEqual([]);
});

test('every model and test compiles, and keeps to the rules', async () => {
	const warehouse = bigqueryWarehouse({ project: 'test-project', location: 'US', endpoint: 'http://127.0.0.1:9', dataset: 'onelane' });
	const { command, args, env } = dbtCommand(context, warehouse.dbt({ dataset: 'onelane_v1' }), [
		'--no-use-colors',
		'compile',
		'--no-populate-cache',
		'--no-introspect'
	]);
	const ended = await runProcess(command, args, { cwd: context.root, env });
	expect(ended.code, ended.tail.slice(-2000)).toBe(0);
	const { nodes } = JSON.parse(readFileSync(join(scratch, 'dbt', 'target', 'manifest.json'), 'utf8')) as {
		nodes: Record<string, { name: string; compiled_code?: string; config: { partition_by?: unknown } }>;
	};
	const compiled = Object.values(nodes).flatMap(({ name, compiled_code: sql }) => (sql ? [{ name, sql }] : []));
	const { checked, problems } = check(compiled);
	expect(problems).toEqual([]);
	expect(checked).toBeGreaterThan(200);
	expect(Object.values(nodes).filter(({ config }) => config.partition_by).length).toBeGreaterThan(15);
}, 400_000);

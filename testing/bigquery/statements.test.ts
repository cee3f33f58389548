/** The rules that statements for BigQuery are held to find what they are meant to. Those of the models and pages are in pipeline/integration/bigquery. */
import { expect, test } from 'vitest';
import { checkStatements as check } from './statements.ts';

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
		'with recursive r as (select 1 as a union all select a + 1 from r where a < 3) select a from r',
		'create or replace table t options() as (with recursive r as (select 1 as a union all select a + 1 from r where a < 3) select a from r)'
	];
	expect(check(right.map((sql) => ({ name: sql, sql }))).problems).toEqual([]);
});

import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { withLiterals } from './literals.ts';

test('plain values become literals', () => {
	expect(withLiterals('a = ? AND day >= CAST(? AS TIMESTAMP) AND b = ?', ['store:7', '2026-01-02T00:00:00.000', '上海 东'])).toEqual({
		sql: "a = 'store:7' AND day >= CAST('2026-01-02T00:00:00.000' AS TIMESTAMP) AND b = '上海 东'",
		values: []
	});
});

test('whatever could end a literal, or is no text, stays a parameter in its place', () => {
	for (const value of ["x' OR '1'='1", 'a\\', 'a\0b', 'a\nb', '"', 'a;b', '%', 7, null, true, '\ud800', 'x'.repeat(201)])
		expect(withLiterals('a = ? AND b = ? AND c = ?', ['before', value, 'after'])).toEqual({
			sql: "a = 'before' AND b = ? AND c = 'after'",
			values: [value]
		});
});

test('a question mark in a text, a name or a comment is none', () => {
	expect(withLiterals(`a = 'it''s ?' AND "b?" = ?`, ['x'])).toEqual({ sql: `a = 'it''s ?' AND "b?" = 'x'`, values: [] });
	for (const [sql, values] of [
		['a = ? -- ?', ['x', 'y']],
		['a = ? /* ? */', ['x', 'y']],
		['a = $1 AND b = ?', ['x', 'y']],
		['a = $$?$$ AND b = ?', ['x', 'y']],
		['a = ?', ['x', 'y']],
		['a = ? AND b = ?', ['x']]
	] as const)
		expect(withLiterals(sql, values)).toEqual({ sql, values });
});

test('DuckDB answers the same', async () => {
	const connection = await (await DuckDBInstance.create(':memory:')).connect();
	await connection.run(`create table t as select 'm' || i::varchar as id, i as n, i % 2 = 0 as even, date '2026-01-01' + i::int as day
		from range(50) r(i) union all select 'it''s', 99, true, date '2026-06-01'`);
	const answers = async (sql: string, values: (string | number)[]) => {
		const changed = withLiterals(sql, values);
		const rows = async (text: string, bound: (string | number)[]) => (await connection.runAndReadAll(text, bound)).getRowsJson();
		const found = await rows(changed.sql, changed.values as (string | number)[]);
		expect(found).toEqual(await rows(sql, values));
		return found.length;
	};
	expect(await answers('select * from t where id = ? order by 1', ['m7'])).toBe(1);
	expect(await answers('select * from t where id = ? order by 1', ["it's"])).toBe(1);
	expect(await answers('select * from t where id in (?, ?, ?) order by 1', ['m7', "it's", 'nobody'])).toBe(2);
	expect(await answers('select * from t where n > ? order by 1', ['40'])).toBe(10);
	expect(await answers('select * from t where even = ? order by 1', ['true'])).toBe(26);
	expect(await answers("select * from t where id ilike '%' || ? || '%' order by 1", ['M1'])).toBe(11);
	expect(
		await answers(
			'select id, sum(n) from t where day between cast(? as timestamp) and cast(? as timestamp) group by 1 having sum(n) >= ?',
			['2026-01-03T00:00:00.000', '2026-01-09T23:59:59.999', '4']
		)
	).toBe(5);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { bytesOf, daysOf, growth, type Weights, weigh, weight } from './sizes.ts';

const folder = mkdtempSync(join(tmpdir(), 'onelane-cost-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('types weigh what BigQuery says, a text its bytes and two, a null nothing', async () => {
	const file = join(folder, 'a.duckdb');
	const instance = await DuckDBInstance.create(file);
	const connection = await instance.connect();
	await connection.run(`create table t as select * from (values
		(1::bigint, 1.5::double, 2::decimal(18, 2), true, date '2026-01-01', timestamp '2026-01-01', '线索', ['a', 'bc']),
		(null, null, null, null, null, null, null, null)) v(i, x, d, b, day, moment, s, l)`);
	connection.closeSync();
	instance.closeSync();
	expect(await weigh([file])).toEqual({ t: { rows: 2, columns: { i: 8, x: 8, d: 16, b: 1, day: 8, moment: 8, s: 8, l: 7 } } });
	expect(() => weight('a', 'BLOB')).toThrow(/BLOB/);
});

const small: Weights = { fct_leads: { rows: 100, columns: { a: 800, b: 1_000 } }, dim_stores: { rows: 18, columns: { c: 180 } } };
const large: Weights = { fct_leads: { rows: 400, columns: { a: 3_200, b: 4_000 } }, dim_stores: { rows: 18, columns: { c: 180 } } };

test('what grows with leads does so in a straight line, what does not stays', () => {
	expect(growth('fct_leads', small, large, 4_000)).toBe(10);
	expect(growth('dim_stores', small, large, 4_000)).toBe(1);
	const half: Weights = { ...small, spend: { rows: 100, columns: {} } };
	expect(growth('spend', half, { ...large, spend: { rows: 130, columns: {} } }, 1_000)).toBeCloseTo(190 / 130);
});

test('a statement scans the columns it reads, in the partitions that match', () => {
	const tables = { fct_leads: ['a'], dim_stores: ['c'] };
	expect(bytesOf({ tables }, small, large, 4_000)).toBe(32_000 + 180);
	expect(bytesOf({ tables, shares: { fct_leads: 0.25 } }, small, large, 4_000)).toBe(8_000 + 180);
});

test('days of a partitioned table are read from the values of its conditions', () => {
	const sql =
		'SELECT 1 FROM fct_leads AS `l` LEFT JOIN dim_stores AS `s` ON `s`.id = `l`.id WHERE (`l`.status = ?) AND (`l`.captured_date >= DATE(TIMESTAMP(?)) AND `l`.captured_date <= DATE(TIMESTAMP(?)))';
	const values = ['valid', '2026-11-01T00:00:00.000', '2026-11-22T23:59:59.999'];
	expect(daysOf(sql, values, new Map([['fct_leads', 'captured_date']]))).toEqual({ fct_leads: { from: '2026-11-01', to: '2026-11-22' } });
	expect(daysOf('SELECT 1 FROM fct_leads AS `l`', [], new Map([['fct_leads', 'captured_date']]))).toEqual({});
});

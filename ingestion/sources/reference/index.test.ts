import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { reference } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'reference', reference));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(reference.map(({ name }) => `reference.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('dates stay the dates that were written, and names keep their characters', async () => {
	expect(
		await brand.query(
			`select name_zh, valid_from::varchar as valid_from, opened_on::varchar as opened_on from raw.reference__stores where store_id = 'S001' order by valid_from limit 1`
		)
	).toEqual([{ name_zh: '上海浦东正通4S店', valid_from: '2022-05-16', opened_on: '2022-05-16' }]);
	expect(
		await brand.query(
			`select value::varchar as value from raw.reference__targets where target_month = date '2024-11-01' and level = 'company' and metric = 'leads'`
		)
	).toEqual([{ value: '78.00' }]);
});

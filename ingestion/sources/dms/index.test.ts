import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { dms } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'dms', dms));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(dms.map(({ name }) => `dms.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('an order carries its states in UTC, exact amounts, and a vehicle by its check digit', async () => {
	expect(
		await brand.query(`select order_id, vin_status, vin_masked, amount::varchar as amount, cost::varchar as cost, locked_at::varchar as locked, delivered_at::varchar as delivered, cancel_reason
		from raw.dms__orders where order_id like 'O9%' order by order_id`)
	).toEqual([
		{
			order_id: 'O9000001',
			vin_status: 'ok',
			vin_masked: '1M8**********2788',
			amount: '287100.00',
			cost: '248154.13',
			locked: '2025-11-03 10:00:00',
			delivered: '2025-11-24 07:00:00',
			cancel_reason: null
		},
		{
			order_id: 'O9000002',
			vin_status: 'invalid',
			vin_masked: '1M8**********2788',
			amount: '287100.00',
			cost: null,
			locked: '2025-11-03 10:00:00',
			delivered: null,
			cancel_reason: 'price'
		}
	]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { verticals } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'verticals', verticals));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(verticals.map(({ name }) => `verticals.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('numbers that a portal forwards are relays, and a later price is another version', async () => {
	expect(
		await brand.query(`select portal_lead_id as id, phone_masked, phone_status, email_masked, price::varchar as price, captured_at::varchar as at
		from raw.verticals__leads where portal_lead_id like 'VT9%' and deleted is null order by id, updated_at`)
	).toEqual([
		{
			id: 'VT9000001',
			phone_masked: '170****5678x****',
			phone_status: 'relay',
			email_masked: null,
			price: '135.50',
			at: '2025-11-30 01:12:05'
		},
		{
			id: 'VT9000001',
			phone_masked: '170****5678x****',
			phone_status: 'relay',
			email_masked: null,
			price: '0.00',
			at: '2025-11-30 01:12:05'
		},
		{
			id: 'VT9000002',
			phone_masked: '950****2345',
			phone_status: 'relay',
			email_masked: 'l***@mail.cn',
			price: null,
			at: '2025-11-30 15:40:00'
		}
	]);
	expect(reports[0]?.rows_changed).toBe(1);
});

test('a tombstone says no more than what is gone', async () => {
	expect(await brand.query('select portal_lead_id as id, captured_at from raw.verticals__leads where deleted')).toEqual([
		{ id: 'VT9000003', captured_at: null }
	]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { callcenter } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'callcenter', callcenter));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(callcenter.map(({ name }) => `callcenter.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('a call without lead, with a number that cannot be, is a call all the same', async () => {
	expect(
		await brand.query(
			`select phone_status, lead_record_id, connected, seconds::integer as seconds, started_at::varchar as at from raw.callcenter__calls where call_id = 'C9000001'`
		)
	).toEqual([{ phone_status: 'invalid', lead_record_id: null, connected: true, seconds: 12, at: '2025-11-30 01:00:00' }]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { crm } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'crm', crm));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(crm.map(({ name }) => `crm.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('a landline reaches a person; a reopened lead names the lost one', async () => {
	expect(
		await brand.query(
			`select phone_status, phone_masked, intent_level, reopened_record_id, event_id from raw.crm__leads where lead_id = 'L9000001'`
		)
	).toEqual([{ phone_status: 'ok', phone_masked: '755****5678', intent_level: 'H', reopened_record_id: 'L0000001', event_id: 'E001' }]);
});

test('a walk-in names nobody; when it is deleted its tombstone is the greater version', async () => {
	expect(
		await brand.query(`select kind, phone_hash, deleted from raw.crm__visits where visit_id = 'V9000001' order by updated_at`)
	).toEqual([
		{ kind: 'walk_in', phone_hash: null, deleted: null },
		{ kind: null, phone_hash: null, deleted: true }
	]);
});

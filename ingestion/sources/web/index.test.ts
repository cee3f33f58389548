import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { web } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'web', web));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(web.map(({ name }) => `web.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('an event and a form of one browser share its hash, and an openid without app belongs to this source', async () => {
	expect(
		await brand.query(
			`select count(*)::integer as n from raw.web__events e join raw.web__forms f on f.anonymous_id_hash = e.anonymous_id_hash where f.form_id = 'WF9000001'`
		)
	).toEqual([{ n: 1 }]);
	expect(
		await brand.query(`select occurred_at::varchar as at, page, openid_masked from raw.web__events where event_id = 'WE9000001'`)
	).toEqual([{ at: '2025-11-29 23:59:00', page: '/试驾', openid_masked: 'web:oWit****' }]);
});

test('name, phone and mail address are cleaned before they are hashed', async () => {
	expect(
		await brand.query(
			`select type, value from restricted.identifiers i join raw.web__forms f on i.hash in (f.phone_hash, f.email_hash, f.name_hash) where form_id = 'WF9000001' order by type`
		)
	).toEqual([
		{ type: 'email', value: 'wang.fang@qq.com' },
		{ type: 'person_name', value: '王 芳' },
		{ type: 'phone', value: '+8613812340000' }
	]);
});

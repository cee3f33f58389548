import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestHome } from '../../testing.ts';
import type { ResourceReport } from '../../index.ts';
import { ads } from './index.ts';

let brand: TestHome;
let reports: ResourceReport[];
beforeAll(async () => {
	({ brand, reports } = await TestHome.ofFixtures(import.meta.dirname, 'ads', ads));
});
afterAll(() => brand.dispose());

test('every resource lands whole', () => {
	expect(reports.map(({ resource }) => resource)).toEqual(ads.map(({ name }) => `ads.${name}`));
	expect(
		reports.filter(({ rows_read, rows_landed, rows_duplicate }) => rows_landed === 0 || rows_landed + rows_duplicate !== rows_read)
	).toEqual([]);
});

test('a day of a campaign without region is a record of its own, exact to the cent', async () => {
	expect(
		await brand.query(
			`select spend::varchar as spend, region_id from raw.ads__spend where campaign_id = 'cmp_national_1' order by updated_at`
		)
	).toEqual([
		{ spend: '1234567.89', region_id: null },
		{ spend: '1234599.89', region_id: null }
	]);
	expect(reports[0]?.rows_changed).toBeGreaterThanOrEqual(1);
});

test('a phone typed to get past the form is a placeholder', async () => {
	expect(
		await brand.query(
			`select name_status, phone_status, device_id_status, openid_status, openid_masked from raw.ads__leads where platform_lead_id = 'AD9000001'`
		)
	).toEqual([
		{
			name_status: 'placeholder',
			phone_status: 'placeholder',
			device_id_status: 'ok',
			openid_status: 'ok',
			openid_masked: 'wxapp01:oAbC****'
		}
	]);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { config } from '../contracts/config.ts';
import { resources } from './sources/index.ts';
import { TestHome } from './testing.ts';

const folder = process.env['ONELANE_OLIST_DIR'];
const present = folder !== undefined && existsSync(join(folder, 'olist_closed_deals_dataset.csv'));
if (!present) console.warn('SKIPPED: landing of the real Olist funnel. Set ONELANE_OLIST_DIR to the folder with its two files to run it.');

const EXAMPLE = '../examples/olist/onelane.config.ts';

test.skipIf(!present)('Olist lands by mapping alone, with its known totals', async () => {
	const example = (await import(EXAMPLE)) as { default: unknown };
	const brand = new TestHome();
	const { timezone, sources } = config.parse(example.default);
	for (const resource of resources) brand.sources[resource.source] = [...(brand.sources[resource.source] ?? []), resource];
	await brand.land({ settings: { timezone, sources, quarantine: { threshold: 0 } } });
	const byChannel = await brand.query('select channel_id, count(*)::integer as n from raw.crm__leads group by channel_id');
	expect(Object.fromEntries(byChannel.map(({ channel_id, n }) => [channel_id, n]))).toEqual({
		organic_search: 2296,
		paid_search: 1586,
		social: 1350,
		unknown: 1099,
		direct_traffic: 499,
		email: 493,
		referral: 284,
		other: 150,
		display: 118,
		other_publicities: 65,
		'(blank)': 60
	});
	expect(
		await brand.query(`select count(*)::integer as deals, count(distinct inviter_id)::integer as sdrs, count(distinct advisor_id)::integer as representatives,
			min(locked_at)::date::varchar as first, max(locked_at)::date::varchar as last from raw.dms__orders`)
	).toEqual([{ deals: 842, sdrs: 32, representatives: 22, first: '2017-12-05', last: '2018-11-14' }]);
	expect(
		await brand.query('select count(*)::integer as n from raw.dms__orders o join raw.crm__leads l on l.lead_id = o.lead_record_id')
	).toEqual([{ n: 842 }]);
	brand.dispose();
});

/**
 * The real marketing funnel of Olist, by mapping alone: qualified leads become `crm.leads`, closed deals `dms.orders`.
 * The data is not part of onelane (CC BY-NC-SA 4.0): get its two files, and say where they are in ONELANE_OLIST_DIR.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '../../contracts/config.ts';

const FILES = ['olist_marketing_qualified_leads_dataset.csv', 'olist_closed_deals_dataset.csv'];

/** ONELANE_OLIST_DIR, else a folder `data` beside this file, else data that is shared beside the clone. */
const places = [
	process.env['ONELANE_OLIST_DIR'],
	join(import.meta.dirname, 'data'),
	join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'olist')
];
const folder = places.find((place) => place && FILES.every((file) => existsSync(join(place, file))));
if (!folder) {
	const given = process.env['ONELANE_OLIST_DIR'];
	const what = given ? `ONELANE_OLIST_DIR is ${given}, which does not hold both files` : 'ONELANE_OLIST_DIR is not set';
	throw new Error(`${what}: set it to the folder that holds ${FILES.join(' and ')}.`);
}

export default defineConfig({
	brand: { name_zh: 'Olist 营销漏斗', name_en: 'Olist marketing funnel' },
	timezone: 'America/Sao_Paulo',
	currency: 'BRL',
	screens: { default_period: 'all' },
	sources: [
		{
			kind: 'mapped',
			name: 'olist',
			timezone: 'America/Sao_Paulo',
			resources: [
				{
					feeds: 'crm.leads',
					path: join(folder, 'olist_marketing_qualified_leads_dataset.csv'),
					format: 'csv',
					columns: {
						lead_id: 'mql_id',
						captured_at: 'first_contact_date',
						// Only leads that Olist had qualified are in the file.
						qualified_at: 'first_contact_date',
						channel_id: { column: 'origin', default: '(blank)' },
						campaign_id: 'landing_page_id',
						updated_at: 'first_contact_date'
					}
				},
				{
					feeds: 'dms.orders',
					path: join(folder, 'olist_closed_deals_dataset.csv'),
					format: 'csv',
					columns: {
						order_id: 'mql_id',
						lead_record_id: 'mql_id',
						inviter_id: 'sdr_id',
						advisor_id: 'sr_id',
						locked_at: 'won_date',
						updated_at: 'won_date'
					}
				}
			]
		}
	]
});

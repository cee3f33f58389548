/** Reference: the organisation, its products, channels, campaigns and targets, as headquarters maintains them. */
import { z } from 'zod';
import { date, decimal, integer, oneOf, text } from '../../core/fields.ts';
import { defineResource } from '../../core/resource.ts';
import { deleted, updatedAt } from '../shared-fields.ts';

const names = { name_zh: text('Name in Chinese.'), name_en: text('Name in English.') };
const member = { cursor: 'updated_at', writeDisposition: 'merge', tombstone: 'deleted' } as const;

export const regions = defineResource('reference', 'regions', {
	description: 'Sales regions (大区). One row per region.',
	primaryKey: ['region_id'],
	...member,
	schema: z.object({ region_id: text('Id of the region.'), ...names, updated_at: updatedAt, deleted })
});

export const areas = defineResource('reference', 'areas', {
	description: 'Areas (小区) of a region. One row per area.',
	primaryKey: ['area_id'],
	...member,
	schema: z.object({
		area_id: text('Id of the area.'),
		...names,
		region_id: text('Region the area belongs to.'),
		updated_at: updatedAt,
		deleted
	})
});

export const dealerGroups = defineResource('reference', 'dealer_groups', {
	description: 'Dealer groups (经销商集团). One row per group.',
	primaryKey: ['dealer_group_id'],
	...member,
	schema: z.object({ dealer_group_id: text('Id of the dealer group.'), ...names, updated_at: updatedAt, deleted })
});

export const cities = defineResource('reference', 'cities', {
	description: 'Cities with the region that serves them. One row per city.',
	primaryKey: ['city'],
	...member,
	schema: z.object({
		city: text('Name of the city as leads write it.'),
		name_en: text('Name in English.'),
		province: text('Province of the city.'),
		province_en: text('Province in English.'),
		city_tier: text('Tier of the city: T1, T2, T3 …'),
		region_id: text('Region that serves the city: leads that are not yet dispatched count there.'),
		updated_at: updatedAt,
		deleted
	})
});

export const stores = defineResource('reference', 'stores', {
	description: 'Stores with the period in which these attributes hold. One row per store and start of validity.',
	primaryKey: ['store_id', 'valid_from'],
	...member,
	schema: z.object({
		store_id: text('Id of the store.'),
		valid_from: date('First day on which this row describes the store.'),
		...names,
		store_type: oneOf(['4S', '3S', '2S', '1S', 'city_showroom', 'pop_up', 'online_mall'], 'Type of the store.'),
		sales_model: oneOf(['dealer', 'direct', 'agency'], 'Sales model of the store.'),
		dealer_group_id: text('Dealer group that owns the store; empty for direct stores.').optional(),
		area_id: text('Area that manages the store.'),
		province: text('Province of the store.'),
		city: text('City of the store.'),
		city_tier: text('Tier of the city.'),
		opened_on: date('Day the store opened.'),
		closed_on: date('Day the store closed.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const staff = defineResource('reference', 'staff', {
	description:
		'Inviters, advisors and store managers with the period in which these attributes hold. One row per person and start of validity.',
	primaryKey: ['staff_id', 'valid_from'],
	...member,
	schema: z.object({
		staff_id: text('Id of the member of staff.'),
		valid_from: date('First day on which this row describes the person.'),
		...names,
		role: oneOf(['inviter', 'advisor', 'store_manager'], 'What the person does in the store.'),
		store_id: text('Store the person works in.'),
		joined_on: date('First working day with the brand.'),
		left_on: date('Last working day.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const channels = defineResource('reference', 'channels', {
	description: 'Channels in which touchpoints happen. One row per channel.',
	primaryKey: ['channel_id'],
	...member,
	schema: z.object({
		channel_id: text('Id of the channel.'),
		...names,
		domain: oneOf(['public', 'private'], 'Public (公域) or private (私域) traffic.'),
		party: oneOf(['1st', '2nd', '3rd'], 'Who owns the data: first, second or third party.'),
		medium: oneOf(['online', 'offline'], 'Where the contact happens.'),
		ownership: oneOf(['paid', 'owned', 'earned'], 'Paid, owned or earned traffic.'),
		is_direct: oneOf(['true', 'false'], 'True when the touch came without a referring channel: last non-direct attribution skips it.'),
		updated_at: updatedAt,
		deleted
	})
});

export const campaigns = defineResource('reference', 'campaigns', {
	description: 'Paid campaigns (投放计划). One row per campaign.',
	primaryKey: ['campaign_id'],
	...member,
	schema: z.object({
		campaign_id: text('Id of the campaign.'),
		...names,
		channel_id: text('Channel in which it runs.'),
		platform: text('Advertising platform.').optional(),
		account_id: text('Account (账户) at the platform.').optional(),
		started_on: date('First day.'),
		ended_on: date('Last day; empty while it runs.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const events = defineResource('reference', 'events', {
	description: 'Organised activities: auto shows, launches, store and community events. One row per event.',
	primaryKey: ['event_id'],
	...member,
	schema: z.object({
		event_id: text('Id of the event.'),
		...names,
		kind: oneOf(['auto_show', 'launch', 'store_event', 'community_event'], 'Kind of event.'),
		channel_id: text('Channel under which its leads are counted.').optional(),
		region_id: text('Region that holds it; empty for the whole country.').optional(),
		starts_on: date('First day.'),
		ends_on: date('Last day.'),
		cost: decimal('Cost of the event.').optional(),
		updated_at: updatedAt,
		deleted
	})
});

export const products = defineResource('reference', 'products', {
	description: 'Trims of the model range. One row per trim.',
	primaryKey: ['product_id'],
	...member,
	schema: z.object({
		product_id: text('Id of the trim (配置).'),
		...names,
		series_id: text('Id of the series (车系).'),
		series_name_zh: text('Name of the series in Chinese.'),
		series_name_en: text('Name of the series in English.'),
		model_year: integer('Model year (年款).'),
		powertrain: oneOf(['ICE', 'HEV', 'PHEV', 'BEV', 'EREV'], 'Powertrain.'),
		list_price: decimal('List price.'),
		updated_at: updatedAt,
		deleted
	})
});

export const targets = defineResource('reference', 'targets', {
	description: 'Monthly targets. One row per month, level, member, metric and version.',
	primaryKey: ['target_month', 'level', 'member_id', 'metric', 'version'],
	...member,
	schema: z.object({
		target_month: date('First day of the month.'),
		level: oneOf(['company', 'region', 'area', 'store'], 'Level of the organisation.'),
		member_id: text('Id of the region, area or store; "company" for the company.'),
		metric: oneOf(
			['leads', 'valid_leads', 'visits', 'test_drives', 'orders', 'deliveries'],
			'Metric the target is for; orders means net orders.'
		),
		version: text('Version of the plan; the greatest counts.'),
		value: decimal('Target of the month.'),
		updated_at: updatedAt,
		deleted
	})
});

export const holidays = defineResource('reference', 'holidays', {
	description: 'Public holidays and make-up working days. One row per day.',
	primaryKey: ['holiday_date'],
	...member,
	schema: z.object({
		holiday_date: date('The day.'),
		...names,
		is_workday: oneOf(['true', 'false'], 'True for a weekend day that is worked in exchange.'),
		updated_at: updatedAt,
		deleted
	})
});

export const reference = [regions, areas, dealerGroups, cities, stores, staff, channels, campaigns, events, products, targets, holidays];

/** Reference rows of the organisation, the range, the channels and the calendar. */
import { holidays } from './calendar.ts';
import { channels, products } from './catalogue.ts';
import { at, type Day, dayText } from './clock.ts';
import { cities, regions } from './geography.ts';
import type { Simulation } from './simulation.ts';

export function writeReference(simulation: Simulation): void {
	const { extracts, organisation, start, now } = simulation;
	const since = at(start - 30, 10);
	const put = (resource: string, rows: readonly Record<string, string | number | boolean | undefined>[]): void =>
		rows.forEach((row) => extracts.add(`reference.${resource}`, { ...row, updated_at: since }));
	put(
		'regions',
		regions.map((region) => ({ ...region }))
	);
	put(
		'areas',
		organisation.areas.map((area) => ({ ...area }))
	);
	put(
		'dealer_groups',
		organisation.groups.map((group) => ({ ...group }))
	);
	put(
		'cities',
		cities.map(({ city, name_en, province, province_en, tier, region_id }) => ({
			city,
			name_en,
			province,
			province_en,
			city_tier: tier,
			region_id
		}))
	);
	put(
		'channels',
		channels.map(({ channel_id, name_zh, name_en, domain, party, medium, ownership, is_direct }) => ({
			channel_id,
			name_zh,
			name_en,
			domain,
			party,
			medium,
			ownership,
			is_direct: String(is_direct)
		}))
	);
	put(
		'products',
		products.map(({ weight: _, ...product }) => product)
	);
	put(
		'holidays',
		holidays.map(({ day, name_zh, name_en, is_workday }) => ({
			holiday_date: dayText(day),
			name_zh,
			name_en,
			is_workday: String(is_workday)
		}))
	);
	const changed = (day: Day): number => Math.min(now, Math.max(since, at(day, 9)));
	for (const { campaign_id, name_zh, name_en, channel_id, platform, account_id, from, to } of simulation.campaigns) {
		const ended = to !== undefined && to <= simulation.end;
		extracts.add('reference.campaigns', {
			campaign_id,
			name_zh,
			name_en,
			channel_id,
			platform,
			account_id,
			started_on: dayText(from),
			ended_on: ended ? dayText(to) : undefined,
			updated_at: changed(ended ? to : from)
		});
	}
	for (const { from, to, ...event } of simulation.events) {
		extracts.add('reference.events', { ...event, starts_on: dayText(from), ends_on: dayText(to), updated_at: changed(from - 20) });
	}
	for (const store of organisation.stores) {
		store.areas.forEach(({ from, area_id }) =>
			extracts.add('reference.stores', {
				store_id: store.store_id,
				valid_from: dayText(from),
				name_zh: store.name_zh,
				name_en: store.name_en,
				store_type: store.store_type,
				sales_model: store.sales_model,
				dealer_group_id: store.dealer_group_id,
				area_id,
				province: store.city.province,
				city: store.city.city,
				city_tier: store.city.tier,
				opened_on: dayText(store.opened),
				closed_on: store.closed === undefined ? undefined : dayText(store.closed),
				updated_at: changed(Math.max(from, store.closed ?? 0))
			})
		);
	}
	for (const person of organisation.staff) {
		for (const { from, role, store_id } of person.posts) {
			if (from > simulation.end) continue;
			const left = person.left !== undefined && person.left <= simulation.end ? person.left : undefined;
			extracts.add('reference.staff', {
				staff_id: person.staff_id,
				valid_from: dayText(from),
				name_zh: person.name.zh,
				name_en: person.name.en,
				role,
				store_id,
				joined_on: dayText(person.joined),
				left_on: left === undefined ? undefined : dayText(left),
				updated_at: changed(left ?? from)
			});
		}
	}
}

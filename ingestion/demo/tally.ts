/** Counts kept while the simulation runs: spend and targets are set by them. */
import type { Day } from './clock.ts';

export class Tally {
	leads = 0;
	valid_leads = 0;
	/** Locked and not cancelled. */
	orders = 0;
	deliveries = 0;
	readonly leadsOfStore = new Map<string, number>();
	readonly leadsOfCampaign = new Map<string, number>();
	readonly #leadsOfDay = new Map<string, number>();

	store(store_id: string): void {
		this.leadsOfStore.set(store_id, (this.leadsOfStore.get(store_id) ?? 0) + 1);
	}

	campaign(campaign_id: string, day: Day, region_id: string): void {
		const key = `${campaign_id}|${day}|${region_id}`;
		this.leadsOfCampaign.set(campaign_id, (this.leadsOfCampaign.get(campaign_id) ?? 0) + 1);
		this.#leadsOfDay.set(key, (this.#leadsOfDay.get(key) ?? 0) + 1);
	}

	/** Captures of the campaign on the day from the region. */
	captured(campaign_id: string, day: Day, region_id: string): number {
		return this.#leadsOfDay.get(`${campaign_id}|${day}|${region_id}`) ?? 0;
	}
}

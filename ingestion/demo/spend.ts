/** Daily spend of the campaigns, with the shape of the week and the season. */
import { demand } from './calendar.ts';
import type { Campaign } from './campaigns.ts';
import { channelById } from './catalogue.ts';
import { at, dayText, DAY } from './clock.ts';
import { cities, regions } from './geography.ts';
import { Random } from './random.ts';
import type { Simulation } from './simulation.ts';

const cityWeight = cities.reduce((sum, city) => sum + city.weight, 0);
const regionShare = new Map(
	regions.map((region) => [
		region.region_id,
		cities.filter((city) => city.region_id === region.region_id).reduce((sum, city) => sum + city.weight, 0) / cityWeight
	])
);

export function spendMoney(simulation: Simulation): void {
	for (const campaign of simulation.campaigns) spendCampaign(simulation, campaign);
}

/** What the campaign's leads cost in total follows from the channel's price; how it spreads over days follows demand. */
function spendCampaign(simulation: Simulation, campaign: Campaign): void {
	const { seed, start, end, extracts, now } = simulation;
	const random = new Random(seed, 'spend', campaign.campaign_id);
	const channel = channelById.get(campaign.channel_id);
	const total = (simulation.tally.leadsOfCampaign.get(campaign.campaign_id) ?? 0.5) * (channel?.cost ?? 0) * campaign.price;
	const days: { day: number; weight: number }[] = [];
	let sum = 0;
	for (let day = Math.max(start, campaign.from); day <= Math.min(end, campaign.to ?? end); day += 1) {
		const weight = demand(day, start) * random.between(0.8, 1.2);
		days.push({ day, weight });
		sum += weight;
	}
	const places = campaign.region_id ? [campaign.region_id] : regions.map((region) => region.region_id);
	for (const { day, weight } of days) {
		const budget = (total * weight) / sum;
		const rows = campaign.by_region
			? places.map((region_id) => ({ region_id, share: campaign.region_id ? 1 : (regionShare.get(region_id) as number) }))
			: [{ region_id: undefined, share: 1 }];
		for (const { region_id, share } of rows) {
			const spend = Math.round(budget * share * 100) / 100;
			const impressions = Math.round((spend / random.between(38, 62)) * 1000);
			const clicks = Math.round(impressions * random.between(0.008, 0.017));
			const seen = (region_id ? [region_id] : places).reduce(
				(leads, place) => leads + simulation.tally.captured(campaign.campaign_id, day, place),
				0
			);
			const updated_at = Math.min(at(day + 1, 3.5) + random.int(0, 1800), now - random.int(0, 600));
			const row = {
				spend_date: dayText(day),
				campaign_id: campaign.campaign_id,
				region_id,
				spend,
				impressions,
				clicks,
				platform_leads: seen + (seen > 0 && random.chance(0.06) ? 1 : 0),
				updated_at
			};
			extracts.add('ads.spend', row);
			// Platforms settle a few days later and restate what they charged.
			const settled = updated_at + 3 * DAY;
			if (settled < now && random.chance(0.012))
				extracts.add('ads.spend', { ...row, spend: Math.round(spend * random.between(0.94, 1.03) * 100) / 100, updated_at: settled });
		}
	}
}

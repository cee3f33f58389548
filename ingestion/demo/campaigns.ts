/** Paid campaigns and organised events of the history, whose end decides which of them still run. */
import { channels, LAUNCH, series } from './catalogue.ts';
import { type Day, dayText, monthStart, weekday } from './clock.ts';
import { regions } from './geography.ts';
import { Random } from './random.ts';

export interface Campaign {
	campaign_id: string;
	name_zh: string;
	name_en: string;
	channel_id: string;
	platform: string;
	account_id: string;
	from: Day;
	/** Last day; undefined while it runs. */
	to: Day | undefined;
	/** The one region it is shown in; undefined: the whole country. */
	region_id: string | undefined;
	/** True where the platform reports its spend by region. */
	by_region: boolean;
	series_id: string | undefined;
	/** Share of its channel's leads, relative. */
	weight: number;
	/** Price of a lead against the channel's usual price. */
	price: number;
}

export interface MarketEvent {
	event_id: string;
	name_zh: string;
	name_en: string;
	kind: 'auto_show' | 'launch' | 'store_event' | 'community_event';
	channel_id: string;
	region_id: string | undefined;
	from: Day;
	to: Day;
	cost: number;
}

/** The story's campaign: a re-marketing list of people the brand already knows. */
export const RECAPTURE = { campaign_id: 'cmp_tencent_moments_4', channel_id: 'tencent_moments', months: 9 } as const;

export function buildCampaigns(seed: number, start: Day, end: Day): Campaign[] {
	return channels
		.filter((entry) => entry.captures === 'ads')
		.flatMap((entry) => {
			const random = new Random(seed, 'campaigns', entry.channel_id);
			const campaign = (number: number, zh: string, en: string, more: Partial<Campaign>): Campaign => ({
				campaign_id: `cmp_${entry.channel_id}_${number}`,
				name_zh: `${entry.name_zh}·${zh}`,
				name_en: `${entry.name_en}: ${en}`,
				channel_id: entry.channel_id,
				platform: entry.platform as string,
				account_id: `acc_${entry.channel_id}_${(number % 2) + 1}`,
				from: start,
				to: undefined,
				region_id: undefined,
				by_region: random.chance(0.4),
				series_id: undefined,
				weight: 1,
				price: random.between(0.92, 1.08),
				...more
			});
			const line = random.pick(series);
			const region = random.pick(regions);
			const offer = monthStart(start, random.int(10, 11));
			const launch = monthStart(end, -LAUNCH.months);
			const list = [
				campaign(1, '品牌常态', 'Always on', { weight: 3 }),
				campaign(2, `${line.zh} 种草`, `${line.en} consideration`, {
					series_id: line.id,
					weight: 2,
					from: monthStart(start, random.int(0, 6))
				}),
				campaign(3, `${region.name_zh}区域集客`, `${region.name_en} traffic`, {
					region_id: region.region_id,
					weight: 3,
					from: monthStart(start, random.int(2, 8)),
					by_region: true
				})
			];
			if (entry.channel_id === RECAPTURE.channel_id) {
				list.push(
					campaign(4, '焕新再营销', 'Renewal re-marketing', {
						weight: 0.2,
						from: monthStart(end, -RECAPTURE.months),
						by_region: false,
						price: 0.82
					})
				);
			} else if (random.chance(0.6)) {
				list.push(
					campaign(4, '星禾 S1 上市', 'Xinghe S1 launch', { series_id: LAUNCH.series, weight: 5, from: launch - 14, to: launch + 75 })
				);
			} else list.push(campaign(4, '年末购车季', 'Year-end offer', { weight: 4, from: offer, to: offer + 61 }));
			return list;
		});
}

/** Campaigns that run throughout and everywhere, for a brand without stories. */
export function flatCampaigns(seed: number, start: Day, end: Day): Campaign[] {
	return buildCampaigns(seed, start, end)
		.filter(({ campaign_id }) => /_[12]$/.test(campaign_id))
		.map((campaign) => ({ ...campaign, from: start, to: undefined, series_id: undefined, price: 1 }));
}

const SHOWS: readonly (readonly [month: number, length: number, zh: string, en: string, region: string])[] = [
	[4, 9, '北方国际车展', 'Northern International Auto Show', 'north'],
	[5, 5, '华中汽车展', 'Central China Auto Show', 'central'],
	[6, 7, '东北汽车博览会', 'Northeast Auto Expo', 'northeast'],
	[8, 9, '成渝车展', 'Chengyu Auto Show', 'southwest'],
	[9, 5, '西部汽车消费节', 'Western Auto Festival', 'northwest'],
	[10, 6, '华东秋季车展', 'East China Autumn Show', 'east'],
	[11, 10, '华南车展', 'South China Auto Show', 'south'],
	[11, 5, '华东岁末车展', 'East China Year-end Show', 'east']
];

export function buildEvents(seed: number, start: Day, end: Day): MarketEvent[] {
	const random = new Random(seed, 'events');
	const events: MarketEvent[] = [];
	const add = (event: Omit<MarketEvent, 'event_id'>): void => {
		if (event.from <= end) events.push({ event_id: `E${String(events.length + 1).padStart(3, '0')}`, ...event });
	};
	for (let month = start; month <= end; month = monthStart(month, 1)) {
		const number = Number(dayText(month).slice(5, 7));
		const year = dayText(month).slice(0, 4);
		const saturday = month + ((12 - weekday(month)) % 7);
		SHOWS.forEach(([when, length, zh, en, region_id], index) => {
			if (when !== number) return;
			const from = saturday + (index === 6 ? 14 : 7);
			add({
				name_zh: `${year} ${zh}`,
				name_en: `${en} ${year}`,
				kind: 'auto_show',
				channel_id: 'auto_show',
				region_id,
				from,
				to: from + length - 1,
				cost: random.int(90, 260) * 10_000
			});
		});
		const region = random.pick(regions);
		add({
			name_zh: `${region.name_zh}周末品鉴会 ${year}-${number}`,
			name_en: `${region.name_en} weekend event ${year}-${number}`,
			kind: random.chance(0.7) ? 'store_event' : 'community_event',
			channel_id: 'store_event',
			region_id: region.region_id,
			from: saturday,
			to: saturday + 1,
			cost: random.int(4, 18) * 10_000
		});
	}
	const launch = monthStart(end, -LAUNCH.months);
	add({
		name_zh: '星禾 S1 上市发布会',
		name_en: 'Xinghe S1 launch',
		kind: 'launch',
		channel_id: 'store_event',
		region_id: undefined,
		from: launch,
		to: launch,
		cost: 8_600_000
	});
	return events;
}

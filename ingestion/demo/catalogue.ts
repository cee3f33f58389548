/** What the brand sells, and the 29 channels in which it meets people. */

export interface Channel {
	channel_id: string;
	name_zh: string;
	name_en: string;
	domain: 'public' | 'private';
	party: '1st' | '2nd' | '3rd';
	medium: 'online' | 'offline';
	ownership: 'paid' | 'owned' | 'earned';
	is_direct: boolean;
	/** Source and resource in which its leads are captured; none: it captures no leads. */
	captures: 'ads' | 'verticals' | 'web' | 'store' | 'hotline' | 'none';
	/** Share of first captures, relative. */
	weight: number;
	/** Probability that a lead turns out to be valid. */
	valid: number;
	/** Readiness to buy, 1 is usual. */
	quality: number;
	/** Cost per platform lead in yuan; 0 where no spend is bought by the day. */
	cost: number;
	platform?: string;
}

type Flags = `${'public' | 'private'} ${'1st' | '2nd' | '3rd'} ${'online' | 'offline'} ${'paid' | 'owned' | 'earned'}`;

function channel(
	channel_id: string,
	name_zh: string,
	name_en: string,
	flags: Flags,
	captures: Channel['captures'],
	figures: readonly [number, number, number, number],
	platform?: string
): Channel {
	const [domain, party, medium, ownership] = flags.split(' ') as [
		Channel['domain'],
		Channel['party'],
		Channel['medium'],
		Channel['ownership']
	];
	const [weight, valid, quality, cost] = figures;
	return {
		channel_id,
		name_zh,
		name_en,
		domain,
		party,
		medium,
		ownership,
		is_direct: channel_id === 'direct',
		captures,
		weight,
		valid,
		quality,
		cost,
		...(platform && { platform })
	};
}

/** Figures: weight, valid share, quality, cost per lead. */
export const channels: readonly Channel[] = [
	channel('ocean_feed', '巨量信息流', 'Ocean Engine feed', 'public 3rd online paid', 'ads', [13, 0.7, 0.85, 168], 'Ocean Engine'),
	channel('douyin_live', '抖音直播', 'Douyin live', 'public 3rd online paid', 'ads', [8, 0.69, 0.9, 142], 'Ocean Engine'),
	channel('tencent_moments', '朋友圈广告', 'WeChat Moments ads', 'public 3rd online paid', 'ads', [6, 0.74, 1, 196], 'Tencent Ads'),
	channel('tencent_channels', '视频号广告', 'WeChat Channels ads', 'public 3rd online paid', 'ads', [4, 0.72, 0.95, 158], 'Tencent Ads'),
	channel('baidu_search', '百度搜索', 'Baidu search ads', 'public 3rd online paid', 'ads', [5, 0.8, 1.35, 232], 'Baidu'),
	channel('baidu_feed', '百度信息流', 'Baidu feed', 'public 3rd online paid', 'ads', [3, 0.68, 0.85, 150], 'Baidu'),
	channel('kuaishou_feed', '快手信息流', 'Kuaishou feed', 'public 3rd online paid', 'ads', [4, 0.66, 0.8, 128], 'Kuaishou'),
	channel('xiaohongshu_ads', '小红书投放', 'Xiaohongshu ads', 'public 3rd online paid', 'ads', [3, 0.76, 1.05, 186], 'Xiaohongshu'),
	channel('bilibili_ads', '哔哩哔哩投放', 'Bilibili ads', 'public 3rd online paid', 'ads', [2, 0.7, 0.85, 172], 'Bilibili'),
	channel('ad_network', '联盟流量', 'Ad network', 'public 3rd online paid', 'ads', [6, 0.25, 0.4, 88], 'Ad network'),
	channel('autohome', '汽车之家', 'Autohome', 'public 2nd online paid', 'verticals', [9, 0.77, 1.2, 0]),
	channel('dongchedi', '懂车帝', 'Dongchedi', 'public 2nd online paid', 'verticals', [9, 0.75, 1.15, 0]),
	channel('yiche', '易车', 'Yiche', 'public 2nd online paid', 'verticals', [5, 0.71, 1, 0]),
	channel('pcauto', '太平洋汽车', 'PCauto', 'public 2nd online paid', 'verticals', [2, 0.68, 0.9, 0]),
	channel('organic_search', '自然搜索', 'Organic search', 'public 1st online earned', 'web', [3, 0.82, 1.3, 0]),
	channel('direct', '直接访问', 'Direct', 'private 1st online owned', 'web', [2.5, 0.84, 1.4, 0]),
	channel('app', '品牌 App', 'Brand app', 'private 1st online owned', 'web', [2.5, 0.86, 1.5, 0]),
	channel('miniprogram', '品牌小程序', 'Brand mini-program', 'private 1st online owned', 'web', [3.5, 0.83, 1.3, 0]),
	channel('wechat_oa', '微信公众号', 'WeChat official account', 'private 1st online owned', 'web', [2, 0.8, 1.1, 0]),
	channel('mall', '品牌商城', 'Brand mall', 'private 1st online owned', 'web', [1, 0.85, 1.6, 0]),
	channel('tmall', '天猫旗舰店', 'Tmall flagship store', 'public 2nd online paid', 'hotline', [1.2, 0.78, 1.2, 0]),
	channel('hotline', '400 热线', 'Hotline', 'private 1st online owned', 'hotline', [1.5, 0.87, 1.5, 0]),
	channel('wecom', '企业微信', 'WeCom', 'private 1st online owned', 'store', [2.5, 0.85, 1.4, 0]),
	channel('store_live', '门店直播', 'Store live stream', 'public 1st online earned', 'store', [2, 0.72, 0.9, 0]),
	channel('auto_show', '车展', 'Auto show', 'public 1st offline owned', 'store', [2.5, 0.74, 1, 0]),
	channel('store_event', '店头活动', 'Store event', 'private 1st offline owned', 'store', [2, 0.8, 1.25, 0]),
	channel('city_popup', '商圈快闪', 'City pop-up', 'public 1st offline owned', 'web', [1.5, 0.75, 0.95, 0]),
	channel('referral', '老客转介', 'Referral', 'private 1st offline earned', 'store', [1.5, 0.9, 2.2, 0]),
	channel('walk_in', '自然到店', 'Walk-in', 'private 1st offline earned', 'none', [0, 1, 1, 0])
];

export const channelById = new Map(channels.map((entry) => [entry.channel_id, entry]));

export interface Product {
	product_id: string;
	name_zh: string;
	name_en: string;
	series_id: string;
	series_name_zh: string;
	series_name_en: string;
	model_year: number;
	powertrain: string;
	list_price: number;
}

interface Series {
	id: string;
	zh: string;
	en: string;
	/** Share of demand, relative. */
	weight: number;
	trims: readonly (readonly [trim: string, en: string, powertrain: string, price: number])[];
}

/** Day of the launch as an offset in months before the end of the history; a series without one was always there. */
export const LAUNCH = { series: 'xinghe_s1', months: 13 } as const;

export const series: readonly Series[] = [
	{
		id: 'qinglan_a3',
		zh: '晴岚 A3',
		en: 'Qinglan A3',
		weight: 20,
		trims: [
			['1.5T 都市版', '1.5T Urban', 'ICE', 99_800],
			['1.5T 尊享版', '1.5T Premium', 'ICE', 112_800],
			['混动 领航版', 'Hybrid Pilot', 'HEV', 129_800]
		]
	},
	{
		id: 'qinglan_a5',
		zh: '晴岚 A5',
		en: 'Qinglan A5',
		weight: 18,
		trims: [
			['插混 120 公里 舒适版', 'PHEV 120 Comfort', 'PHEV', 149_800],
			['插混 120 公里 豪华版', 'PHEV 120 Luxury', 'PHEV', 169_800],
			['2.0T 运动版', '2.0T Sport', 'ICE', 156_800]
		]
	},
	{
		id: 'yunfan_x5',
		zh: '云帆 X5',
		en: 'Yunfan X5',
		weight: 26,
		trims: [
			['1.5T 舒适版', '1.5T Comfort', 'ICE', 139_800],
			['插混 两驱版', 'PHEV 2WD', 'PHEV', 168_800],
			['插混 四驱版', 'PHEV 4WD', 'PHEV', 189_800]
		]
	},
	{
		id: 'yunfan_x7',
		zh: '云帆 X7',
		en: 'Yunfan X7',
		weight: 14,
		trims: [
			['增程 六座版', 'EREV 6-seat', 'EREV', 259_800],
			['增程 旗舰版', 'EREV Flagship', 'EREV', 299_800]
		]
	},
	{
		id: 'xinghe_s1',
		zh: '星禾 S1',
		en: 'Xinghe S1',
		weight: 16,
		trims: [
			['纯电 520', 'BEV 520', 'BEV', 179_800],
			['纯电 650 长续航', 'BEV 650 Long range', 'BEV', 209_800],
			['纯电 600 四驱', 'BEV 600 AWD', 'BEV', 239_800]
		]
	},
	{
		id: 'tuoling_t9',
		zh: '拓岭 T9',
		en: 'Tuoling T9',
		weight: 6,
		trims: [
			['2.0T 越野版', '2.0T Off-road', 'ICE', 229_800],
			['插混 越野版', 'PHEV Off-road', 'PHEV', 279_800]
		]
	}
];

export const products: readonly (Product & { weight: number })[] = series.flatMap((line) =>
	line.trims.map(([zh, en, powertrain, list_price], index) => ({
		product_id: `${line.id}-${index + 1}`,
		name_zh: `${line.zh} ${zh}`,
		name_en: `${line.en} ${en}`,
		series_id: line.id,
		series_name_zh: line.zh,
		series_name_en: line.en,
		model_year: line.id === LAUNCH.series ? 2026 : 2025,
		powertrain,
		list_price,
		weight: index === 1 ? 1.4 : 1
	}))
);

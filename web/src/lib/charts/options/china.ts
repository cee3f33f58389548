/** The 34 regions of China: their names, and where each stands in a grid of tiles, roughly as on a map. */
import type { Locale } from '../../format.ts';

export interface Region {
	/** Short name as people write it in a small space. */
	mark: string;
	zh: string;
	en: string;
	/** Two letters for a small space in English. */
	code: string;
	column: number;
	row: number;
}

export const GRID = { columns: 9, rows: 8 } as const;

/** Rows from north to south; a dot is no region. */
const PLACES = [
	'........黑',
	'.....蒙..吉',
	'新.甘宁晋冀京津辽',
	'.青.陕豫鲁...',
	'藏.川渝鄂皖苏沪.',
	'.云贵.湘赣浙..',
	'...桂粤闽.台.',
	'...琼澳港...'
];

const NAMES: Record<string, [zh: string, en: string, code: string]> = {
	黑: ['黑龙江', 'Heilongjiang', 'HL'],
	蒙: ['内蒙古', 'Inner Mongolia', 'NM'],
	吉: ['吉林', 'Jilin', 'JL'],
	新: ['新疆', 'Xinjiang', 'XJ'],
	甘: ['甘肃', 'Gansu', 'GS'],
	宁: ['宁夏', 'Ningxia', 'NX'],
	晋: ['山西', 'Shanxi', 'SX'],
	冀: ['河北', 'Hebei', 'HE'],
	京: ['北京', 'Beijing', 'BJ'],
	津: ['天津', 'Tianjin', 'TJ'],
	辽: ['辽宁', 'Liaoning', 'LN'],
	青: ['青海', 'Qinghai', 'QH'],
	陕: ['陕西', 'Shaanxi', 'SN'],
	豫: ['河南', 'Henan', 'HA'],
	鲁: ['山东', 'Shandong', 'SD'],
	藏: ['西藏', 'Tibet', 'XZ'],
	川: ['四川', 'Sichuan', 'SC'],
	渝: ['重庆', 'Chongqing', 'CQ'],
	鄂: ['湖北', 'Hubei', 'HB'],
	皖: ['安徽', 'Anhui', 'AH'],
	苏: ['江苏', 'Jiangsu', 'JS'],
	沪: ['上海', 'Shanghai', 'SH'],
	云: ['云南', 'Yunnan', 'YN'],
	贵: ['贵州', 'Guizhou', 'GZ'],
	湘: ['湖南', 'Hunan', 'HN'],
	赣: ['江西', 'Jiangxi', 'JX'],
	浙: ['浙江', 'Zhejiang', 'ZJ'],
	桂: ['广西', 'Guangxi', 'GX'],
	粤: ['广东', 'Guangdong', 'GD'],
	闽: ['福建', 'Fujian', 'FJ'],
	台: ['台湾', 'Taiwan', 'TW'],
	琼: ['海南', 'Hainan', 'HI'],
	澳: ['澳门', 'Macao', 'MO'],
	港: ['香港', 'Hong Kong', 'HK']
};

export const REGIONS: readonly Region[] = PLACES.flatMap((line, row) =>
	[...line].flatMap((mark, column): Region[] => {
		const names = NAMES[mark];
		return names ? [{ mark, zh: names[0], en: names[1], code: names[2], column, row }] : [];
	})
);

/** The region that a name means, with or without 省, 市, 自治区; null for none. */
export function regionOf(name: string): Region | null {
	return REGIONS.find((region) => name.startsWith(region.zh) || name.toLowerCase() === region.en.toLowerCase()) ?? null;
}

/** In the reader's language; a name that is none of the 34 stays as the data have it. */
export function regionName(name: string, locale: Locale): string {
	const region = regionOf(name);
	return region ? region[locale === 'en' ? 'en' : 'zh'] : name;
}

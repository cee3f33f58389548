/** Real provinces, cities and tiers, and the region of the brand that serves them. */

export interface City {
	city: string;
	name_en: string;
	province: string;
	province_en: string;
	tier: string;
	region_id: string;
	/** Share of demand, relative. */
	weight: number;
	/** False where the brand takes leads but has no store. */
	stores: boolean;
}

export interface Region {
	region_id: string;
	name_zh: string;
	name_en: string;
}

export const regions: readonly Region[] = [
	{ region_id: 'east', name_zh: '华东', name_en: 'East China' },
	{ region_id: 'south', name_zh: '华南', name_en: 'South China' },
	{ region_id: 'north', name_zh: '华北', name_en: 'North China' },
	{ region_id: 'central', name_zh: '华中', name_en: 'Central China' },
	{ region_id: 'southwest', name_zh: '西南', name_en: 'Southwest China' },
	{ region_id: 'northwest', name_zh: '西北', name_en: 'Northwest China' },
	{ region_id: 'northeast', name_zh: '东北', name_en: 'Northeast China' }
];

/** Region, then province: city, tier and weight of each. A weight of 0.x is a place without stores. */
const TABLE: Record<string, readonly string[]> = {
	east: [
		'上海 Shanghai: 上海 Shanghai T1 52',
		'江苏 Jiangsu: 南京 Nanjing T2 22, 苏州 Suzhou T2 26, 无锡 Wuxi T2 14, 常州 Changzhou T3 8, 南通 Nantong T3 8, 徐州 Xuzhou T3 7',
		'浙江 Zhejiang: 杭州 Hangzhou T2 32, 宁波 Ningbo T2 17, 温州 Wenzhou T3 12, 金华 Jinhua T3 8, 嘉兴 Jiaxing T3 6, 台州 Taizhou T3 6',
		'安徽 Anhui: 合肥 Hefei T2 16, 芜湖 Wuhu T3 5, 阜阳 Fuyang T4 4',
		'福建 Fujian: 福州 Fuzhou T2 11, 厦门 Xiamen T2 10, 泉州 Quanzhou T3 9',
		'江西 Jiangxi: 南昌 Nanchang T2 9, 赣州 Ganzhou T4 5',
		'山东 Shandong: 济南 Jinan T2 14, 青岛 Qingdao T2 16, 烟台 Yantai T3 7, 临沂 Linyi T3 7, 潍坊 Weifang T3 6',
		'台湾 Taiwan: 台北 Taipei T1 0.4'
	],
	south: [
		'广东 Guangdong: 广州 Guangzhou T1 40, 深圳 Shenzhen T1 44, 佛山 Foshan T2 16, 东莞 Dongguan T2 18, 惠州 Huizhou T3 8, 中山 Zhongshan T3 6, 珠海 Zhuhai T3 5',
		'广西 Guangxi: 南宁 Nanning T2 10, 柳州 Liuzhou T3 5, 桂林 Guilin T4 3',
		'海南 Hainan: 海口 Haikou T3 5, 三亚 Sanya T4 2',
		'香港 Hong Kong: 香港 Hong_Kong T1 0.6',
		'澳门 Macao: 澳门 Macao T1 0.3'
	],
	north: [
		'北京 Beijing: 北京 Beijing T1 44',
		'天津 Tianjin: 天津 Tianjin T2 18',
		'河北 Hebei: 石家庄 Shijiazhuang T2 13, 唐山 Tangshan T3 7, 保定 Baoding T3 6, 邯郸 Handan T4 4',
		'山西 Shanxi: 太原 Taiyuan T2 10, 大同 Datong T4 3',
		'内蒙古 Inner_Mongolia: 呼和浩特 Hohhot T3 5, 包头 Baotou T3 4'
	],
	central: [
		'湖北 Hubei: 武汉 Wuhan T2 28, 宜昌 Yichang T3 5, 襄阳 Xiangyang T3 5',
		'湖南 Hunan: 长沙 Changsha T2 24, 株洲 Zhuzhou T3 5, 衡阳 Hengyang T4 4',
		'河南 Henan: 郑州 Zhengzhou T2 24, 洛阳 Luoyang T3 7, 南阳 Nanyang T4 4'
	],
	southwest: [
		'四川 Sichuan: 成都 Chengdu T2 58, 绵阳 Mianyang T3 6, 宜宾 Yibin T4 4',
		'重庆 Chongqing: 重庆 Chongqing T2 48',
		'贵州 Guizhou: 贵阳 Guiyang T2 11, 遵义 Zunyi T4 4',
		'云南 Yunnan: 昆明 Kunming T2 14, 曲靖 Qujing T4 3',
		'西藏 Tibet: 拉萨 Lhasa T4 1'
	],
	northwest: [
		"陕西 Shaanxi: 西安 Xi'an T2 28, 咸阳 Xianyang T3 4, 榆林 Yulin T4 3",
		'甘肃 Gansu: 兰州 Lanzhou T2 9, 天水 Tianshui T4 2',
		'新疆 Xinjiang: 乌鲁木齐 Urumqi T3 8, 库尔勒 Korla T4 2',
		'宁夏 Ningxia: 银川 Yinchuan T3 4',
		'青海 Qinghai: 西宁 Xining T3 3'
	],
	northeast: [
		'辽宁 Liaoning: 沈阳 Shenyang T2 14, 大连 Dalian T2 12, 鞍山 Anshan T3 3',
		'吉林 Jilin: 长春 Changchun T2 11, 吉林 Jilin T4 3',
		'黑龙江 Heilongjiang: 哈尔滨 Harbin T2 12, 大庆 Daqing T3 3'
	]
};

const spaced = (text: string): string => text.replace(/_/g, ' ');

export const cities: readonly City[] = Object.entries(TABLE).flatMap(([region_id, provinces]) =>
	provinces.flatMap((line) => {
		const [head, list] = line.split(': ') as [string, string];
		const [province, ...english] = head.split(' ') as [string, ...string[]];
		return list.split(', ').map((entry) => {
			const [city, name, tier, weight] = entry.split(' ') as [string, string, string, string];
			return {
				city,
				name_en: spaced(name),
				province,
				province_en: spaced(english.join(' ')),
				tier,
				region_id,
				weight: Number(weight),
				stores: Number(weight) >= 1
			};
		});
	})
);

/** Parts of a city in which stores stand; real districts for the largest cities, common ones elsewhere. */
const DISTRICTS: Record<string, string> = {
	上海: '浦东Pudong 闵行Minhang 嘉定Jiading 徐汇Xuhui 宝山Baoshan 松江Songjiang 静安Jing-an 杨浦Yangpu',
	北京: '朝阳Chaoyang 海淀Haidian 丰台Fengtai 亦庄Yizhuang 通州Tongzhou 昌平Changping 大兴Daxing',
	深圳: '南山Nanshan 福田Futian 宝安Bao-an 龙岗Longgang 龙华Longhua 罗湖Luohu',
	广州: '天河Tianhe 白云Baiyun 番禺Panyu 黄埔Huangpu 海珠Haizhu 花都Huadu',
	成都: '武侯Wuhou 金牛Jinniu 锦江Jinjiang 成华Chenghua 双流Shuangliu 郫都Pidu',
	重庆: '渝北Yubei 九龙坡Jiulongpo 江北Jiangbei 巴南Banan 南岸Nan-an',
	杭州: '滨江Binjiang 余杭Yuhang 萧山Xiaoshan 拱墅Gongshu 西湖Xihu',
	武汉: '江汉Jianghan 洪山Hongshan 汉阳Hanyang 东西湖Dongxihu',
	西安: '雁塔Yanta 未央Weiyang 长安Chang-an 灞桥Baqiao'
};
const COMMON = '高新Gaoxin 城东Chengdong 城西Chengxi 新城Xincheng 开发区Kaifaqu 滨河Binhe 城南Chengnan 城北Chengbei';

export function districts(city: string): readonly { zh: string; en: string }[] {
	return (DISTRICTS[city] ?? COMMON)
		.split(' ')
		.map((entry) => ({ zh: entry.replace(/[A-Za-z-]/g, ''), en: entry.replace(/[^A-Za-z-]/g, '') }));
}

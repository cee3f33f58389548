/** Believable Chinese names with their pinyin. Common characters combined by chance: no real person is meant. */
import type { Random } from './random.ts';

export interface Name {
	zh: string;
	en: string;
}

const SURNAMES =
	'王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 赵Zhao 黄Huang 周Zhou 吴Wu 徐Xu 孙Sun 胡Hu 朱Zhu 高Gao 林Lin 何He 郭Guo 马Ma 罗Luo 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 于Yu 董Dong 萧Xiao 程Cheng 曹Cao 袁Yuan 邓Deng 许Xu 傅Fu 沈Shen 曾Zeng 彭Peng 吕Lü 苏Su 卢Lu 蒋Jiang 蔡Cai 贾Jia 丁Ding 魏Wei 薛Xue 叶Ye 阎Yan 余Yu 潘Pan 杜Du 戴Dai 夏Xia 钟Zhong 汪Wang 田Tian 任Ren 姜Jiang 范Fan 方Fang 石Shi 姚Yao 谭Tan 廖Liao 邹Zou 熊Xiong 金Jin 陆Lu 郝Hao 孔Kong 白Bai 崔Cui 康Kang 毛Mao 邱Qiu 秦Qin 江Jiang 史Shi 顾Gu 侯Hou 邵Shao 孟Meng 龙Long 万Wan 段Duan 雷Lei 钱Qian 汤Tang 尹Yin 黎Li 易Yi 常Chang 武Wu 乔Qiao 贺He 赖Lai 龚Gong 文Wen';
const GIVEN =
	'伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 涛tao 明ming 超chao 霞xia 平ping 刚gang 辉hui 玲ling 桂gui 英ying 华hua 玉yu 萍ping 红hong 波bo 斌bin 宇yu 浩hao 凯kai 健jian 俊jun 帆fan 雪xue 晨chen 阳yang 欣xin 婷ting 倩qian 鑫xin 博bo 文wen 志zhi 建jian 国guo 海hai 晓xiao 春chun 雨yu 佳jia 嘉jia 思si 梦meng 子zi 诗shi 涵han 轩xuan 泽ze 睿rui 昊hao 航hang 琳lin 瑶yao 颖ying 慧hui 莹ying 洁jie 云yun 龙long 鹏peng 飞fei 林lin 亮liang 成cheng 峰feng 东dong 宁ning 旭xu 天tian 岩yan 然ran 一yi 清qing 安an 怡yi 彤tong 蕾lei 珊shan';

function table(text: string): readonly Name[] {
	return text.split(' ').map((entry) => ({ zh: entry.slice(0, 1), en: entry.slice(1) }));
}

const surnames = table(SURNAMES);
const given = table(GIVEN);

/** First surnames are far more frequent than last ones, as in life, so that different people bear the same name. */
export function surname(random: Random): Name {
	return surnames[Math.floor(random.next() ** 2 * surnames.length)] as Name;
}

function capital(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export interface PersonName extends Name {
	surname: Name;
	female: boolean;
}

export function personName(random: Random, family: Name = surname(random)): PersonName {
	const first = random.pick(given);
	const second = random.chance(0.62) ? random.pick(given) : { zh: '', en: '' };
	return {
		zh: family.zh + first.zh + second.zh,
		en: `${capital(first.en + second.en)} ${family.en}`,
		surname: family,
		female: random.chance(0.42)
	};
}

/** The name as somebody types it into a form: in full, as a form of address, or not at all. */
export function typedName(name: PersonName, random: Random): string | undefined {
	const draw = random.next();
	if (draw < 0.7) return name.zh;
	if (draw < 0.9) return name.surname.zh + (name.female ? '女士' : '先生');
	if (draw < 0.93) return name.en.split(' ')[0];
	return undefined;
}

const GROUPS: readonly Name[] = [
	'宏远Hongyuan 恒信Hengxin 广达Guangda 正通Zhengtong 利泰Litai 润华Runhua 兴隆Xinglong 国安Guoan 华星Huaxing 鼎盛Dingsheng 金瑞Jinrui 万友Wanyou 通源Tongyuan 和裕Heyu 联众Lianzhong 中远Zhongyuan 瑞丰Ruifeng 嘉诚Jiacheng 天和Tianhe 德隆Delong 安顺达Anshunda'.split(
		' '
	)
]
	.flat()
	.map((entry) => ({ zh: entry.replace(/[A-Za-z]/g, ''), en: entry.replace(/[^A-Za-z]/g, '') }));

/** Name of the nth dealer group; past the list, the names go round with a number. */
export function groupName(index: number): Name {
	const base = GROUPS[index % GROUPS.length] as Name;
	const round = Math.floor(index / GROUPS.length);
	return round === 0 ? base : { zh: `${base.zh}${round + 1}部`, en: `${base.en} ${round + 1}` };
}

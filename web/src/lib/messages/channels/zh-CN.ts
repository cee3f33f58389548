import type { ChannelMessages } from './types.ts';

export const zh: ChannelMessages = {
	title: '渠道',
	question: '每个渠道、每个计划的有效线索、试驾和订单各要花多少钱？下一块钱投到哪里？',
	everything: '全部渠道',
	path: '所在位置',
	by: { label: '比较对象', channel: '渠道', campaign: '投放计划' },
	columns: {
		name: '名称',
		spend: '花费',
		impressions: '曝光',
		leads: '线索',
		valid_rate: '有效率',
		cpl: '单线索成本',
		cost_per_valid_lead: '有效线索成本',
		test_drives: '试驾',
		cost_per_test_drive: '单试驾成本',
		orders_net: '净订单',
		cost_per_order: '单订单成本',
		cost_per_order_change: '成本对比',
		roas: '投产比',
		known_customer_share: '老客占比',
		duplicate_rate: '重复率',
		visits: '到店',
		order_rate: '成交率',
		leads_change: '线索对比',
		shift: '最大差异'
	},
	hints: {
		spend: '平台账单口径；没有大区的花费按线索占比分摊，合计分毫不差',
		valid_rate: '有效线索 ÷ 线索',
		cpl: '花费 ÷ 本期采集的线索',
		cost_per_valid_lead: '花费 ÷ 其中的有效线索',
		cost_per_test_drive: '花费 ÷ 本期试驾',
		orders_net: '本期下单且未退订，记在线索的渠道；自然到店自成一行',
		cost_per_order: '花费 ÷ 净订单',
		roas: '净订单金额 ÷ 花费',
		known_customer_share: '此前已是客户或线索的人的线索 ÷ 能识别本人的线索',
		duplicate_rate: '重复留资 ÷ 能识别本人的留资',
		shift: '四种模型中归因订单的最大值减最小值'
	},
	groups: { cohort: '本期采集的线索', period: '本期发生，记在线索的渠道' },
	none: { channel: '（无渠道）', campaign: '（无计划）' },
	walkIn: '门店自然到店',
	past: '仅对比期',
	kpis: '关键指标',
	table: (of) => `各${of}从花费到订单`,
	tableWithoutSpend: (of) => `各${of}的线索与订单`,
	tableNote: '没有花费就没有成本，显示为“–”，不是 0。',
	noSpend: '花费只知道到渠道、计划和大区。当前的筛选或角色更细，所以这里不显示花费和成本；线索与订单照常显示。',
	spendNotLanded: '还没有接入花费数据，所以没有成本；接入投放平台的日报后，这里会出现从花费到订单的各项成本。',
	costTitle: '单订单成本',
	costNote: (shown, all) => (shown < all ? `花费最多的 ${shown} 个，灰条为对比期` : '灰条为对比期'),
	costLabel: (best, worst) => `单订单成本：最低 ${best}，最高 ${worst}`,
	costEmpty: '所选范围内没有一行同时有花费和订单',
	modelsTitle: '归因模型对照',
	modelsNote: (shown, walkIns, hasNobody) =>
		`${shown === 1 ? '只有 1 个分到订单' : `归因订单最多的 ${shown} 个`}${walkIns ? `；自然到店 ${walkIns} 单没有触点，各模型相同，不画线` : ''}${hasNobody ? '；不属于任何计划的订单不画线' : ''}`,
	modelsTotal: (total) =>
		total === null
			? '净订单，按下单日；只看部分渠道时，各模型的合计不同'
			: `净订单，按下单日；各模型合计都是 ${total}。“自然到店”也包括归因窗口内没有触点的线索订单，所以可能多于上表`,
	modelsLabel: (total) => `四种归因模型下的净订单${total === null ? '' : `，合计均为 ${total}`}`,
	modelsTable: (of) => `各${of}在四种归因模型下的净订单`,
	modelsEmpty: '所选范围内没有可归因的订单',
	models: { first_touch: '首次触点', last_touch: '末次触点', last_non_direct: '末次非直接', linear: '线性' },
	modelHints: {
		first_touch: '全部记给路径上的第一个触点',
		last_touch: '全部记给下单前的最后一个触点',
		last_non_direct: '记给最后一个非直接访问的触点',
		linear: '路径上每个触点平分'
	},
	other: (count) => `其他 ${count} 个`,
	compares: { previous: '上期同期', year: '去年同期', target: '目标', member: '对比对象', none: '' },
	changeOn: (compared, change) => `较${compared} ${change}`,
	answer: ({ spend, leads, orders, costPerOrder, change }) =>
		spend === null
			? `线索 ${leads} 条，净订单 ${orders} 单`
			: `花费 ${spend}，线索 ${leads} 条，净订单 ${orders} 单${costPerOrder ? `，单订单成本 ${costPerOrder}${change ? `（${change}）` : ''}` : ''}`,
	trap: ({ name, cpl, validRate, cost, usual }) =>
		`${name}线索便宜（${cpl}），但有效率只有 ${validRate}，每条有效线索要 ${cost}，付费渠道平均 ${usual}`
};

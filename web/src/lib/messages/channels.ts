/** Words of the channels page. */

export type ChannelColumn =
	| 'name'
	| 'spend'
	| 'impressions'
	| 'leads'
	| 'valid_rate'
	| 'cpl'
	| 'cost_per_valid_lead'
	| 'test_drives'
	| 'cost_per_test_drive'
	| 'orders_net'
	| 'cost_per_order'
	| 'cost_per_order_change'
	| 'roas'
	| 'known_customer_share'
	| 'duplicate_rate'
	| 'visits'
	| 'order_rate'
	| 'leads_change'
	| 'shift';

export type Model = 'first_touch' | 'last_touch' | 'last_non_direct' | 'linear';

export interface ChannelFacts {
	spend: string | null;
	leads: string;
	orders: string;
	costPerOrder: string | null;
	change: string | null;
	/** Leads that look cheap until only the valid ones are counted. */
	trap: { name: string; cpl: string; validRate: string; cost: string; usual: string } | null;
	/** Mostly people who were known before. */
	known: { name: string; share: string } | null;
}

interface ChannelMessages {
	title: string;
	question: string;
	everything: string;
	path: string;
	by: { label: string; channel: string; campaign: string };
	columns: Record<ChannelColumn, string>;
	hints: Partial<Record<ChannelColumn, string>>;
	groups: { cohort: string; period: string };
	none: { channel: string; campaign: string };
	walkIn: string;
	kpis: string;
	table: (of: string) => string;
	/** Where spend is absent. */
	tableWithoutSpend: (of: string) => string;
	tableNote: string;
	noSpend: string;
	/** No source delivers any. */
	spendNotLanded: string;
	costTitle: string;
	costNote: (shown: number, all: number) => string;
	costLabel: (best: string, worst: string) => string;
	costEmpty: string;
	modelsTitle: string;
	/** Null where models differ, as they do for one channel alone. */
	modelsNote: (shown: number, walkIns: string) => string;
	modelsTotal: (total: string | null) => string;
	modelsLabel: (total: string | null) => string;
	modelsTable: string;
	modelsEmpty: string;
	models: Record<Model, string>;
	modelHints: Record<Model, string>;
	other: (count: number) => string;
	notApplied: string;
	compares: { previous: string; year: string; none: string };
	/** A change, and against what. */
	changeOn: (compared: string, change: string) => string;
	answer: (facts: ChannelFacts) => string;
}

export const channelMessages: Record<'zh-CN' | 'en', ChannelMessages> = {
	'zh-CN': {
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
			known_customer_share: '线索中此前已是客户或线索的占比',
			duplicate_rate: '重复留资 ÷ 全部留资',
			shift: '四种模型中归因订单的最大值减最小值'
		},
		groups: { cohort: '本期采集的线索', period: '本期发生，记在线索的渠道' },
		none: { channel: '（无渠道）', campaign: '（无计划）' },
		walkIn: '门店自然到店',
		kpis: '关键指标',
		table: (of) => `各${of}从花费到订单`,
		tableWithoutSpend: (of) => `各${of}的线索与订单`,
		tableNote: '没有花费的渠道不算成本，显示为“–”，不是 0。',
		noSpend: '花费只知道到渠道、计划和大区。当前的筛选或角色更细，所以这里不显示花费和成本；线索与订单照常显示。',
		spendNotLanded: '还没有接入花费数据，所以没有成本；接入投放平台的日报后，这里会出现从花费到订单的各项成本。',
		costTitle: '单订单成本',
		costNote: (shown, all) => (shown < all ? `花费最多的 ${shown} 个，灰条为对比期` : '灰条为对比期'),
		costLabel: (best, worst) => `单订单成本：最低 ${best}，最高 ${worst}`,
		costEmpty: '所选范围内没有同时有花费和订单的渠道',
		modelsTitle: '归因模型对照',
		modelsNote: (shown, walkIns) => `归因订单最多的 ${shown} 个；自然到店 ${walkIns} 单没有触点，各模型相同，不画线`,
		modelsTotal: (total) =>
			total === null ? '净订单，按下单日；只看部分渠道时，各模型的合计不同' : `净订单，按下单日；各模型合计都是 ${total}`,
		modelsLabel: (total) => `四种归因模型下的净订单${total === null ? '' : `，合计均为 ${total}`}`,
		modelsTable: '各渠道在四种归因模型下的净订单',
		modelsEmpty: '所选范围内没有可归因的订单',
		models: { first_touch: '首次触点', last_touch: '末次触点', last_non_direct: '末次非直接', linear: '线性' },
		modelHints: {
			first_touch: '全部记给路径上的第一个触点',
			last_touch: '全部记给下单前的最后一个触点',
			last_non_direct: '记给最后一个非直接访问的触点',
			linear: '路径上每个触点平分'
		},
		other: (count) => `其他 ${count} 个`,
		notApplied: '这里的归因只认渠道、计划和大区的筛选。',
		compares: { previous: '上期同期', year: '去年同期', none: '' },
		changeOn: (compared, change) => `较${compared} ${change}`,
		answer: ({ spend, leads, orders, costPerOrder, change, trap, known }) =>
			(spend === null
				? `线索 ${leads} 条，净订单 ${orders} 单。`
				: `花费 ${spend}，线索 ${leads} 条，净订单 ${orders} 单${costPerOrder ? `，单订单成本 ${costPerOrder}${change ? `（${change}）` : ''}` : ''}。`) +
			(trap
				? `${trap.name}线索便宜（${trap.cpl}），但有效率只有 ${trap.validRate}，每条有效线索要 ${trap.cost}，全部渠道为 ${trap.usual}。`
				: '') +
			(known ? `${known.name}的线索 ${known.share} 是老客。` : '')
	},
	en: {
		title: 'Channels',
		question: 'What does a valid lead, a test drive, an order cost on each channel and campaign, and where does the next yuan go?',
		everything: 'All channels',
		path: 'Where you are',
		by: { label: 'Compare', channel: 'Channels', campaign: 'Campaigns' },
		columns: {
			name: 'Name',
			spend: 'Spend',
			impressions: 'Impressions',
			leads: 'Leads',
			valid_rate: 'Valid rate',
			cpl: 'Per lead',
			cost_per_valid_lead: 'Per valid lead',
			test_drives: 'Test drives',
			cost_per_test_drive: 'Per test drive',
			orders_net: 'Net orders',
			cost_per_order: 'Per order',
			cost_per_order_change: 'Change',
			roas: 'ROAS',
			known_customer_share: 'Known customers',
			duplicate_rate: 'Duplicates',
			visits: 'Visits',
			order_rate: 'Order rate',
			leads_change: 'Change',
			shift: 'Widest gap'
		},
		hints: {
			spend: 'As the platforms bill it; spend without a region is spread by share of leads and sums to the cent',
			valid_rate: 'Valid leads ÷ leads',
			cpl: 'Spend ÷ leads captured in the period',
			cost_per_valid_lead: 'Spend ÷ the valid ones among them',
			cost_per_test_drive: 'Spend ÷ test drives in the period',
			orders_net: 'Placed in the period and standing, under the channel of their lead; walk-ins have a row of their own',
			cost_per_order: 'Spend ÷ net orders',
			roas: 'Net order value ÷ spend',
			known_customer_share: 'Leads of people who were leads or customers before',
			duplicate_rate: 'Repeated captures ÷ all captures',
			shift: 'Greatest minus least credited orders of the four models'
		},
		groups: { cohort: 'Leads captured in the period', period: 'Happened in the period, under the lead’s channel' },
		none: { channel: '(no channel)', campaign: '(no campaign)' },
		walkIn: 'Walk-ins',
		kpis: 'Key figures',
		table: (of) => `${of} from spend to order`,
		tableWithoutSpend: (of) => `${of}: leads and orders`,
		tableNote: 'A channel without spend has no cost: it shows “–”, not 0.',
		noSpend:
			'Spend is known by channel, campaign and region only. These filters, or your role, go finer, so spend and costs are absent here; leads and orders are not.',
		spendNotLanded:
			'No spend has been landed yet, so there are no costs. Land the daily reports of the ad platforms, and costs from lead to order appear here.',
		costTitle: 'Cost per order',
		costNote: (shown, all) => (shown < all ? `The ${shown} with most spend; grey bars: comparison` : 'Grey bars: comparison'),
		costLabel: (best, worst) => `Cost per order: lowest ${best}, highest ${worst}`,
		costEmpty: 'No channel here has both spend and orders',
		modelsTitle: 'Attribution models side by side',
		modelsNote: (shown, walkIns) =>
			`The ${shown} with most credit; ${walkIns} walk-in orders have no touch, are the same in each model, and get no line`,
		modelsTotal: (total) =>
			total === null
				? 'By day of order; for some channels alone the models’ totals differ'
				: `By day of order; each model adds up to ${total}`,
		modelsLabel: (total) => `Net orders under four attribution models${total === null ? '' : `; each adds up to ${total}`}`,
		modelsTable: 'Net orders of channels under four attribution models',
		modelsEmpty: 'No orders to attribute here',
		models: { first_touch: 'First touch', last_touch: 'Last touch', last_non_direct: 'Last non-direct', linear: 'Linear' },
		modelHints: {
			first_touch: 'All credit to the first touch of the path',
			last_touch: 'All credit to the last touch before the order',
			last_non_direct: 'All credit to the last touch that is not a direct visit',
			linear: 'Every touch of the path gets the same'
		},
		other: (count) => `${count} others`,
		notApplied: 'Credits here follow the filters for channel, campaign and region only.',
		compares: { previous: 'the previous period', year: 'last year', none: '' },
		changeOn: (compared, change) => `${change} on ${compared}`,
		answer: ({ spend, leads, orders, costPerOrder, change, trap, known }) =>
			(spend === null
				? `${leads} leads, ${orders} net orders. `
				: `${spend} spent on ${leads} leads and ${orders} net orders${costPerOrder ? `, ${costPerOrder} an order${change ? ` (${change})` : ''}` : ''}. `) +
			(trap
				? `${trap.name} looks cheap at ${trap.cpl} a lead, but only ${trap.validRate} are valid: ${trap.cost} a valid lead, against ${trap.usual} overall. `
				: '') +
			(known ? `${known.share} of the leads of ${known.name} are known customers.` : '')
	}
};

/** Words of the answer lines, which the server composes. Chinese is the shape that every other language fills. */
export const zh = {
	answer: {
		orders: (period: string, orders: string) => `${period}净订单 ${orders} 单`,
		change: (year: string | null, previous: string | null) =>
			[year && `同比 ${year}`, previous && `环比 ${previous}`].filter(Boolean).join('，'),
		behind: (attainment: string, points: string) => `完成目标 ${attainment}，落后时间进度 ${points} 个百分点`,
		ahead: (attainment: string, points: string) => `完成目标 ${attainment}，领先时间进度 ${points} 个百分点`,
		level: (attainment: string) => `完成目标 ${attainment}，与时间进度持平`,
		exception: (name: string, metric: string, value: string, points: string) => `${name}${metric} ${value}，低于其余 ${points} 个百分点`,
		strength: (name: string, metric: string, value: string, points: string) => `${name}${metric} ${value}，高于其余 ${points} 个百分点`,
		rates: {
			orders: { visits: '到店成交率', leads: '线索成交率' },
			valid: { visits: '有效率', leads: '有效率' }
		},
		bases: { visits: '到店', leads: '线索' },
		rate: (name: string, rate: string, before: string, now: string, falls: boolean, effect: string) =>
			`${name}${rate}由 ${before} ${falls ? '降至' : '升至'} ${now}，${effect}`,
		volume: (name: string, base: string, change: string | null, effect: string) =>
			`${name}${base}${change ? ` ${change}` : '从无到有'}，${effect}`,
		effect: (less: boolean, count: string, of: 'orders' | 'valid') =>
			`约${less ? '少' : '多'} ${count} ${of === 'orders' ? '单' : '条有效线索'}`,
		funnelCohort: (period: string, leads: string, orders: string, rate: string) =>
			`${period}留资的 ${leads} 条线索，至今成交 ${orders} 单，成交率 ${rate}`,
		funnelWindow: (period: string, leads: string, orders: string, rate: string) =>
			`${period}留资的 ${leads} 条线索，窗口期内成交 ${orders} 单，成交率 ${rate}`,
		funnelPeriod: (period: string, leads: string, orders: string) => `${period}新增线索 ${leads} 条，发生线索订单 ${orders} 单`,
		weakest: (stage: string, change: string) => `变化最大的是${stage}，转化较对比期 ${change}`,
		immature: (share: string) => `其中 ${share} 的线索还未满观察期，后段转化会继续上升`,
		allImmature: '这些线索都还未满观察期，后段转化会继续上升',
		end: '。',
		clause: '，',
		join: '；'
	}
};

export type AnswerWords = typeof zh;

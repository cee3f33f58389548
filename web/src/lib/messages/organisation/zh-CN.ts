import type { OrganisationMessages } from './types.ts';

export const zh: OrganisationMessages = {
	title: '大区、门店、顾问',
	question: '谁做得好，谁需要帮助？差距是真实的，还是样本太小？',
	everybody: '全国',
	levels: {
		region: '大区',
		area: '小区',
		store: '门店',
		group: '经销商集团',
		advisor: '销售顾问',
		inviter: '邀约专员',
		leads: '线索明细'
	},
	level: { region: '大区', area: '小区', store: '门店', group: '经销商集团', advisor: '销售顾问', inviter: '邀约专员', leads: '线索' },
	members: { region: '大区', area: '小区', store: '门店', group: '集团', advisor: '顾问', inviter: '邀约专员' },
	nobody: {
		region: '（未归属大区）',
		area: '（未下发到门店）',
		store: '（未下发到门店）',
		group: '（未归属集团）',
		advisor: '（未交接给顾问）',
		inviter: '（未分配）'
	},
	path: '所在位置',
	compareBy: '比较对象',
	hierarchy: {
		title: '大区归属',
		now: '按现在',
		then: '按当时',
		hint: '门店换过大区时两种口径不同：按现在，是线索如今所属的大区；按当时，是线索分配时所属的大区。'
	},
	cohort: '本期采集的线索，至今结果',
	period: '本期发生',
	columns: {
		name: '名称',
		leads: '线索',
		leads_change: '线索对比',
		valid_rate: '有效率',
		sla_rate: '跟进及时率',
		visits: '到店',
		test_drives: '试驾',
		orders: '成交',
		order_rate: '成交率',
		order_rate_change: '成交率对比',
		orders_net: '净订单',
		cancel_rate: '退订率',
		attainment: '目标达成',
		attainment_to_date: '进度达成',
		phone: '电话',
		captured: '留资日期',
		channel: '渠道',
		series: '车系',
		grade: '意向级别',
		status: '状态',
		stage: '走到哪一步',
		sla: '首次跟进',
		owner: '负责人'
	},
	hints: {
		valid_rate: '有效线索 ÷ 线索',
		sla_rate: '及时的首次跟进 ÷ 应首次跟进的线索（未到时限的不计）',
		visits: '至今到过店的线索数',
		test_drives: '至今试驾过的线索数',
		orders: '至今下过订单的线索数',
		order_rate: '成交线索 ÷ 线索',
		orders_net: '本期锁单且未退订的订单，含自然到店',
		cancel_rate: '本期订单中后来退订的 ÷ 本期订单',
		attainment: '净订单 ÷ 整个周期的目标',
		attainment_to_date: '净订单 ÷ 到数据最后一天为止应完成的目标'
	},
	ratios: {
		orderOfLeads: '线索成交率',
		validOfLeads: '线索有效率',
		visitOfLeads: '线索到店率',
		orderOfVisits: '到店成交率',
		driveOfVisits: '到店试驾率',
		sla: '首次跟进及时率'
	},
	trials: { leads: '线索数', visits: '到店数', due: '应跟进' },
	rankingNote: (shown, all) => (shown < all ? `估计值与 90% 区间，首尾共 ${shown} / ${all}` : '估计值与 90% 区间，小样本向同级靠拢'),
	rankingLabel: (rate, level, best, worst) => `各${level}${rate}排名：最高 ${best}，最低 ${worst}`,
	previous: '对比',
	peers: (value) => `同级中位 ${value}`,
	of: (count, name) => `${name} ${count}`,
	immature: (share) => `所选线索中 ${share} 未满观察期，成交率还会上升；同级之间可比，不宜与成熟批次相比。`,
	rowsShown: (shown, all) => `共 ${all} 个，显示前 ${shown} 个，其余在下载文件里。`,
	table: (level) => `各${level}的线索、转化、订单与目标`,
	kpis: '关键指标',
	target: '目标',
	ordersPlaced: '本期订单',
	leadsTitle: '线索明细',
	leadsShown: (shown, all) => (shown === all ? `共 ${all} 条，新的在前` : `共 ${all} 条，显示最新 ${shown} 条，其余在下载文件里`),
	allLeads: '逐页查看全部线索',
	leadsDenied: '市场角色只看汇总，不看单条线索。需要明细时，请向总部或门店负责人索取。',
	leadsEmpty: '所选时间和筛选下没有线索。可以放宽时间，或回到上一级。',
	noTargets: '目标不适用于当前筛选',
	compares: { previous: '上期同期', year: '去年同期', none: '' },
	changeOn: (compared, change) => `较${compared} ${change}`,
	young: '未成熟，还会上升',
	answer: ({ place, leads, change, ordersNet, attainment, toDate, rate, best, worst, slow, members }) => {
		const first = `${place}线索 ${leads} 条${change ? `（${change}）` : ''}，净订单 ${ordersNet} 单${attainment ? `，完成目标的 ${attainment}${toDate ? `（进度达成 ${toDate}）` : ''}` : ''}。`;
		const second =
			best || worst
				? [
						best && `${best.name}的${rate}明显领先（估计 ${best.rate}，n=${best.trials}）`,
						worst && `${worst.name}${best ? '' : `的${rate}`}明显落后（估计 ${worst.rate}，n=${worst.trials}）`
					]
						.filter(Boolean)
						.join('，') + '。'
				: members && `各${members}${rate}的差距都在误差范围内。`;
		return first + second + (slow ? `首次跟进最慢的是${slow.name}，及时率估计 ${slow.rate}。` : '');
	},
	statuses: { valid: '有效', invalid: '无效', pending: '待判定' },
	sla: { kept: '及时', breached: '超时', pending: '未到时限' },
	stages: {
		captured: '留资',
		lead: '留资',
		valid: '有效',
		dispatched: '下发',
		assigned: '分配',
		first_attempt: '首次跟进',
		connected: '接通',
		appointment: '预约',
		visit: '到店',
		test_drive: '试驾',
		order: '订单',
		delivery: '交付'
	}
};

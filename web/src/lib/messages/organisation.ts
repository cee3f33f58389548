/** Words of the organisation page. */
import type { Level, MemberLevel } from '../organisation/levels.ts';

interface OrganisationMessages {
	title: string;
	question: string;
	everybody: string;
	levels: Record<Level, string>;
	/** One of them, as a column's title. */
	level: Record<Level, string>;
	/** Of members in a running sentence. */
	members: Record<MemberLevel, string>;
	nobody: Record<MemberLevel, string>;
	path: string;
	compareBy: string;
	hierarchy: { title: string; now: string; then: string; hint: string };
	cohort: string;
	period: string;
	columns: Record<ColumnKey, string>;
	hints: Partial<Record<ColumnKey, string>>;
	ratios: { orderOfLeads: string; validOfLeads: string; visitOfLeads: string; orderOfVisits: string; driveOfVisits: string; sla: string };
	trials: { leads: string; visits: string; due: string };
	rankingNote: (shown: number, all: number) => string;
	rankingLabel: (rate: string, level: string, best: string, worst: string) => string;
	previous: string;
	peers: (value: string) => string;
	of: (count: string, name: string) => string;
	immature: (share: string) => string;
	table: (level: string) => string;
	rowsShown: (shown: string, all: string) => string;
	kpis: string;
	target: string;
	/** Orders of the period, cancelled ones too. */
	ordersPlaced: string;
	leadsTitle: string;
	leadsShown: (shown: string, all: string) => string;
	leadsDenied: string;
	leadsEmpty: string;
	noTargets: string;
	compares: { previous: string; year: string; none: string };
	/** A change, and against what. */
	changeOn: (compared: string, change: string) => string;
	/** Beside a rate that will still rise. */
	young: string;
	answer: (facts: AnswerFacts) => string;
	statuses: Record<string, string>;
	sla: Record<string, string>;
	stages: Record<string, string>;
}

export type ColumnKey =
	| 'name'
	| 'leads'
	| 'leads_change'
	| 'valid_rate'
	| 'sla_rate'
	| 'visits'
	| 'test_drives'
	| 'orders'
	| 'order_rate'
	| 'order_rate_change'
	| 'orders_net'
	| 'cancel_rate'
	| 'attainment'
	| 'phone'
	| 'captured'
	| 'channel'
	| 'series'
	| 'grade'
	| 'status'
	| 'stage'
	| 'sla'
	| 'owner';

export interface AnswerFacts {
	place: string;
	leads: string;
	/** Of the leads against the compared period; null without one. */
	change: string | null;
	ordersNet: string;
	attainment: string | null;
	rate: string;
	/** Members whose interval lies beyond the median. */
	best: { name: string; rate: string; trials: string } | null;
	worst: { name: string; rate: string; trials: string } | null;
	slow: { name: string; rate: string } | null;
	members: string;
}

export const organisationMessages: Record<'zh-CN' | 'en', OrganisationMessages> = {
	'zh-CN': {
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
			attainment: '净订单 ÷ 所选日期内的目标'
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
		leadsDenied: '市场角色只看汇总，不看单条线索。需要明细时，请向总部或门店负责人索取。',
		leadsEmpty: '所选时间和筛选下没有线索。可以放宽时间，或回到上一级。',
		noTargets: '目标不适用于当前筛选',
		compares: { previous: '上期同期', year: '去年同期', none: '' },
		changeOn: (compared, change) => `较${compared} ${change}`,
		young: '未成熟，还会上升',
		answer: ({ place, leads, change, ordersNet, attainment, rate, best, worst, slow, members }) => {
			const first = `${place}线索 ${leads} 条${change ? `（${change}）` : ''}，净订单 ${ordersNet} 单${attainment ? `，完成同期目标的 ${attainment}` : ''}。`;
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
	},
	en: {
		title: 'Regions, stores, advisors',
		question: 'Who does well, who needs help, and is the gap real or just a small sample?',
		everybody: 'Whole country',
		levels: {
			region: 'Regions',
			area: 'Areas',
			store: 'Stores',
			group: 'Dealer groups',
			advisor: 'Advisors',
			inviter: 'Inviters',
			leads: 'Leads'
		},
		level: { region: 'Region', area: 'Area', store: 'Store', group: 'Dealer group', advisor: 'Advisor', inviter: 'Inviter', leads: 'Lead' },
		members: { region: 'regions', area: 'areas', store: 'stores', group: 'groups', advisor: 'advisors', inviter: 'inviters' },
		nobody: {
			region: '(no region)',
			area: '(not dispatched)',
			store: '(not dispatched)',
			group: '(no group)',
			advisor: '(not handed over)',
			inviter: '(not assigned)'
		},
		path: 'Where you are',
		compareBy: 'Compare',
		hierarchy: {
			title: 'Region',
			now: 'As now',
			then: 'As then',
			hint: 'They differ where a store changed its region: as now is the region a lead belongs to today, as then the one it was assigned in.'
		},
		cohort: 'Leads captured in the period, so far',
		period: 'Happened in the period',
		columns: {
			name: 'Name',
			leads: 'Leads',
			leads_change: 'Change',
			valid_rate: 'Valid rate',
			sla_rate: 'On-time follow-up',
			visits: 'Visits',
			test_drives: 'Test drives',
			orders: 'Orders',
			order_rate: 'Order rate',
			order_rate_change: 'Change',
			orders_net: 'Net orders',
			cancel_rate: 'Cancel rate',
			attainment: 'Attainment',
			phone: 'Phone',
			captured: 'Captured',
			channel: 'Channel',
			series: 'Series',
			grade: 'Grade',
			status: 'Status',
			stage: 'Furthest step',
			sla: 'First attempt',
			owner: 'Owner'
		},
		hints: {
			valid_rate: 'Valid leads ÷ leads',
			sla_rate: 'First attempts in time ÷ first attempts due (leads whose limit has not passed are left out)',
			visits: 'Leads that came to a store so far',
			test_drives: 'Leads that drove so far',
			orders: 'Leads that ordered so far',
			order_rate: 'Leads that ordered ÷ leads',
			orders_net: 'Orders locked in the period that stand, walk-ins included',
			cancel_rate: 'Orders of the period cancelled later ÷ orders of the period',
			attainment: 'Net orders ÷ target of the chosen days'
		},
		ratios: {
			orderOfLeads: 'Order rate',
			validOfLeads: 'Valid rate',
			visitOfLeads: 'Visit rate',
			orderOfVisits: 'Orders per visit',
			driveOfVisits: 'Test-drive rate',
			sla: 'On-time follow-up'
		},
		trials: { leads: 'Leads', visits: 'Visits', due: 'Due' },
		rankingNote: (shown, all) =>
			shown < all
				? `Estimate and 90% interval, both ends, ${shown} of ${all}`
				: 'Estimate and 90% interval; small samples lean towards their peers',
		rankingLabel: (rate, level, best, worst) => `${rate} of ${level}: highest ${best}, lowest ${worst}`,
		previous: 'Change',
		peers: (value) => `Peers’ median ${value}`,
		of: (count, name) => `${name} ${count}`,
		immature: (share) =>
			`${share} of these leads are younger than the observation window: order rates will still rise. Fair among peers, not against mature cohorts.`,
		rowsShown: (shown, all) => `The first ${shown} of ${all}; the file has all.`,
		table: (level) => `${level}: leads, conversion, orders and targets`,
		kpis: 'Key figures',
		target: 'Target',
		ordersPlaced: 'Orders placed',
		leadsTitle: 'Leads',
		leadsShown: (shown, all) =>
			shown === all ? `${all} leads, newest first` : `${all} leads, the newest ${shown} shown; the file has all`,
		leadsDenied: 'Marketing sees totals, not single leads. Ask headquarters or the store’s manager for a list.',
		leadsEmpty: 'No leads for this period and these filters. Widen the period, or go one level up.',
		noTargets: 'No target applies to these filters',
		compares: { previous: 'the previous period', year: 'last year', none: '' },
		changeOn: (compared, change) => `${change} on ${compared}`,
		young: 'Immature, still rising',
		answer: ({ place, leads, change, ordersNet, attainment, rate, best, worst, slow, members }) => {
			const first = `${place}: ${leads} leads${change ? ` (${change})` : ''}, ${ordersNet} net orders${attainment ? `, ${attainment} of target` : ''}. `;
			const parts = [
				best && `${best.name} clearly leads (estimated ${best.rate}, n=${best.trials})`,
				worst && `${worst.name} clearly trails (estimated ${worst.rate}, n=${worst.trials})`
			].filter(Boolean);
			const second = parts.length
				? `${rate}: ${parts.join('; ')}. `
				: members && `${rate}: differences between ${members} are within their margin of error. `;
			return first + second + (slow ? `Slowest to follow up: ${slow.name}, an estimated ${slow.rate} in time.` : '');
		},
		statuses: { valid: 'Valid', invalid: 'Invalid', pending: 'Pending' },
		sla: { kept: 'In time', breached: 'Late', pending: 'Not due yet' },
		stages: {
			captured: 'Captured',
			lead: 'Captured',
			valid: 'Valid',
			dispatched: 'Dispatched',
			assigned: 'Assigned',
			first_attempt: 'First attempt',
			connected: 'Connected',
			appointment: 'Appointment',
			visit: 'Visit',
			test_drive: 'Test drive',
			order: 'Order',
			delivery: 'Delivery'
		}
	}
};

/** Words of the funnel. Chinese is the shape that every other language fills. */
export const zh = {
	funnel: {
		title: '漏斗',
		question: '线索在哪一步流失？',
		lead: '线索漏斗',
		showroom: '展厅客流漏斗',
		leadNote: { cohort: '只含有线索的客户；口径：按留资期', period: '只含有线索的客户；口径：按发生期' },
		showroomNote: '含自然到店；口径：按发生期',
		basis: '口径',
		basisLabel: { cohort: '按留资期', period: '按发生期' },
		basisHint: { cohort: '这段时间留资的线索，后来走到哪一步', period: '这段时间里发生了多少，不论何时留资' },
		window: '观察',
		windowLabel: { so_far: '至今', in_window: '窗口期内' },
		windowHint: { so_far: '到数据最后一天为止', in_window: '只算留资后固定天数内的，便于不同时期相比' },
		by: '拆分',
		hierarchy: '组织口径',
		hierarchyLabel: { now: '按现在的大区', then: '按当时的大区' },
		stage: '环节',
		count: '数量',
		fromPrevious: '较上一步',
		fromFirst: '较第一步',
		lost: '流失',
		compare: '对比期',
		change: '变化',
		changeHint: '该环节较上一步的转化，与对比期相差的百分点',
		rankingNote: '估计值与 90% 区间，线索最多者',
		immature: (share: string) => `${share} 未成熟`,
		immatureHint: '斜线部分的线索还未满观察期，后段转化会继续上升，不宜直接与成熟时期相比。',
		showroomAbsent: '没有来源提供到店、试驾、报价或订单记录。接入门店系统后会出现在这里。',
		rawNote: '各环节按当期发生计数，来自不同时期的线索，相除只是当期比值而非转化率。',
		splitTitle: (by: string) => `按${by}拆分`,
		splitNote: '点名称筛选到该项；合计由语义层重新计算，不是各行相加',
		total: '合计',
		asTable: '各环节明细与对比',
		truncated: (shown: number) => `只列出线索最多的 ${shown} 项，下载文件可得全部`,
		label: (name: string, first: string, last: string) => `${name}：${first}，${last}`,
		stages: {
			lead: '线索',
			valid: '有效',
			dispatched: '下发',
			assigned: '分配',
			first_attempt: '首次跟进',
			connected: '接通',
			appointment: '预约',
			visit: '到店',
			test_drive: '试驾',
			quotation: '报价',
			order: '订单',
			delivery: '交付'
		},
		rates: {
			valid_rate: '有效率',
			attempt_rate: '跟进率',
			connect_rate: '接通率',
			invitation_rate: '邀约率',
			visit_rate: '到店率',
			test_drive_rate: '试驾率',
			order_rate: '成交率'
		}
	}
};

export type FunnelWords = typeof zh;

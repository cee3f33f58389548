/** Samples of every chart kind, for the gallery of components. */
import type { ChartSpec } from '../charts/spec.ts';
import type { Locale } from '../format.ts';
import { eachDay } from '../periods.ts';
import { type Asking, chart } from '../server/charts.ts';

const DATES = eachDay(['2026-11-01', '2026-11-22']);
/** The same wave on each visit. */
const wave = (base: number, swing: number, shift = 0) =>
	DATES.map((_, index) => Math.round(base + swing * Math.sin((index + shift) / 2.2) + (swing / 2) * Math.cos((index + shift) * 1.7)));
const REGIONS = ['华东', '华南', '华北', '华中', '西南', '东北'];

const SPECS: ChartSpec[] = [
	{
		kind: 'daily',
		label: 'Daily bars',
		unit: 'count',
		dates: DATES,
		current: { name: '本期', values: wave(28, 8) },
		comparison: { name: '上期', values: wave(30, 6, 3) },
		target: { name: '目标', values: DATES.map((_, index) => (index % 7 > 4 ? 40 : 28)) },
		weekends: true,
		marks: [{ date: '2026-11-11', name: '双 11' }],
		brush: true
	},
	{
		kind: 'trend',
		label: 'Trend',
		unit: 'count',
		dates: DATES,
		current: { name: '本期', values: wave(380, 90).map((value, index) => (index === 6 ? null : value)) },
		comparison: { name: '去年同期', values: wave(360, 70, 4) },
		brush: true
	},
	{
		kind: 'waterfall',
		label: 'Waterfall',
		unit: 'count',
		start: { name: '上月同期', value: 612 },
		parts: [
			{ id: 'volume', name: '线索量', value: 13.6 },
			{ id: 'mix', name: '渠道结构', value: -9.2 },
			{ id: 'east', name: '华东试驾率', value: -31.1, dimension: 'region' },
			{ id: 'south', name: '华南订单率', value: 12.4, dimension: 'region' }
		],
		end: { name: '本月', value: 585 }
	},
	{
		kind: 'tiles',
		label: 'Tile map',
		unit: 'percent',
		name: '试驾率',
		dimension: 'province',
		regions: ['江苏', '浙江', '上海', '广东', '四川', '重庆', '北京', '河北', '湖北', '湖南', '福建', '新疆', '内蒙古', '黑龙江'].map(
			(id, index) => ({
				id,
				value: 0.22 + ((index * 37) % 17) / 100,
				note: `n = ${200 + index * 31}`
			})
		)
	},
	{
		kind: 'tiles',
		label: 'Tile map of counts around a middle',
		unit: 'count',
		name: '线索',
		middle: 1500,
		regions: ['江苏', '浙江', '上海', '广东', '四川', '重庆', '北京', '河北', '湖北', '湖南', '福建'].map((id, index) => ({
			id,
			value: 400 + ((index * 733) % 3300)
		}))
	},
	{
		kind: 'heat',
		label: 'Heat map',
		unit: 'percent',
		name: '24 小时内首次跟进',
		rows: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'].map((name, index) => ({ id: String(index), name })),
		columns: Array.from({ length: 12 }, (_, index) => ({ id: String(index), name: `${index * 2}` })),
		values: Array.from({ length: 7 }, (_, row) =>
			Array.from({ length: 12 }, (_, column) => (row === 2 && column < 3 ? null : 0.4 + ((row * 5 + column * 7) % 23) / 40))
		)
	},
	{
		kind: 'multiples',
		label: 'Small multiples',
		unit: 'count',
		dates: DATES,
		comparisonName: '上期',
		dimension: 'region',
		panels: REGIONS.map((name, index) => ({
			id: name,
			name,
			values: wave(20 + index * 12, 6 + index, index),
			comparison: wave(24 + index * 10, 5, index + 3)
		}))
	},
	{
		kind: 'sankey',
		label: 'Sankey',
		unit: 'count',
		nodes: [
			...['巨量引擎', '汽车之家', '懂车帝', '小程序', '自然到店', '官网', '腾讯广告', '百度', '老客转介'].map((name, index) => ({
				id: name,
				name,
				layer: 0,
				colour: index < 8 ? index + 1 : 0
			})),
			...['汽车之家', '门店', '小程序'].map((name, index) => ({ id: `last-${name}`, name, layer: 1, colour: index + 2 })),
			...['订单', '战败', '跟进中'].map((name) => ({ id: name, name, layer: 2, colour: 0 }))
		],
		links: [
			...['巨量引擎', '汽车之家', '懂车帝', '小程序', '自然到店', '官网', '腾讯广告', '百度', '老客转介'].flatMap((from, index) =>
				['汽车之家', '门店', '小程序'].map((to, at) => ({ from, to: `last-${to}`, value: 40 + ((index * 53 + at * 91) % 160) }))
			),
			...['汽车之家', '门店', '小程序'].flatMap((from, index) =>
				['订单', '战败', '跟进中'].map((to, at) => ({ from: `last-${from}`, to, value: 160 + ((index * 77 + at * 131) % 210) }))
			)
		]
	},
	{
		kind: 'funnel',
		label: 'Funnel',
		name: '本期',
		comparisonName: '上期',
		immature: true,
		stages: [
			['lead', '线索', 10240, 9800],
			['valid', '有效', 6493, 6500],
			['visit', '到店', 2388, 2500],
			['order', '订单', 611, 640]
		].map(([id, name, count, previous]) => ({ id: String(id), name: String(name), count: Number(count), previous: Number(previous) }))
	},
	{
		kind: 'ranking',
		label: 'Ranking',
		name: '订单转化率',
		trialsName: '线索',
		dimension: 'region',
		rows: REGIONS.map((name, index) => ({ id: name, name, hits: 40 + index * 17, trials: 900 + index * 140 }))
	},
	{
		kind: 'bars',
		label: 'Bars',
		unit: 'money',
		name: '单订单成本',
		comparisonName: '上期',
		dimension: 'channel',
		rows: ['巨量引擎', '汽车之家', '懂车帝'].map((name, index) => ({
			id: name,
			name,
			value: 2400 + index * 700,
			previous: 2500 + index * 500,
			colour: index + 1
		}))
	},
	{
		kind: 'share',
		label: 'Share',
		unit: 'count',
		dimension: 'channel',
		columns: [
			{ id: 'now', name: '本期' },
			{ id: 'then', name: '上期' }
		],
		parts: ['巨量引擎', '汽车之家', '懂车帝', '小程序', '官网'].map((name, index) => ({
			id: name,
			name,
			colour: index + 1,
			values: [400 - index * 60, 380 - index * 40]
		}))
	},
	{
		kind: 'slope',
		label: 'Slope',
		unit: 'count',
		steps: ['首次触点', '末次触点', '线性'],
		lines: ['巨量引擎', '汽车之家', '懂车帝'].map((name, index) => ({
			id: name,
			name,
			colour: index + 1,
			values: [120 - index * 20, 90 + index * 22, 100 + index * 4]
		}))
	}
];

export function gallery(event: Asking & { locals: { locale: Locale } }) {
	const { locale } = event.locals;
	return {
		locale,
		charts: SPECS.map((spec, index) => ({ title: spec.label, picture: chart(event, `sample-${index}`, spec, { width: 560, locale }) }))
	};
}

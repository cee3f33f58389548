import { describe, expect, test } from 'vitest';
import { cockpitAnswer, funnelAnswer } from './headline.ts';
import { hero } from '../cockpit/model.ts';
import { en } from '../messages/en.ts';
import { zh } from '../messages/zh-CN.ts';

const orders = { value: 585, previous: 612, year: 560 };

describe('the cockpit says', () => {
	const behind = hero(orders, { toDate: 640, full: 870 }, 22, 30);

	test('how orders stand against target, calendar and both comparisons', () => {
		expect(cockpitAnswer({ period: '2026年11月1日–22日', hero: behind, exceptions: [] }, zh, 'zh-CN')).toBe(
			'2026年11月1日–22日净订单 585 单，同比 +4.5%，环比 −4.4%；完成目标 67.2%，落后时间进度 6.1 个百分点。'
		);
		expect(cockpitAnswer({ period: '1–22 Nov 2026', hero: behind, exceptions: [] }, en, 'en')).toBe(
			'585 net orders in 1–22 Nov 2026, +4.5% on last year, −4.4% on the previous period; 67.2% of target, 6.1 points behind the calendar.'
		);
	});

	test('nothing when nothing is notable', () => {
		const still = hero({ value: 585, previous: 585, year: null }, null, 22, 30);
		expect(cockpitAnswer({ period: 'x', hero: still, exceptions: [] }, zh, 'zh-CN')).toBeNull();
		expect(
			cockpitAnswer({ period: 'x', hero: hero({ value: null, previous: null, year: null }, null, 1, 1), exceptions: [] }, zh, 'zh-CN')
		).toBeNull();
	});
});

describe('the hero', () => {
	test('counts what is still needed', () => {
		expect(hero(orders, { toDate: 640, full: 870 }, 22, 30)).toMatchObject({ gap: 285, daysLeft: 8, needed: 35.625 });
	});

	test('needs nothing above target, and has no target where none fits', () => {
		expect(hero(orders, { toDate: 400, full: 500 }, 22, 30)).toMatchObject({ gap: -85, needed: null });
		expect(hero(orders, null, 22, 30)).toMatchObject({ attainment: null, gap: null, needed: null });
		expect(hero(orders, { toDate: 0, full: 0 }, 30, 30).attainment).toBeNull();
	});
});

test('the funnel says how many leads became orders', () => {
	const olist = {
		period: '全部',
		basis: 'cohort',
		window: 'so_far',
		leads: 8000,
		orders: 842,
		orderRate: 0.10525,
		immature: 0,
		shift: null
	} as const;
	expect(funnelAnswer(olist, zh, 'zh-CN')).toBe('全部留资的 8,000 条线索，至今成交 842 单，成交率 10.5%。');
	expect(funnelAnswer({ ...olist, leads: 0 }, zh, 'zh-CN')).toBeNull();
	expect(funnelAnswer({ ...olist, period: '2018', immature: 0.25, shift: { stage: 'Visit', change: -0.042 } }, en, 'en')).toBe(
		'8,000 leads captured in 2018 led to 842 orders so far, a rate of 10.5%; the step to visit changed most, −4.2 pts against the comparison; 25.0% of them are still inside their window, so later steps will rise.'
	);
});

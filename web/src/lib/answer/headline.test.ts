import { describe, expect, test } from 'vitest';
import type { ChangeClaim } from './claims.ts';
import { cockpitAnswer, funnelAnswer } from './headline.ts';
import { answerText } from './sentence.ts';
import { hero } from '../cockpit/model.ts';
import { messages } from '../messages/all.ts';

const { en, 'zh-CN': zh } = messages;
const orders = { value: 585, previous: 612, year: 560 };

describe('the cockpit says', () => {
	const behind = hero(orders, { toDate: 640, full: 870 }, 22, 30);

	test('how orders stand against target, calendar and both comparisons', () => {
		expect(answerText(cockpitAnswer({ period: '2026年11月1日–22日', hero: behind, claims: [], search: '' }, zh, 'zh-CN'))).toBe(
			'2026年11月1日–22日净订单 585 单，同比 +4.5%，环比 −4.4%；完成目标 67.2%，落后时间进度 6.1 个百分点。'
		);
		expect(answerText(cockpitAnswer({ period: '1–22 Nov 2026', hero: behind, claims: [], search: '' }, en, 'en'))).toBe(
			'585 net orders in 1–22 Nov 2026, +4.5% on last year, −4.4% on the previous period; 67.2% of target, 6.1 points behind the calendar.'
		);
	});

	test('nothing when nothing is notable', () => {
		const still = hero({ value: 585, previous: 585, year: null }, null, 22, 30);
		const nothing = hero({ value: null, previous: null, year: null }, null, 1, 1);
		const heldBack = hero({ value: NaN, previous: 640, year: NaN }, { toDate: 640, full: 870 }, 22, 30);
		expect(heldBack).toMatchObject({ value: NaN, attainment: null, gap: null, lead: null, needed: null });
		for (const of of [still, nothing, heldBack])
			expect(cockpitAnswer({ period: 'x', hero: of, claims: [], search: '' }, zh, 'zh-CN')).toBeNull();
	});

	test('whose change it was, with the way to its proof', () => {
		const claim: ChangeClaim = {
			kind: 'rate',
			of: { base: 'visits', result: 'orders' },
			level: 'region',
			id: 'southwest',
			zh: '西南',
			en: 'Southwest',
			before: 0.24,
			now: 0.16,
			effect: -31.4,
			z: 5
		};
		const input = { period: 'x', hero: behind, claims: [claim], search: '?period=ytd&by=store&region=east' };
		expect(cockpitAnswer(input, zh, 'zh-CN')?.find((part) => part.href)).toEqual({
			text: '西南到店成交率由 24.0% 降至 16.0%，约少 31 单',
			href: '/?period=ytd&region=east&why=region#why',
			claim: 'rate region southwest orders'
		});
		expect(answerText(cockpitAnswer(input, en, 'en'))).toContain(
			'Southwest’s orders per visit went down from 24.0% to 16.0%, about 31 orders fewer'
		);
	});
});

describe('the hero', () => {
	test('counts what is still needed', () => {
		expect(hero(orders, { toDate: 640, full: 870 }, 22, 30)).toMatchObject({ gap: 285, lead: -55, daysLeft: 8, needed: 35.625 });
	});

	test('needs nothing above target, and has no target where none fits', () => {
		expect(hero(orders, { toDate: 400, full: 500 }, 22, 30)).toMatchObject({ gap: -85, needed: null });
		expect(hero(orders, null, 22, 30)).toMatchObject({ attainment: null, gap: null, lead: null, needed: null });
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
		shift: null,
		claims: [],
		search: ''
	} as const;
	expect(answerText(funnelAnswer(olist, zh, 'zh-CN'))).toBe('全部留资的 8,000 条线索，至今成交 842 单，成交率 10.5%。');
	expect(funnelAnswer({ ...olist, leads: 0 }, zh, 'zh-CN')).toBeNull();
	const shifted = { ...olist, period: '2018', immature: 0.25, shift: { stage: 'Visit', change: -0.042 } };
	expect(answerText(funnelAnswer(shifted, en, 'en'))).toBe(
		'8,000 leads captured in 2018 led to 842 orders so far, a rate of 10.5%; the step to visit changed most, −4.2 pts against the comparison; 25.0% of them are still inside their window, so later steps will rise.'
	);
});

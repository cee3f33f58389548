/** Words of the list of leads. The server writes them into the page, so the browser fetches none. */
import type { Locale } from '../format.ts';

const zh = {
	title: '线索',
	question: '这些数字背后是哪些线索？',
	answer: (count: string) => `共 ${count} 条线索符合条件，最新的在前。`,
	stage: '走到哪一步',
	all: '全部',
	reached: (name: string) => `到达${name}`,
	stopped: (name: string) => `停在${name}`,
	range: (from: string, to: string, all: string) => `第 ${from}–${to} 条，共 ${all} 条`,
	next: '下一页',
	first: '回到第一页',
	pages: '翻页',
	table: '线索明细',
	note: '姓名与电话已脱敏；可见范围由角色决定。',
	empty: '没有符合条件的线索',
	emptyHint: '可以放宽时间或去掉筛选。',
	denied: '这个角色看不到单条线索',
	deniedHint: '市场角色只看汇总。需要明细时，请向总部或门店负责人索取。',
	province: '省份'
};

type Words = typeof zh;

const en: Words = {
	title: 'Leads',
	question: 'Which leads are behind these figures?',
	answer: (count) => `${count} ${count === '1' ? 'lead fits' : 'leads fit'}, newest first.`,
	stage: 'Came as far as',
	all: 'All',
	reached: (name) => `Reached ${name.toLowerCase()}`,
	stopped: (name) => `Stopped at ${name.toLowerCase()}`,
	range: (from, to, all) => `${from}–${to} of ${all}`,
	next: 'Next page',
	first: 'Back to the first page',
	pages: 'Pages of the list',
	table: 'Leads',
	note: 'Names and phone numbers are masked; the role decides what is visible.',
	empty: 'No lead fits',
	emptyHint: 'Choose a longer period, or take a filter away.',
	denied: 'This role sees no single lead',
	deniedHint: 'Marketing sees totals only. Ask headquarters or a store manager for details.',
	province: 'Province'
};

export const leadMessages: Record<Locale, Words> = { 'zh-CN': zh, en };

/** What a banner above every page says. The server writes it into the page, so the browser fetches none of these words. */
import type { FilterNotice } from '../filters.ts';
import type { Locale } from '../format.ts';

const zh = {
	failedTitle: '最近一次刷新没有成功',
	failed: (at: string, served: string) => `${at} 的刷新失败，页面仍显示 ${served} 发布的数据。`,
	failedStep: { ingest: '出错环节：读取数据源', build: '出错环节：计算指标', publish: '出错环节：发布新数据', done: '出错环节：收尾' },
	failedTests: (names: string) => `未通过的检查：${names}`,
	moreTests: (count: number) => `另有 ${count} 项`,
	running: '正在刷新，完成后自动换成新数据。',
	rolledBack: (served: string) => `数据已回退，页面显示 ${served} 发布的版本。`,
	staleTitle: '数据没有按时更新',
	stale: (served: string) => `上一次更新是 ${served}，之后没有刷新过，请管理员查看 onelane status。`,
	noticeTitle: '地址里有看不懂的筛选条件，已忽略',
	notice: {
		unknown: (key: string, _value: string) => `没有名为“${key}”的筛选`,
		invalid: (key: string, value: string) => `“${key}”的值“${value}”无效`,
		elsewhere: (key: string, value: string) => `本页没有“${value}”这种对比，已改为上期同期（${key}）`
	} satisfies Record<FilterNotice['kind'], unknown>
};

export type BannerMessages = typeof zh;

const en: BannerMessages = {
	failedTitle: 'The last refresh did not succeed',
	failed: (at, served) => `The refresh of ${at} failed; this page still shows what was published ${served}.`,
	failedStep: {
		ingest: 'It stopped at reading the sources',
		build: 'It stopped at working out the figures',
		publish: 'It stopped at publishing the new data',
		done: 'It stopped at its end'
	},
	failedTests: (names) => `Checks that failed: ${names}`,
	moreTests: (count) => `and ${count} more`,
	running: 'A refresh is running; new data appears when it is done.',
	rolledBack: (served) => `The data was rolled back; this page shows the version published ${served}.`,
	staleTitle: 'The data was not updated when it should have been',
	stale: (served) => `The last update was on ${served}, and nothing was refreshed since: ask an administrator to look at onelane status.`,
	noticeTitle: 'Some filters in the address were not understood and are left out',
	notice: {
		unknown: (key) => `There is no filter “${key}”`,
		invalid: (key, value) => `“${value}” is no valid value of “${key}”`,
		elsewhere: (key, value) => `This page has no comparison with “${value}”; it shows the previous period (${key})`
	}
};

export const bannerMessages: Record<Locale, BannerMessages> = { 'zh-CN': zh, en };

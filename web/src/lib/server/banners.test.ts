import { expect, test } from 'vitest';
import type { RefreshState } from '../../../../contracts/pointer.ts';
import { bannersOf } from './banners.ts';

const pointer = { built_at: '2026-11-22T01:00:00.000Z', timezone: 'Asia/Shanghai' };
const soon = '2026-11-22T05:00:00.000Z';
const refresh = (change: Partial<RefreshState>): RefreshState => ({
	status: 'published',
	started_at: '2026-11-22T00:50:00.000Z',
	finished_at: '2026-11-22T01:00:00.000Z',
	step: 'done',
	message: null,
	failed_tests: [],
	...change
});
const said = (state: RefreshState | null, now = soon) => bannersOf({ pointer, refresh: state }, [], 'en', now);

test('nothing is said of data that came when they should', () => {
	expect(said(refresh({}))).toEqual([]);
	expect(said(null)).toEqual([]);
});

test('data older than a day and a few hours are stale, since when and what to do, unless a refresh has its own say', () => {
	const late = '2026-11-23T08:00:00.000Z';
	const [stale] = said(refresh({}), late);
	expect(stale).toMatchObject({ tone: 'bad', title: 'The data was not updated when it should have been' });
	expect(stale?.lines[0]?.text).toContain('The last update was on 22 Nov 2026, 09:00');
	expect(said(refresh({ status: 'running' }), late)).toEqual([
		{ tone: 'plain', title: null, lines: [{ text: 'A refresh is running; new data appears when it is done.' }] }
	]);
	expect(said(refresh({ status: 'failed' }), late)).toHaveLength(1);
});

test('a failed refresh names the first checks, or says where it stopped and what the pipeline said', () => {
	const failed_tests = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ name, failures: 1 }));
	expect(said(refresh({ status: 'failed', failed_tests }))[0]?.lines[1]?.text).toBe('Checks that failed: a, b, c, d, e, and 2 more');
	expect(said(refresh({ status: 'failed', step: 'build', message: 'The disk is full.' }))[0]?.lines.slice(1)).toEqual([
		{ text: 'It stopped at working out the figures' },
		{ text: 'The disk is full.', lang: 'en' }
	]);
});

test('what was left out of the address is listed beneath', () => {
	const notices = [{ key: 'by', value: 'moon', kind: 'invalid' as const }];
	expect(bannersOf({ pointer, refresh: refresh({ status: 'rolled_back' }) }, notices, 'zh-CN', soon)).toMatchObject([
		{ tone: 'warn', title: null },
		{ tone: 'warn', lines: [{ text: '“by”的值“moon”无效' }] }
	]);
});

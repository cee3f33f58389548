import { expect, test } from 'vitest';
import { WINDOWED, windowOf } from '../components/table/window.ts';
import { tsvOf } from './copy.ts';
import { actionsOf } from './mark-actions.ts';
import { laterWords } from './words.ts';

const here = { pathname: '/channels', search: '?period=ytd&by=channel&sort=-leads&cursor=x' };
const hrefs = (target: Parameters<typeof actionsOf>[0]) =>
	Object.fromEntries(actionsOf(target, here, 'en', (id) => id).actions.map(({ id, href }) => [id, href]));

test('a member can be filtered to, left out, compared, listed and split', () => {
	const member = { dimension: 'channel', id: 'a', name: 'A' };
	expect(hrefs({ member })).toEqual({
		filter: '/channels?period=ytd&cursor=x&channel=a',
		exclude: '/channels?period=ytd&by=channel&sort=-leads&cursor=x&without=channel%3Aa',
		compare: '/funnel?period=ytd&by=channel',
		leads: '/leads?period=ytd&channel=a'
	});
	const { splits } = actionsOf({ member }, here, 'en', (id) => id);
	expect(splits.map(({ id }) => id)).not.toContain('channel');
	expect(splits[0]?.href).toBe('/funnel?period=ytd&channel=a&by=region');
});

test('a province, which no page can be filtered to, is compared and listed', () => {
	const { actions, splits } = actionsOf({ member: { dimension: 'province', id: '江苏', name: '江苏' } }, here, 'zh-CN', (id) => id);
	expect(actions.map(({ id }) => id)).toEqual(['compare', 'leads']);
	expect(splits).toEqual([]);
});

test('a day leads to itself, its week, its month and its leads; a stage to the leads that reached it or stopped there', () => {
	expect(hrefs({ day: '2026-11-18' })).toMatchObject({ week: '/channels?by=channel&sort=-leads&cursor=x&from=2026-11-16&to=2026-11-22' });
	expect(actionsOf({ day: '2026-11-16', until: '2026-11-22' }, here, 'en', (id) => id)).toMatchObject({
		title: '16–22 Nov 2026',
		actions: [
			{ id: 'week', text: 'Only 16–22 Nov 2026', href: '/channels?by=channel&sort=-leads&cursor=x&from=2026-11-16&to=2026-11-22' },
			{ id: 'leads', text: 'Leads of that week', href: '/leads?from=2026-11-16&to=2026-11-22' }
		]
	});
	expect(hrefs({ stage: { id: 'visit', name: 'Visit' } })).toEqual({
		leads: '/leads?period=ytd&stage=visit',
		stopped: '/leads?period=ytd&stopped=visit'
	});
});

test('a copied table keeps numbers exact, cells whole and formulas asleep', () => {
	const columns = [
		{ key: 'name', title: 'Name' },
		{ key: 'spend', title: 'Spend', unit: 'money' as const }
	];
	const rows = [
		{ name: '=1+1', spend: 0.1 + 0.2 },
		{ name: 'a\tb', spend: null }
	];
	expect(tsvOf({ columns, rows, total: { spend: 3 }, words: { total: 'Total' }, locale: 'en', currency: 'CNY' })).toBe(
		"Name\tSpend ¥\n'=1+1\t0.30000000000000004\na b\t\nTotal\t3"
	);
});

test('only rows in sight and some around them are in the document', () => {
	expect(windowOf(5000, 0, false)).toEqual({ from: 0, to: WINDOWED });
	for (const scrolled of [0, 500, 34 * 2000, 34 * 4999]) {
		const { from, to } = windowOf(5000, scrolled, true);
		const first = Math.floor(scrolled / 34);
		expect(from).toBeLessThanOrEqual(first);
		expect(to).toBeGreaterThanOrEqual(Math.min(5000, first + 24));
		expect(to - from).toBeLessThanOrEqual(100);
	}
});

test('both languages say the same things', () => {
	const paths = (value: object, prefix = ''): string[] =>
		Object.entries(value).flatMap(([key, child]) =>
			typeof child === 'object' && !Array.isArray(child) ? paths(child as object, `${prefix}${key}.`) : [prefix + key]
		);
	expect(paths(laterWords.en)).toEqual(paths(laterWords['zh-CN']));
	expect(laterWords.en.keys.rows.map(([key]) => key)).toEqual(laterWords['zh-CN'].keys.rows.map(([key]) => key));
});

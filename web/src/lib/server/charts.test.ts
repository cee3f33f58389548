import { describe, expect, test } from 'vitest';
import type { ChartSpec } from '../charts/spec.ts';
import { chart } from './charts.ts';

const dates = ['2026-11-20', '2026-11-21', '2026-11-22'];
const specs: ChartSpec[] = [
	{ kind: 'trend', label: 't', unit: 'count', dates, current: { name: 'Orders', values: [1, 2, null] }, weekends: true },
	{ kind: 'daily', label: 'd', unit: 'money', dates, current: { name: 'Spend', values: [10, 20, 30] } },
	{
		kind: 'funnel',
		label: 'f',
		name: 'Now',
		stages: [
			{ id: 'a', name: 'Leads', count: 10 },
			{ id: 'b', name: 'Orders <b>', count: 4, immature: 2 }
		]
	},
	{ kind: 'ranking', label: 'r', name: 'Rate', trialsName: 'n', rows: [{ id: 'a', name: 'A', hits: 1, trials: 10 }] },
	{ kind: 'bars', label: 'b', unit: 'count', name: 'Leads', rows: [{ id: 'a', name: 'A', value: 4 }] },
	{ kind: 'share', label: 's', unit: 'count', columns: [{ id: 'x', name: 'X' }], parts: [{ id: 'a', name: 'A', values: [4], colour: 2 }] },
	{ kind: 'slope', label: 'sl', unit: 'count', steps: ['First', 'Last'], lines: [{ id: 'a', name: 'A', values: [4, 5], colour: 1 }] },
	{ kind: 'sparkline', label: 'sp', unit: 'count', values: [1, 2, 3] }
];
const page = { isDataRequest: false, locals: { screen: { width: null, rail: 'open' as const } } };
const options = { width: 560, locale: 'zh-CN' as const };

describe.each(specs)('$kind', (spec) => {
	const { pictures: markup } = chart(page, 'one', spec, options).markup;

	test('is SVG without styles, foreign ids, or colours of one theme', () => {
		expect(markup).toMatch(/^<svg /);
		expect(markup).not.toMatch(/<style|style=|class="zr|zr\d/);
		expect(markup).not.toMatch(/NaN|undefined|Infinity/);
		expect(markup).not.toMatch(/(?:fill|stroke)="(?:#|rgb)/);
	});

	test('nothing is smaller than 12 px', () => {
		for (const [, size] of markup.matchAll(/font-size="([\d.]+)/g)) expect(Number(size)).toBeGreaterThanOrEqual(12);
	});

	test('ids are unique, also beside a second picture of the same data', () => {
		const ids = [markup, chart(page, 'two', spec, options).markup.pictures].flatMap((svg) =>
			[...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
		);
		expect(new Set(ids).size).toBe(ids.length);
		for (const [, id] of markup.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
	});
});

test('names are escaped', () => {
	const funnel = specs.find((spec) => spec.kind === 'funnel') as ChartSpec;
	expect(chart(page, 'one', funnel, options).markup.pictures).not.toContain('<b>');
	expect(chart(page, 'one', funnel, options).markup.pictures).toContain('Orders &lt;b&gt;');
});

test('a known window gets one picture, drawn for it', () => {
	const [spec] = specs as [ChartSpec];
	const drawn = (width: number | null) => {
		const { pictures } = chart({ ...page, locals: { screen: { width, rail: 'open' } } }, 'one', spec, options).markup;
		return [...pictures.matchAll(/class="w-(\d+)/g)].map(([, each]) => Number(each));
	};
	expect(drawn(null)).toEqual([300, 430, 520]);
	expect(drawn(390)).toEqual([300]);
	expect(drawn(1440)).toEqual([520]);
	expect(drawn(2560)).toEqual([740]);
});

test('a page carries its pictures once, in its HTML; a data request carries them in the data', () => {
	const [spec] = specs as [ChartSpec];
	expect(chart(page, 'one', spec, options).encode().markup).toBeNull();
	expect(chart({ ...page, isDataRequest: true }, 'one', spec, options).encode().markup?.pictures).toContain('<svg');
});

test('the same data is not drawn twice', () => {
	const [spec] = specs as [ChartSpec];
	chart(page, 'one', spec, options);
	const start = performance.now();
	for (let round = 0; round < 200; round++) chart(page, 'one', structuredClone(spec), options);
	expect(performance.now() - start).toBeLessThan(200);
});

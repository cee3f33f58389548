import { expect, test } from 'vitest';
import { tableHtml, tabular } from './tabular.ts';

const words = { locale: 'en', currency: 'CNY' } as const;

test('a funnel says its rates, and the comparison where there is one', () => {
	const table = tabular(
		{
			kind: 'funnel',
			label: '',
			name: 'Now',
			comparisonName: 'Before',
			stages: [
				{ id: 'a', name: 'Leads', count: 100, previous: 80 },
				{ id: 'b', name: 'Orders', count: 4, previous: null }
			]
		},
		words
	);
	expect(table.head).toEqual(['Stage', 'Now', 'From previous', 'From first', 'Drop', 'Before', 'Change']);
	expect(table.rows[1]).toEqual(['Orders', '4', '4.0%', '4.0%', '96', '–', '–']);
});

test('a ranking shows interval, observed rate and sample size in ranked order', () => {
	const table = tabular(
		{
			kind: 'ranking',
			label: '',
			name: 'Order rate',
			trialsName: 'Leads',
			rows: [
				{ id: 'a', name: 'A', hits: 1, trials: 2 },
				{ id: 'b', name: 'B', hits: 30, trials: 100 }
			]
		},
		words
	);
	expect(table.rows.map((row) => row[0])).toEqual(['B', 'A']);
	expect(table.rows[0]?.[3]).toBe('30.0%');
	expect(table.rows[0]?.[2]).toMatch(/^\d+\.\d%–\d+\.\d%$/);
});

test('days, lines and parts keep their own order', () => {
	const days = tabular(
		{ kind: 'trend', label: '', unit: 'money', dates: ['2026-11-22'], current: { name: 'Spend', values: [1200] } },
		words
	);
	expect(days).toEqual({ head: ['Date', 'Spend'], rows: [['Sun 22 Nov', '¥1,200']] });
	const slope = tabular(
		{ kind: 'slope', label: '', unit: 'count', steps: ['First', 'Last'], lines: [{ id: 'a', name: 'A', values: [1, null] }] },
		words
	);
	expect(slope.rows).toEqual([['A', '1', '–']]);
});

test('as HTML, names escaped, with a caption and scopes', () => {
	const html = tableHtml(
		{ kind: 'bars', label: 'Leads & more', unit: 'count', name: 'Leads', rows: [{ id: 'a', name: '<A>', value: 4 }] },
		words
	);
	expect(html).toBe(
		'<table><caption>Leads &amp; more</caption><thead><tr><th scope="col">Name</th><th scope="col">Leads</th></tr></thead>' +
			'<tbody><tr><th scope="row">&lt;A&gt;</th><td>4</td></tr></tbody></table>'
	);
});

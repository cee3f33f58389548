import { expect, test } from 'vitest';
import { lineage } from '../../contracts/lineage.ts';
import { lineageOf } from './lineage.ts';

const manifest = JSON.stringify({
	nodes: {
		'model.onelane.fct_leads': {
			name: 'fct_leads',
			resource_type: 'model',
			description: 'Leads. One row per lead.',
			fqn: ['onelane', 'marts', 'funnel', 'fct_leads'],
			config: { meta: { owner: 'Sales operations', description_zh: '线索。每条线索一行。' } },
			depends_on: { nodes: ['model.onelane.stg_crm__leads', 'macro.onelane.x'] }
		},
		'model.onelane.stg_crm__leads': {
			name: 'stg_crm__leads',
			resource_type: 'model',
			fqn: ['onelane', 'staging', 'crm', 'stg_crm__leads'],
			depends_on: { nodes: ['source.onelane.crm.leads'] }
		},
		'test.onelane.unique_fct_leads': { name: 'unique_fct_leads', resource_type: 'test' }
	},
	sources: { 'source.onelane.crm.leads': { source_name: 'crm', name: 'leads' } }
});

test('tables with their parents, tests, sizes and owners; tests and macros are none', () => {
	const tests = [
		{ model: 'fct_leads', status: 'pass' as const },
		{ model: 'fct_leads', status: 'warn' as const },
		{ model: null, status: 'pass' as const }
	];
	const found = lineageOf('v1', manifest, tests, new Map([['fct_leads', 12]]), ['fct_leads_by_channel']);
	expect(lineage.parse(found)).toEqual(found);
	expect(found.tables.map(({ name, layer, parents }) => [name, layer, parents])).toEqual([
		['fct_leads', 'mart', ['stg_crm__leads']],
		['stg_crm__leads', 'staging', ['crm.leads']],
		['fct_leads_by_channel', 'rollup', ['fct_leads']],
		['crm.leads', 'source', []]
	]);
	expect(found.tables[0]).toMatchObject({
		description: 'Leads. One row per lead.',
		description_zh: '线索。每条线索一行。',
		rows: 12,
		owner: 'Sales operations',
		tests: { passed: 1, failed: 1 }
	});
	expect(found.tables[1]).toMatchObject({ owner: null });
	expect(found.tables[1]).not.toHaveProperty('description_zh');
});

test.each([
	[
		{ zh: '销售运营', en: 'Sales operations' },
		{ zh: '销售运营', en: 'Sales operations' }
	],
	['Sales operations', 'Sales operations'],
	[{ zh: '销售运营' }, null],
	['', null],
	[7, null],
	[undefined, null]
])('an owner written as %j is published as %j', (owner, published) => {
	const model = { name: 'fct_leads', resource_type: 'model', config: { meta: { owner } } };
	const found = lineageOf('v1', JSON.stringify({ nodes: { 'model.onelane.fct_leads': model }, sources: {} }), [], new Map());
	expect(lineage.parse(found).tables[0]?.owner).toEqual(published);
});

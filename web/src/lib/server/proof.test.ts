import { expect, test } from 'vitest';
import type { Lineage } from '../../../../contracts/lineage.ts';
import { readProofId } from '#lib/proof.ts';
import { readable, sourcesOf } from './proof.ts';

const table = (name: string, layer: Lineage['tables'][number]['layer'], parents: string[]) => ({
	name,
	layer,
	parents,
	description: '',
	owner: null,
	rows: null,
	tests: { passed: 0, failed: 0 }
});

test('sources are found through every layer, each system once, cycles or not', () => {
	const lineage: Lineage = {
		version: 'v1',
		tables: [
			table('fct_leads', 'mart', ['int_a', 'fct_leads']),
			table('int_a', 'intermediate', ['stg_crm__leads', 'stg_crm__calls', 'seed_x']),
			table('stg_crm__leads', 'staging', ['crm.leads']),
			table('stg_crm__calls', 'staging', ['crm.calls', 'callcenter.calls']),
			table('seed_x', 'seed', []),
			...['crm.leads', 'crm.calls', 'callcenter.calls'].map((name) => table(name, 'source', []))
		]
	};
	expect(sourcesOf(['fct_leads'], lineage)).toEqual(['callcenter', 'crm']);
	expect(sourcesOf(['unknown'], lineage)).toEqual([]);
	expect(sourcesOf(['fct_leads'], null)).toEqual([]);
});

test('a statement is broken at its clauses and stays the same statement', () => {
	const sql = 'SELECT "a__b" "c", sum("d__e") "f" FROM rollups.x WHERE (y >= ?) AND (z = ?) GROUP BY 1 ORDER BY 2 DESC LIMIT 10';
	expect(readable(sql).split('\n').length).toBeGreaterThan(5);
	expect(readable(sql).replace(/\s+/g, ' ')).toBe(sql);
});

test('ids are pages, questions and measures, and nothing else', () => {
	expect(readProofId('funnel.lead')).toEqual({ page: 'funnel', question: 'lead', focus: null });
	expect(readProofId('channels.total:channels.spend')).toEqual({ page: 'channels', question: 'total', focus: 'channels.spend' });
	for (const text of ['', 'funnel', '../x.y', 'a.b:c', 'a.b:c.d e']) expect(readProofId(text)).toBeNull();
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunResults } from './run-results.ts';

const timing = [{ name: 'execute', completed_at: '2026-11-23T02:45:00.123456Z' }];
const result = (unique_id: string, status: string, failures: number | null = null, message: string | null = null) => ({
	unique_id,
	status,
	failures,
	message,
	execution_time: 0.1,
	timing
});

function target(results: unknown[]): string {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-target-'));
	writeFileSync(join(folder, 'run_results.json'), JSON.stringify({ elapsed_time: 4.2, results }));
	const nodes = {
		'test.onelane.unique_fct_leads_lead_id.1a': { name: 'unique_fct_leads_lead_id', attached_node: 'model.onelane.fct_leads' },
		'test.onelane.captures_add_up': { name: 'captures_add_up', depends_on: { nodes: ['model.onelane.a', 'model.onelane.b'] } }
	};
	const unit_tests = { 'unit_test.onelane.fct_leads.skipped_stage': { name: 'skipped_stage', model: 'fct_leads' } };
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ nodes, unit_tests }));
	return folder;
}

test('tests come with the model they guard, models apart', () => {
	const read = readRunResults(
		target([
			result('model.onelane.fct_leads', 'success'),
			result('test.onelane.unique_fct_leads_lead_id.1a', 'fail', 3),
			result('test.onelane.captures_add_up', 'pass', 0),
			result('unit_test.onelane.fct_leads.skipped_stage', 'pass', 0)
		])
	);
	expect(read.models).toBe(1);
	expect(read.seconds).toBe(4.2);
	expect(read.tests).toEqual([
		{ test_name: 'unique_fct_leads_lead_id', model: 'fct_leads', status: 'fail', failures: 3, ran_at: '2026-11-23 02:45:00.123' },
		{ test_name: 'captures_add_up', model: null, status: 'pass', failures: 0, ran_at: '2026-11-23 02:45:00.123' },
		{ test_name: 'skipped_stage', model: 'fct_leads', status: 'pass', failures: 0, ran_at: '2026-11-23 02:45:00.123' }
	]);
});

test('a model that could not be built is named with the reason', () => {
	const read = readRunResults(target([result('model.onelane.fct_leads', 'error', null, 'Binder Error: no such column')]));
	expect(read.brokenModels).toEqual([{ name: 'fct_leads', message: 'Binder Error: no such column' }]);
});

test('a run without results says where they should be', () => {
	expect(() => readRunResults(mkdtempSync(join(tmpdir(), 'onelane-target-')))).toThrow('dbt left no results');
});

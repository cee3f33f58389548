/** The same suite on BigQuery: tests against an emulator that their own project starts and stops. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasEmulator, NO_EMULATOR } from '../../testing/bigquery/emulator.ts';
import { demoFolder, demoHome } from './homes.ts';
import { type Bench, type Outcome, skippedWith, vitest } from './lane.ts';

export function bigQueryLane(bench: Bench): Promise<Outcome> {
	return overEmulator(bench, 'bigquery');
}

/** Landing, build, publication, answers and pages on both warehouses, compared cell by cell. */
export function warehousesLane(bench: Bench): Promise<Outcome> {
	return overEmulator(bench, 'warehouses');
}

async function overEmulator(bench: Bench, project: 'bigquery' | 'warehouses'): Promise<Outcome> {
	if (!hasEmulator()) return skippedWith(NO_EMULATOR);
	const report = join(bench.scratch, 'reports', 'warehouses.json');
	const outcome = await vitest(bench, project, ['--project', project], {
		ONELANE_TEST_HOME: demoHome(bench),
		ONELANE_TEST_DEMO: demoFolder(bench),
		ONELANE_TEST_REPORT: report
	});
	return existsSync(report) ? { ...outcome, notes: [...outcome.notes, ...described(readFileSync(report, 'utf8'))] } : outcome;
}

/** One line a part of the report, such as "marts: tables 41, rows 376709, …". */
function described(text: string): string[] {
	const report = JSON.parse(text) as Record<string, Record<string, unknown>>;
	return Object.entries(report).map(
		([part, figures]) =>
			`${part}: ${Object.entries(figures)
				.map(([name, value]) => `${name.replaceAll('_', ' ')} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
				.join(', ')}`
	);
}

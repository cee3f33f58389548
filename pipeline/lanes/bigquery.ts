/** The same suite on BigQuery: tests against an emulator that their own project starts and stops. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasEmulator, NO_EMULATOR } from '../../testing/bigquery/emulator.ts';
import { demoFolder, demoHome } from './homes.ts';
import { type Bench, type Outcome, skippedWith, vitest } from './lane.ts';

export async function bigQueryLane(bench: Bench): Promise<Outcome> {
	if (!hasEmulator()) return skippedWith(NO_EMULATOR);
	const report = join(bench.scratch, 'reports', 'bigquery-parity.json');
	const outcome = await vitest(bench, 'bigquery', ['--project', 'bigquery'], {
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

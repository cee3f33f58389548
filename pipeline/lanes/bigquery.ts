/** The same suite on BigQuery: tests against an emulator that their own project starts and stops. */
import { hasEmulator, NO_EMULATOR } from '../../testing/bigquery/emulator.ts';
import { demoFolder, demoHome } from './homes.ts';
import { type Bench, type Outcome, skippedWith, vitest } from './lane.ts';

export async function bigQueryLane(bench: Bench): Promise<Outcome> {
	if (!hasEmulator()) return skippedWith(NO_EMULATOR);
	return vitest(bench, 'bigquery', ['--project', 'bigquery'], {
		ONELANE_TEST_HOME: demoHome(bench),
		ONELANE_TEST_DEMO: demoFolder(bench)
	});
}

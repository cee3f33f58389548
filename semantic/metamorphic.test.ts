/** The short version of `npx onelane bench policy`. */
import { expect, test } from 'vitest';
import { runMetamorphic } from './testing/metamorphic/run.ts';

const home = process.env.ONELANE_TEST_HOME;

test.skipIf(!home)(
	'the answer under a policy is the answer on data that was filtered beforehand',
	async () => {
		const counts = await runMetamorphic({ home: home ?? '', scopes: 8, rounds: 80, seed: 20261125 });
		process.stdout.write(`  metamorphic: ${JSON.stringify(counts)}\n`);
		expect(counts.cases).toBeGreaterThan(120);
		expect(counts.fromRollups).toBeGreaterThan(10);
		expect(counts.fromFacts).toBeGreaterThan(60);
		expect(counts.refused).toBeLessThan(counts.cases / 10);
		expect(Object.keys(counts.byView).length).toBeGreaterThan(4);
		expect(Object.keys(counts.byRole).length).toBeGreaterThan(6);
	},
	600_000
);

/** The short version of `npx onelane bench faults`: about ten kills, each in a throw-away home. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateDemo } from '../../ingestion/demo/index.ts';
import { describeFaults } from '../faults/report.ts';
import { SHORT, runFaults } from '../faults/run.ts';
import { silent } from '../progress.ts';
import { demo } from './support.ts';

describe.skipIf(demo === null)('faults', () => {
	test('after each the last good version is served, nothing is lost and nothing is there twice', async () => {
		const brand = mkdtempSync(join(tmpdir(), 'onelane-faults-brand-'));
		try {
			generateDemo({ customers: 100, seed: 3, until: '2026-11-22', out: brand });
			const { rows, skipped } = await runFaults({
				served: demo?.home ?? '',
				extracts: join(brand, 'extracts'),
				seed: 20261125,
				points: SHORT,
				serving: false,
				sources: ['crm', 'verticals'],
				progress: silent
			});
			for (const what of skipped) process.stderr.write(`\n  SKIPPED: ${what}\n`);
			process.stdout.write(`${describeFaults(rows)}\n`);
			expect(rows.filter(({ ok }) => !ok)).toEqual([]);
			expect(rows.filter(({ happened }) => happened === 'killed').length).toBeGreaterThan(6);
		} finally {
			rmSync(brand, { recursive: true, force: true });
		}
	}, 300_000);
});

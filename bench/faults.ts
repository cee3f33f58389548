/** The table of faults: point, what happened, state after. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDemo } from '../ingestion/demo/index.ts';
import type { Context } from '../pipeline/context.ts';
import { describeFaults as describeRows } from '../pipeline/faults/report.ts';
import { type FaultResult, LONG, SHORT, runFaults } from '../pipeline/faults/run.ts';
import type { Progress } from '../pipeline/progress.ts';

/** A tiny brand: what is tested is when, not how much. */
const CUSTOMERS = 100;

export interface FaultOptions {
	context: Context;
	seed: number;
	short: boolean;
	progress: Progress;
}

export async function runFaultBench({ context, seed, short, progress }: FaultOptions): Promise<FaultResult> {
	const brand = mkdtempSync(join(tmpdir(), 'onelane-faults-brand-'));
	try {
		generateDemo({ customers: CUSTOMERS, seed: 3, until: '2026-11-22', out: brand });
		return await runFaults({
			served: context.home,
			extracts: join(brand, 'extracts'),
			seed,
			points: short ? SHORT : LONG,
			serving: !short,
			sources: short ? ['crm', 'verticals'] : [],
			progress
		});
	} finally {
		rmSync(brand, { recursive: true, force: true });
	}
}

export function describeFaults({ rows, skipped }: FaultResult): string {
	return [describeRows(rows), ...skipped.map((what) => `SKIPPED: ${what}`)].join('\n');
}

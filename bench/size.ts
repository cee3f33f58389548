/** One size of the demo brand: written, landed twice, built, published. Each part in a process of its own, so that memory is its own. */
import { join } from 'node:path';
import { generateDemo } from '../ingestion/demo/index.ts';
import { build } from '../pipeline/build.ts';
import type { Context } from '../pipeline/context.ts';
import type { Progress } from '../pipeline/progress.ts';
import { runProcess } from '../pipeline/process.ts';
import { publish } from '../pipeline/publish/index.ts';
import type { IngestReport } from '../ingestion/index.ts';
import type { Figure } from './budgets.ts';
import { benchConfig } from './index.ts';
import { bareRead, landingFigures } from './landing.ts';
import { withPeakMemory } from './memory.ts';
import { NODE_FLAGS } from '../pipeline/bin/node-flags.mjs';

const TIMEZONE = 'Asia/Shanghai';

interface Measured {
	figures: Figure[];
	buildSeconds: number;
	context: Context;
}

export async function measureSize({
	context,
	scratch,
	customers,
	progress
}: {
	context: Context;
	scratch: string;
	customers: number;
	progress: Progress;
}): Promise<Measured> {
	const size = `${customers.toLocaleString('en')} customers`;
	const home = join(scratch, `home-${customers}`);
	const folder = join(scratch, `demo-${customers}`);
	const own: Context = { ...context, home, environment: { ...context.environment, home } };
	progress.line(`${size}: writing the demo brand`);
	const wrote = Date.now();
	generateDemo({ customers, seed: 1, until: '2026-11-22', out: folder });
	const figures: Figure[] = [
		{
			group: 'demo',
			what: `${size}: written`,
			value: (Date.now() - wrote) / 1000,
			unit: 's',
			budget: customers === 30_000 ? { most: 20 } : null
		}
	];

	progress.line(`${size}: landing`);
	const extracts = join(folder, 'extracts');
	const bare = await bareRead(extracts);
	const landed = await withPeakMemory(() => land(own, extracts));
	const again = await land(own, extracts);
	figures.push(...landingFigures(size, landed.result, bare, again, landed.peak));

	progress.line(`${size}: building`);
	const config = benchConfig(extracts);
	const { result: built, peak } = await withPeakMemory(() => build(own, config, TIMEZONE, progress));
	figures.push(
		{
			group: 'build',
			what: `${size}: models and tests`,
			value: built.seconds,
			unit: 's',
			budget: null,
			note: `${built.models} models, ${built.tests.length} tests`
		},
		{ group: 'build', what: `${size}: dbt's own start`, value: built.wallSeconds - built.seconds, unit: 's', budget: null },
		{ group: 'build', what: `${size}: peak memory`, value: peak, unit: 'MB', budget: { most: 4096 } }
	);
	progress.line(`${size}: publishing`);
	const began = Date.now();
	await publish(own, config, TIMEZONE, built, progress);
	figures.push({ group: 'build', what: `${size}: published with rollups`, value: (Date.now() - began) / 1000, unit: 's', budget: null });
	return { figures, buildSeconds: built.seconds, context: own };
}

async function land(context: Context, folder: string): Promise<IngestReport> {
	const env = { ...process.env, ONELANE_HOME: context.home, ONELANE_DEMO_EXTRACTS: folder };
	const ended = await runProcess(process.execPath, [...NODE_FLAGS, join('pipeline', 'cli.ts'), 'ingest', '--json'], {
		cwd: context.root,
		env
	});
	if (ended.code !== 0) throw new Error(`Landing failed: ${ended.tail}`);
	return JSON.parse(ended.tail) as IngestReport;
}

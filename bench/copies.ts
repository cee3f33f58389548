/** The build and the answers at sizes that nobody wants to generate and land each time: the demo many times over. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { build } from '../pipeline/build.ts';
import type { Context } from '../pipeline/context.ts';
import type { Progress } from '../pipeline/progress.ts';
import { publish } from '../pipeline/publish/index.ts';
import { fileOf, readFilePointer, versionName } from '../pipeline/state.ts';
import type { Figure } from './budgets.ts';
import { benchConfig } from './index.ts';
import { withPeakMemory } from './memory.ts';
import { holdBackLastDay } from './multiply/last-day.ts';
import { multiplyMarts } from './multiply/marts.ts';
import { multiplyRaw } from './multiply/raw.ts';
import { measureSemantic } from './semantic.ts';

const TIMEZONE = 'Asia/Shanghai';
/** So many visits to the site for each one of the demo make ten touchpoints a lead. */
const VISITS = 6;
/** A large brand's stores are larger too: about so many copies of the demo share the stores of one. */
const COPIES_OF_A_NETWORK = { raw: 5, marts: 9 } as const;
const MILLION = 1_000_000;

interface Sized {
	context: Context;
	scratch: string;
	copies: number;
	progress: Progress;
}

/** The greatest number of equal networks of at least so many copies. */
export function networksOf(copies: number, ofOne: number): number {
	for (let networks = Math.max(1, Math.floor(copies / ofOne)); networks > 1; networks--) if (copies % networks === 0) return networks;
	return 1;
}

/**
 * Builds `copies` of what was landed in the home of `context`, and half as many, since twice the data may take 2.2 times as long.
 * The larger one is published and asked.
 */
export async function measureRawCopies({ context, scratch, copies, progress }: Sized): Promise<Figure[]> {
	const half = await buildCopies({ context, scratch, copies: Math.max(1, Math.round(copies / 2)), progress });
	const whole = await buildCopies({ context, scratch, copies, progress });
	const growth = whole.seconds / half.seconds / (copies / Math.max(1, Math.round(copies / 2)) / 2);
	return [
		...half.figures,
		...whole.figures,
		{ group: 'build', what: 'twice the data: build takes … as long', value: growth, unit: 'ratio', budget: { most: 2.2 } },
		...(await measureSemantic(whole.context, progress, whole.size))
	];
}

async function buildCopies({ context, scratch, copies, progress }: Sized) {
	const home = join(scratch, `copies-${copies}`);
	const own: Context = { ...context, home, environment: { ...context.environment, home } };
	copySecrets(context.home, home);
	progress.line(`${copies} copies: multiplying what was landed`);
	await multiplyRaw(join(context.home, 'raw.duckdb'), join(home, 'raw.duckdb'), {
		copies,
		networks: networksOf(copies, COPIES_OF_A_NETWORK.raw),
		visits: VISITS
	});
	const lastDay = await holdBackLastDay(join(home, 'raw.duckdb'), join(home, 'last-day.duckdb'));
	progress.line(`${copies} copies: building`);
	const config = benchConfig(join(home, 'demo'));
	const { result: built, peak } = await withPeakMemory(() => build(own, config, TIMEZONE, progress));
	const { leads, touchpoints } = await sizesOf(fileOf(built.place));
	const size = `${millions(leads)} leads, ${millions(touchpoints)} touchpoints`;
	const figures: Figure[] = [
		{
			group: 'build',
			what: `${size}: models and tests`,
			value: built.seconds,
			unit: 's',
			budget: leads >= MILLION ? { most: 150 } : null,
			note: `${built.models} models, ${built.tests.length} tests`
		},
		{ group: 'build', what: `${size}: dbt's own start`, value: built.wallSeconds - built.seconds, unit: 's', budget: null },
		{ group: 'build', what: `${size}: peak memory`, value: peak, unit: 'MB', budget: { most: 4096 } }
	];
	progress.line(`${copies} copies: publishing`);
	const began = Date.now();
	await publish(own, config, TIMEZONE, built, progress);
	figures.push({ group: 'build', what: `${size}: published with rollups`, value: (Date.now() - began) / 1000, unit: 's', budget: null });

	progress.line(`${copies} copies: building what a day moves`);
	await lastDay.land();
	const day = await withPeakMemory(() => build(own, config, TIMEZONE, progress));
	const increment = day.result;
	if (increment.built?.increments !== 1) throw new Error('The last day could not be built by itself.');
	figures.push(
		{
			group: 'build',
			what: `${size}: a day's increment, as a part of the whole`,
			value: increment.seconds / built.seconds,
			unit: 'ratio',
			budget: leads >= MILLION ? { most: 0.1 } : null,
			note: `${increment.seconds.toFixed(1)} s for ${lastDay.rows.toLocaleString('en')} rows, and ${(increment.wallSeconds - increment.seconds).toFixed(1)} s of dbt's own start`
		},
		{ group: 'build', what: `${size}: a day's increment, peak memory`, value: day.peak, unit: 'MB', budget: { most: 4096 } }
	);
	await publish(own, config, TIMEZONE, increment, progress);
	return { figures, seconds: built.seconds, context: own, size };
}

/** Publishes `copies` of the marts that are served in the home of `context`, rollups by the real builder, and asks them. */
export async function measureMartCopies({ context, scratch, copies, progress }: Sized): Promise<Figure[]> {
	const served = readFilePointer(context.home);
	if (served === null) throw new Error('Nothing is published in the home of the benchmark.');
	const home = join(scratch, `marts-${copies}`);
	const own: Context = { ...context, home, environment: { ...context.environment, home } };
	copySecrets(context.home, home);
	// The lineage of a version is told from the manifest that built it.
	cpSync(join(context.home, 'dbt', 'target', 'manifest.json'), join(home, 'dbt', 'target', 'manifest.json'));
	progress.line(`marts, ${copies} copies: multiplying`);
	const version = versionName(new Date());
	const file = join(home, `${version}.duckdb`);
	await multiplyMarts(context.root, join(context.home, served.file), file, {
		copies,
		networks: networksOf(copies, COPIES_OF_A_NETWORK.marts)
	});
	const { leads } = await sizesOf(file);
	const size = `${millions(leads)} leads`;
	progress.line(`marts, ${copies} copies: publishing`);
	const began = Date.now();
	await publish(
		own,
		benchConfig(home),
		TIMEZONE,
		{ version, place: { file }, tests: [], brokenModels: [], models: 0, seconds: 0, wallSeconds: 0 },
		progress
	);
	const seconds = (Date.now() - began) / 1000;
	const published: Figure = { group: 'semantic', what: `${size}: published with rollups`, value: seconds, unit: 's', budget: null };
	return [published, ...(await measureSemantic(own, progress, size))];
}

function copySecrets(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	if (existsSync(join(from, 'secrets'))) cpSync(join(from, 'secrets'), join(to, 'secrets'), { recursive: true });
}

const millions = (count: number) => `${(count / MILLION).toFixed(2)} M`;

/** Leads and touchpoints of a version's file; touchpoints are not in one that only holds what the semantic layer reads. */
async function sizesOf(file: string): Promise<{ leads: number; touchpoints: number }> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	const connection = await instance.connect();
	const reader = await connection.runAndReadAll(
		"select table_name, estimated_size from duckdb_tables() where schema_name = 'marts' and table_name in ('fct_leads', 'fct_touchpoints')"
	);
	const sizes = new Map(reader.getRows().map(([name, size]) => [String(name), Number(size)]));
	connection.closeSync();
	instance.closeSync();
	return { leads: sizes.get('fct_leads') ?? 0, touchpoints: sizes.get('fct_touchpoints') ?? 0 };
}

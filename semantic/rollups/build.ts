/** Builds the model's rollups into a version's file before it is published; the only thing that writes to it here. */
import { randomUUID } from 'node:crypto';
import type { VersionDriver } from '../drivers/duckdb.ts';
import { CONTINUE_WAIT, Cube, ROLLUP_SCHEMA, type Context } from '../cube.ts';
import { compactRollup } from './compact.ts';
import { rollupTables } from './tables.ts';

export class RollupError extends Error {}

export interface BuiltRollups {
	tables: string[];
	seconds: number;
}

interface Scheduler {
	buildPreAggregations: (context: Context, options: object) => Promise<unknown>;
}

interface Compiler {
	preAggregations: () => Promise<{ id: string }[]>;
}

/** @throws RollupError when not every rollup of the model is in the file afterwards */
export async function buildRollups(file: string, memory = '1GB', threads = 2): Promise<BuiltRollups> {
	const started = performance.now();
	const problems: string[] = [];
	const cube = new Cube({
		driver: { access: 'write', memory, threads, seconds: 3600, connections: 1 },
		rewrite: (query) => query,
		log: (_, { error }) => {
			if (error) problems.push(String(error));
		},
		builder: true
	});
	const context: Context = {
		securityContext: { version: 'unpublished', place: { file }, rollups: true, who: null },
		requestId: randomUUID()
	};
	try {
		const driver = cube.driver(context.securityContext) as VersionDriver;
		await driver.query(`DROP SCHEMA IF EXISTS ${ROLLUP_SCHEMA} CASCADE`);
		await driver.query(`CREATE SCHEMA ${ROLLUP_SCHEMA}`);
		const core = cube.core as unknown as { getRefreshScheduler: () => Scheduler; getCompilerApi: (context: Context) => Promise<Compiler> };
		const rollups = await (await core.getCompilerApi(context)).preAggregations();
		const options = {
			timezones: ['UTC'],
			preAggregations: rollups.map(({ id }) => ({ id })),
			throwErrors: true,
			forceBuildPreAggregations: false
		};
		await patiently(() => core.getRefreshScheduler().buildPreAggregations(context, options));
		const tables = await rollupTables(driver);
		if (tables.length !== rollups.length) {
			throw new RollupError(
				`${tables.length} of ${rollups.length} rollups were built into ${file}: ${problems[0] ?? 'no reason was given'}`
			);
		}
		for (const table of tables) await compactRollup(driver, table);
		await driver.query('CHECKPOINT');
		return { tables, seconds: (performance.now() - started) / 1000 };
	} catch (error) {
		if (error instanceof RollupError) throw error;
		throw new RollupError(`The rollups can't be built into ${file}: ${reason(error, problems)}`);
	} finally {
		await cube.close();
	}
}

/** A build that takes long goes on while Cube says so. */
async function patiently(build: () => Promise<unknown>): Promise<void> {
	for (;;) {
		try {
			await build();
			return;
		} catch (error) {
			if ((error as { error?: unknown }).error !== CONTINUE_WAIT) throw error;
		}
	}
}

/** Cube throws objects with an `error`, and logs the rest. */
function reason(error: unknown, problems: readonly string[]): string {
	const { error: inner, message } = error as { error?: unknown; message?: string };
	const text = typeof inner === 'string' ? inner : (message ?? problems[0] ?? String(error));
	return text.split('\n')[0] ?? text;
}

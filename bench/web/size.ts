/** An installation of any size to measure: the served version's marts many times over, with rollups of their own, in a throw-away home. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { POINTER_FILE } from '../../contracts/pointer.ts';
import type { Context } from '../../pipeline/context.ts';
import { PipelineError } from '../../pipeline/errors.ts';
import { writeJson } from '../../pipeline/files.ts';
import { runProcess } from '../../pipeline/process.ts';
import { readPointer } from '../../pipeline/state.ts';
import { multiplyMarts } from '../multiply/marts.ts';

/** Networks of stores at most: a large brand has a few thousand stores, however many leads. */
const NETWORKS = 12;

/** @returns the home, which the caller removes */
export async function multipliedHome({ root }: Context, home: string, leads: number): Promise<string> {
	const pointer = readPointer(home);
	if (!pointer) throw new PipelineError(`Nothing is published in ${home}: run "onelane refresh" first.`);
	if (!('file' in pointer))
		throw new PipelineError(`${pointer.version} is a dataset of BigQuery: the benchmark enlarges versions in DuckDB.`);
	const from = join(home, pointer.file);
	const copies = Math.max(1, Math.round(leads / (await leadsOf(from))));
	const networks =
		Array.from({ length: Math.min(NETWORKS, copies) }, (_, index) => index + 1).findLast((count) => copies % count === 0) ?? 1;
	mkdirSync(join(home, 'bench'), { recursive: true });
	const scratch = mkdtempSync(join(home, 'bench', 'web-'));
	try {
		const to = join(scratch, pointer.file);
		mkdirSync(dirname(to), { recursive: true });
		await multiplyMarts(root, from, to, { copies, networks });
		const env = { ...process.env, ONELANE_HOME: scratch, ONELANE_ID_KEY: undefined, ONELANE_SECRET: undefined };
		const rollups = await runProcess(process.execPath, [join('semantic', 'build-rollups.ts'), '--file', to], { cwd: root, env });
		if (rollups.code !== 0) throw new PipelineError(`The rollups of the enlarged version could not be built: ${rollups.tail.slice(-400)}`);
		writeJson(join(scratch, POINTER_FILE), { ...pointer, previous: [] });
		return scratch;
	} catch (error) {
		rmSync(scratch, { recursive: true, force: true });
		throw error;
	}
}

async function leadsOf(file: string): Promise<number> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const reader = await connection.runAndReadAll('select count(*)::double from marts.fct_leads');
		connection.closeSync();
		return Number(reader.getRows()[0]?.[0] ?? 0);
	} finally {
		instance.closeSync();
	}
}

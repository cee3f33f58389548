/** Keeps the result of `onelane build` until `onelane publish` takes it. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Build } from './build.ts';
import type { Context } from './context.ts';
import { PipelineError } from './errors.ts';
import { writeJson } from './files.ts';
import { warehouseFor } from './warehouse/index.ts';

const RECORD = join('building', 'build.json');

export function saveBuild(home: string, built: Build): Build {
	mkdirSync(dirname(join(home, RECORD)), { recursive: true });
	writeJson(join(home, RECORD), built);
	return built;
}

/** @throws PipelineError when no whole build waits */
export async function readBuild(context: Context): Promise<Build> {
	const file = join(context.home, RECORD);
	if (existsSync(file)) {
		const built = JSON.parse(readFileSync(file, 'utf8')) as Build;
		if (await warehouseFor(context, built.place).exists(built.place)) return built;
	}
	throw new PipelineError(`No finished build waits in ${context.home}: run "onelane build" first, or "onelane refresh" for everything.`);
}

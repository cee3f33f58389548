/** Keeps the result of `onelane build` beside its file until `onelane publish` takes it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILDING_FOLDER, type Build } from './build.ts';
import { PipelineError } from './errors.ts';
import { writeJson } from './files.ts';

const RECORD = 'build.json';

export function saveBuild(home: string, built: Build): Build {
	writeJson(join(home, BUILDING_FOLDER, RECORD), built);
	return built;
}

/** @throws PipelineError when no whole build waits */
export function readBuild(home: string): Build {
	const folder = join(home, BUILDING_FOLDER);
	if (existsSync(folder) && readdirSync(folder).includes(RECORD)) {
		const built = JSON.parse(readFileSync(join(folder, RECORD), 'utf8')) as Build;
		if (existsSync(built.file)) return built;
	}
	throw new PipelineError(`No finished build waits in ${home}: run "onelane build" first, or "onelane refresh" for everything.`);
}

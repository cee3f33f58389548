/**
 * Without the addon Cube turns the model's YAML into JavaScript by a Python grammar in JavaScript, in a worker: three quarters of a start.
 * What comes out depends on what goes in alone, so it is kept beside what Node compiles, in the folder that NODE_COMPILE_CACHE names.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Result {
	content: string;
	errors: unknown[];
	warnings: unknown[];
}

interface Pool {
	exec: (method: string, parameters: Record<string, unknown>[]) => PromiseLike<Result>;
}

export interface Pools {
	pool: (script: string, options?: object) => Pool;
}

/** Each pool of Cube's transpilers asks the folder first; its workers start with the first question that is not answered there. */
export function keepTranspiled(folder: string, pools: Pools = resolvePools(), version: string = cubeVersion()): void {
	const make = pools.pool.bind(pools);
	pools.pool = (script, options) => {
		const pool = make(script, options);
		if (!/transpiler_worker(\.js)?$/.test(script)) return pool;
		const exec = pool.exec.bind(pool);
		pool.exec = async (method, parameters) => {
			const hash = createHash('sha256')
				.update(JSON.stringify([version, method, parameters]))
				.digest('hex');
			const file = join(folder, `${hash}.js`);
			const known = await readFile(file, 'utf8').catch(() => undefined);
			if (known !== undefined) return { content: known, errors: [], warnings: [] };
			const result = await exec(method, parameters);
			// What is wrong with a model is to be said each time.
			if (result.errors.length + result.warnings.length === 0) await write(folder, file, result.content);
			return result;
		};
		return pool;
	};
}

/** Whole or not at all; where nothing can be kept, the next start takes as long as this one. */
async function write(folder: string, file: string, content: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const fresh = `${file}.${process.pid}`;
		await writeFile(fresh, content, { mode: 0o600 });
		await rename(fresh, file);
	} catch {
		// A full or read-only disk.
	}
}

/** The copies that Cube's compiler uses. */
function requireOfCompiler(): NodeJS.Require {
	return createRequire(createRequire(import.meta.url).resolve('@cubejs-backend/schema-compiler'));
}

function resolvePools(): Pools {
	return requireOfCompiler()('workerpool') as Pools;
}

function cubeVersion(): string {
	return (requireOfCompiler()('@cubejs-backend/schema-compiler/package.json') as { version: string }).version;
}

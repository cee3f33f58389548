/** Puts the fallback in place of the native addon, unless the addon loads. Must run before Cube is imported. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fallbackExports, newJinjaEngine } from './exports.ts';
import { keepTranspiled } from './transpiled.ts';

type Native = Record<string, unknown> & { loadNative: () => unknown; NativeInstance: { prototype: Record<string, unknown> } };

export type Engine = 'addon' | 'fallback';

export function installFallback(native: Native = resolveNative(), env: Record<string, string | undefined> = process.env): Engine {
	try {
		native.loadNative();
		return 'addon';
	} catch {
		// Consumers read the exports when they call them, so that assigning is enough.
		Object.assign(native, fallbackExports);
		native.NativeInstance.prototype.newJinjaEngine = newJinjaEngine;
		env.CUBEJS_TESSERACT_SQL_PLANNER = 'false';
		env.CUBEJS_TRANSPILATION_NATIVE = 'false';
		return 'fallback';
	}
}

/** The copy that server-core uses: there might be several in a tree. */
function resolveNative(): Native {
	const here = createRequire(import.meta.url);
	const core = createRequire(here.resolve('@cubejs-backend/server-core'));
	return core('@cubejs-backend/native') as Native;
}

export const engine: Engine = installFallback();

const kept = process.env['NODE_COMPILE_CACHE'];
if (engine === 'fallback' && kept) keepTranspiled(join(kept, 'model'));

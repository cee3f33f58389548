/** Puts the fallback in place of the native addon, unless the addon loads. Must run before Cube is imported. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fallbackExports, newJinjaEngine } from './exports.ts';
import type { RawColumns } from './transform.ts';
import { keepTranspiled } from './transpiled.ts';

interface Wrapper {
	jsResult: Record<string, unknown>[];
	getRawData: () => unknown[];
}

type Native = Record<string, unknown> & {
	loadNative: () => unknown;
	NativeInstance: { prototype: Record<string, unknown> };
	ResultWrapper: { prototype: Wrapper };
	rowsToColumnar: (rows: Record<string, unknown>[]) => RawColumns;
};

export type Engine = 'addon' | 'fallback';

export function installFallback(native: Native = resolveNative(), env: Record<string, string | undefined> = process.env): Engine {
	try {
		native.loadNative();
		return 'addon';
	} catch {
		// Consumers read the exports when they call them, so that assigning is enough.
		Object.assign(native, fallbackExports);
		native.NativeInstance.prototype.newJinjaEngine = newJinjaEngine;
		// The addon is given JSON, for it is outside; what stays in here need not be written and read again.
		native.ResultWrapper.prototype.getRawData = function () {
			return [native.rowsToColumnar(this.jsResult)];
		};
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

/**
 * Cube would keep every result for a day, without a bound, to answer from it what answers are already kept for in front of it, and would
 * write each as JSON to count its bytes. So results are not kept there at all.
 */
import { createRequire } from 'node:module';

interface LocalCache {
	get: (key: string) => Promise<unknown>;
	set: (key: string, value: unknown, seconds: number) => Promise<{ key: string; bytes: number }>;
}

const core = createRequire(createRequire(import.meta.url).resolve('@cubejs-backend/server-core'));
export const { LocalCacheDriver } = core('@cubejs-backend/query-orchestrator/dist/src/orchestrator/LocalCacheDriver.js') as {
	LocalCacheDriver: { new (): LocalCache; prototype: LocalCache };
};

const { set } = LocalCacheDriver.prototype;

/** Lists of rollup tables stay: they cost little and are needed by the next query. */
LocalCacheDriver.prototype.set = async function (key, value, seconds) {
	return key.includes('SQL_QUERY_RESULT') ? { key, bytes: 0 } : set.call(this, key, value, seconds);
};

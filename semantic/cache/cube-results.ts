/** Empties Cube's own memory of results: it is never asked, has no bound, and would hold every answer a second time for a day. */
import { createRequire } from 'node:module';

interface LocalCache {
	store: Record<string, unknown>;
}

const core = createRequire(createRequire(import.meta.url).resolve('@cubejs-backend/server-core'));
const { LocalCacheDriver } = core('@cubejs-backend/query-orchestrator/dist/src/orchestrator/LocalCacheDriver.js') as {
	LocalCacheDriver: new () => LocalCache;
};

const { store } = new LocalCacheDriver();

/** Lists of rollup tables stay; they cost little and are needed by the next query. */
export function dropCubeResults(): void {
	for (const key of Object.keys(store)) if (key.includes('SQL_QUERY_RESULT')) Reflect.deleteProperty(store, key);
}

export function cubeResults(): number {
	return Object.keys(store).filter((key) => key.includes('SQL_QUERY_RESULT')).length;
}

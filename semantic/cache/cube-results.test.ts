import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { LocalCacheDriver } from './cube-results.ts';

test("Cube's own memory keeps what it knows of tables, and no result", async () => {
	const cache = new LocalCacheDriver();
	await cache.set('brand:SQL_PRE_AGGREGATIONS_TABLES_x', ['by_store'], 60);
	await cache.set('brand:SQL_QUERY_RESULT_x', { result: [{ leads: 1 }] }, 60);
	expect(await cache.get('brand:SQL_PRE_AGGREGATIONS_TABLES_x')).toEqual(['by_store']);
	expect(await cache.get('brand:SQL_QUERY_RESULT_x')).toBeUndefined();
});

test('results still have the key by which they are known', () => {
	const core = createRequire(createRequire(import.meta.url).resolve('@cubejs-backend/server-core'));
	const { QueryCache } = core('@cubejs-backend/query-orchestrator') as { QueryCache: { prototype: object } };
	const cache = Object.assign(Object.create(QueryCache.prototype) as { queryCacheKey: (query: unknown) => string }, {
		cachePrefix: 'brand'
	});
	expect(cache.queryCacheKey(['SELECT 1', []])).toContain('SQL_QUERY_RESULT');
});

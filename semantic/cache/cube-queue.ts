/**
 * Lets go of Cube's results when they are handed on. Its queue in memory waits for a result against a timer that it never clears, and a timer
 * holds what it raced with: each answer for two seconds more, which under a stream of large ones is a second's worth of them several times over.
 */
import { createRequire } from 'node:module';

interface Connection {
	continueWaitTimeout: number;
	state: { queryDef: Record<string, unknown>; resultPromises: Record<string, unknown> };
	resultListKey: (hash: string) => string;
	getResultPromise: (key: string) => Promise<unknown>;
	getResultBlocking: (this: Connection, hash: string) => Promise<unknown>;
}

const core = createRequire(createRequire(import.meta.url).resolve('@cubejs-backend/server-core'));
const { LocalQueueDriverConnection } = core('@cubejs-backend/query-orchestrator/dist/src/orchestrator/LocalQueueDriverConnection.js') as {
	LocalQueueDriverConnection: { prototype: Connection };
};

LocalQueueDriverConnection.prototype.getResultBlocking = async function (hash) {
	const { queryDef, resultPromises } = this.state;
	const key = this.resultListKey(hash);
	if (!queryDef[hash] && !resultPromises[key]) return null;
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<null>((resolve) => {
		timer = setTimeout(() => resolve(null), this.continueWaitTimeout * 1000);
	});
	const result = await Promise.race([this.getResultPromise(key), late]);
	clearTimeout(timer);
	if (result) Reflect.deleteProperty(resultPromises, key);
	return result;
};

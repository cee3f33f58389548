/** Writers that wait until there is room again. */
import type { ServerResponse } from 'node:http';

/**
 * What packs an answer hands whoever waits for `drain` on to its own stream, from which nobody can be taken off again: a file of many
 * portions would leave a listener for each. So one listens for as long as the answer takes, and tells those who wait at the time.
 */
export function waitOnce(response: ServerResponse): void {
	const waiting: (() => void)[] = [];
	let listens = false;
	const once = response.once.bind(response) as (event: string, listener: () => void) => ServerResponse;
	const drained = () => {
		for (const each of waiting.splice(0)) each();
	};
	Object.assign(response, {
		once: (event: string, listener: () => void) => {
			if (event !== 'drain') return once(event, listener);
			waiting.push(listener);
			if (!listens) response.on('drain', drained);
			listens = true;
			return response;
		}
	});
}

/** Readers who click on before a page is there: what they left holds up nobody. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demo, sessionCookie } from './support.ts';

const MANY = 16;
const ROUNDS = 5;
/** A page after them waits for what was begun, not for all: its share of the time that answering all takes. */
const SHARE = 4;
/** Connections that the web server keeps to the semantic server. */
const CONNECTIONS = 64;
/** Of the tests and the supervisor, which ask after its health. */
const OTHERS = 10;

let serial = Date.now();
/** A page that nobody opened before. */
const fresh = () => `${['/', '/funnel', '/organisation', '/channels'][serial % 4]}?from=2026-01-01&to=2026-06-30&series=none-${serial++}`;

describe.skipIf(demo === null)('readers who leave', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };

	test('a page after many that were left is there long before they would have been', async () => {
		const cookie = await sessionCookie(at.home);
		const open = async (signal?: AbortSignal) => {
			const response = await fetch(at.url + fresh(), { headers: { cookie }, signal });
			await response.text();
			expect(response.status).toBe(200);
		};
		const timed = async (work: () => Promise<unknown>) => {
			const began = performance.now();
			await work();
			return performance.now() - began;
		};
		const many = (signal?: AbortSignal) => Array.from({ length: MANY }, () => open(signal));
		await open();
		const all = await timed(() => Promise.all(many()));

		let most = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const leaver = new AbortController();
			const left = many(leaver.signal).map((opened) => opened.catch(() => undefined));
			await new Promise((resolve) => setTimeout(resolve, 50));
			most = Math.max(most, connections(new URL(at.semanticUrl).port));
			leaver.abort();
			await Promise.all(left);
		}
		expect(await timed(() => open())).toBeLessThan((all * ROUNDS) / SHARE);
		expect(most).toBeLessThanOrEqual(CONNECTIONS + OTHERS);
	});
});

/** Established connections to a port of this machine; 0 where the system does not say. */
function connections(port: string): number {
	const wanted = `:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`;
	try {
		return readFileSync('/proc/net/tcp', 'utf8')
			.split('\n')
			.map((line) => line.trim().split(/\s+/))
			.filter(([, , remote, state]) => remote?.endsWith(wanted) && state === '01').length;
	} catch {
		return 0;
	}
}

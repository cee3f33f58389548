/** A question that nobody waits for any more stops costing anything. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { as, signed, type Place } from '../place.ts';

interface Ready {
	cache: { running: number };
}

/** Questions that are left; fewer than are taken at once. */
const MANY = 120;
/** A question after them waits for those that were begun, not for all: its share of the time that answering all takes. */
const SHARE = 4;
let serial = 0;

/** Far more than can be read before the limit of a statement. */
const COPIES = 1_000_000;
const LIMIT_MS = 30_000;

/** A question that nobody asked before: by day and store, not from a rollup. */
async function askNew(place: Place, signal?: AbortSignal): Promise<void> {
	const query = {
		measures: ['leads.customers', 'leads.median_first_response_minutes'],
		dimensions: ['leads.store_id'],
		filters: [{ member: 'leads.city', operator: 'notEquals', values: [`nowhere ${serial++}`] }]
	};
	const response = await fetch(`http://127.0.0.1:${place.running.port}/cubejs-api/v1/load`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${await signed({ ...as('executive') })}` },
		body: JSON.stringify({ query }),
		signal
	});
	expect(response.status).toBe(200);
	await response.arrayBuffer();
}

export function leaving(place: () => Place): void {
	test('a question after many that were left is answered long before they would have been', async () => {
		const at = place();
		const timed = async (work: () => Promise<unknown>) => {
			const began = performance.now();
			await work();
			return performance.now() - began;
		};
		const running = async () => (await at.get<Ready>('/readyz')).body.cache.running;
		const many = (signal?: AbortSignal) => Array.from({ length: MANY }, () => askNew(at, signal));
		await askNew(at);
		const all = await timed(() => Promise.all(many()));

		const leaver = new AbortController();
		const left = many(leaver.signal).map((asked) => asked.catch(() => undefined));
		while ((await running()) < MANY / 2) await new Promise((resolve) => setImmediate(resolve));
		leaver.abort();
		await Promise.all(left);
		expect(await timed(() => askNew(at))).toBeLessThan(all / SHARE);
		expect(await running()).toBe(0);
	});

	test('a client that leaves takes its statement along', async () => {
		const { home, pointer } = place();
		const version = 'v20300101T000000005Z';
		const file = `versions/${version}.duckdb`;
		copyFileSync(join(home, pointer.file), join(home, file));
		const instance = await DuckDBInstance.create(join(home, file));
		const connection = await instance.connect();
		for (const statement of [
			'DROP SCHEMA IF EXISTS rollups CASCADE',
			'CREATE SCHEMA aside',
			'CREATE TABLE aside.leads AS FROM marts.fct_leads',
			'DROP TABLE marts.fct_leads',
			`CREATE VIEW marts.fct_leads AS SELECT leads.* FROM aside.leads, range(${COPIES})`
		])
			await connection.run(statement);
		connection.closeSync();
		instance.closeSync();
		place().publish({ ...pointer, version, file });
		await new Promise((resolve) => setTimeout(resolve, 200));

		const leaver = new AbortController();
		const query = { measures: ['leads.customers', 'leads.median_first_response_minutes'] };
		const asked = fetch(`http://127.0.0.1:${place().running.port}/cubejs-api/v1/load`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${await signed({ ...as('executive') })}` },
			body: JSON.stringify({ query }),
			signal: leaver.signal
		});
		const running = async () => (await place().get<Ready>('/readyz')).body.cache.running;
		while ((await running()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
		// Long enough for the statement to be inside DuckDB.
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(await running()).toBe(1);
		leaver.abort();
		await expect(asked).rejects.toThrow();
		while ((await running()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));

		place().publish(pointer);
		await new Promise((resolve) => setTimeout(resolve, 200));
		// Closing waits for statements that run: it would wait for the limit if this one did.
		const began = Date.now();
		await place().running.close();
		expect(Date.now() - began).toBeLessThan(LIMIT_MS / 2);
	});
}

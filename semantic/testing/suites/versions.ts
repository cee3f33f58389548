/** Publishing under readers: nobody's question fails, everybody's answer says which data it is about. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { POINTER_FILE, type Pointer } from '../../../contracts/pointer.ts';
import { VERSION_HEADER, type SemanticQueryInput } from '../../../contracts/semantic.ts';
import { as, type Place } from '../place.ts';

type Ask = () => Place;

const executive = as('executive');
const query = (limit = 5): SemanticQueryInput => ({ measures: ['leads.leads'], dimensions: ['leads.region_id'], limit });

export function versions(place: Ask): void {
	describe('while new versions are published', () => {
		test('no question fails, and each answer fits its version', async () => {
			const first = place().pointer;
			const second = await another(place(), 'v20300101T000000000Z', 'DELETE FROM marts.fct_leads WHERE region_id IS NOT NULL');
			const counts = new Map([
				[first.version, await total(place(), first)],
				[second.version, 0]
			]);
			let asked = 0;
			let over = false;
			let failed = false;
			const reader = async (seed: number) => {
				while (!over) {
					const { status, headers, body } = await place().load(
						{ ...query(40 + ((asked++ + seed) % 50)), measures: ['leads.leads', 'leads.customers'] },
						executive
					);
					expect(body.error).toBeUndefined();
					expect(status).toBe(200);
					const sum = body.data.filter((row) => row['leads.region_id'] !== null).reduce((all, row) => all + Number(row['leads.leads']), 0);
					expect(sum).toBe(counts.get(headers.get(VERSION_HEADER) ?? ''));
				}
			};
			const readers = [1, 2, 3, 4].map((seed) =>
				reader(seed).catch((error: unknown) => {
					failed = true;
					throw error;
				})
			);
			// Looked at below; until then nothing is unhandled.
			for (const one of readers) one.catch(() => undefined);
			// By questions and not only by time, so that a busy machine asks as many between two publications.
			const between = async () => {
				const enough = asked + 6;
				await new Promise((resolve) => setTimeout(resolve, 400));
				while (asked < enough && !failed) await new Promise((resolve) => setTimeout(resolve, 20));
			};
			for (const next of [second, first, second, first]) {
				await between();
				place().publish(next);
			}
			await between();
			over = true;
			await Promise.all(readers);
			expect(asked).toBeGreaterThan(20);
		});

		test('a version without rollups is answered from its facts', async () => {
			const first = place().pointer;
			place().publish(await another(place(), 'v20300101T000000001Z', 'DROP SCHEMA rollups CASCADE'));
			await seen('v20300101T000000001Z', place());
			const { body } = await place().load(query(), executive);
			expect(body.usedPreAggregations).toBeUndefined();
			expect(body.data.length).toBeGreaterThan(0);
			place().publish(first);
			await seen(first.version, place());
		});

		test('a version whose rollups another release built is answered from its facts', async () => {
			const first = place().pointer;
			const [table] = await place().sql(
				"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'rollups' ORDER BY 1 LIMIT 1"
			);
			const name = String(table?.name);
			const renamed = `ALTER TABLE rollups."${name}" RENAME TO "${name.replace(/_[a-z0-9]+(_[a-z0-9]+)$/, '_00000000$1')}"`;
			place().publish(await another(place(), 'v20300101T000000003Z', renamed));
			await seen('v20300101T000000003Z', place());
			const answers = await Promise.all(
				[
					query(),
					{ measures: ['funnel.visits'], dimensions: ['funnel.region_id'] },
					{ measures: ['channels.leads'], dimensions: ['channels.region_id'] }
				].map((one) => place().load(one, executive))
			);
			for (const { status, body } of answers) expect([status, body.data?.length > 0]).toEqual([200, true]);
			place().publish(first);
			await seen(first.version, place());
		});

		test('a pointer that can not be read changes nothing', async () => {
			const first = place().pointer;
			writeFileSync(join(place().home, POINTER_FILE), '{"version":');
			await new Promise((resolve) => setTimeout(resolve, 150));
			expect((await place().load(query(7), executive)).headers.get(VERSION_HEADER)).toBe(first.version);
			rmSync(join(place().home, POINTER_FILE));
			await new Promise((resolve) => setTimeout(resolve, 150));
			expect((await place().load(query(8), executive)).status).toBe(200);
			place().publish(first);
		});

		test('a version whose file is missing is said to be so, and not for longer than that', async () => {
			const first = place().pointer;
			place().publish({ ...first, version: 'v20300101T000000002Z', file: 'versions/nothing.duckdb' });
			await new Promise((resolve) => setTimeout(resolve, 150));
			const { status, body } = await place().load(query(9), executive);
			expect(status).toBe(503);
			expect(body.error).toMatch(/nothing\.duckdb can't be opened/);
			expect((await place().get('/readyz')).status).toBe(503);
			place().publish(first);
			await seen(first.version, place());
			expect((await place().load(query(9), executive)).status).toBe(200);
		});
	});
}

/** A copy of the served version, changed. */
async function another(place: Place, version: string, change: string): Promise<Pointer> {
	const { pointer } = place;
	const file = `versions/${version}.duckdb`;
	copyFileSync(join(place.home, pointer.file), join(place.home, file));
	const instance = await DuckDBInstance.create(join(place.home, file));
	const connection = await instance.connect();
	await connection.run(change);
	connection.closeSync();
	instance.closeSync();
	return { ...pointer, version, file };
}

async function total(place: Place, pointer: Pointer): Promise<number> {
	expect(place.pointer.version).toBe(pointer.version);
	const [row] = await place.sql('SELECT CAST(count(region_id) AS INTEGER) AS n FROM marts.fct_leads');
	return row?.n as number;
}

async function seen(version: string, place: Place): Promise<void> {
	for (let look = 0; look < 50; look++) {
		const { headers } = await place.load(query(), executive);
		if (headers.get(VERSION_HEADER) === version) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`Version ${version} is not served after 2.5 s.`);
}

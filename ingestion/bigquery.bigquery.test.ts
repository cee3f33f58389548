/** BigQuery keeps what DuckDB keeps: the same extracts are landed with both, and every table is compared row by row. The demo's are in pipeline/integration/bigquery. */
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { emulatorSettings } from '../testing/bigquery/emulator.ts';
import { type ComparedTable, compareRaw, onBoth, ownPrefix, type Pair } from './bigquery-testing.ts';
import { csv, line, sampleResource, TestHome } from './testing.ts';

const endpoint = inject('bigQueryEndpoint');
const TOLERANT = { quarantine: { threshold: 1 } };
const pairs: Pair[] = [];
const pair = (...parameters: ConstructorParameters<typeof TestHome>) => {
	const made = onBoth(emulatorSettings(endpoint ?? '', ownPrefix()), new TestHome(...parameters));
	pairs.push(made);
	return made;
};
vi.setConfig({ testTimeout: 600_000 });
afterEach(() => pairs.splice(0).forEach((made) => made.dispose()));

const differing = (tables: readonly ComparedTable[]) => tables.filter(({ onlyDuckDb, onlyBigQuery }) => onlyDuckDb + onlyBigQuery > 0);

describe.skipIf(endpoint === null)('each way of changing raw', () => {
	test('changed, late and deleted rows, repeated rows, quarantine, a file that grew', async () => {
		const both = pair();
		both.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'a' }), line({ id: 'b', phone: '', name: '' }), 'broken'));
		await both.landSame(TOLERANT);
		both.write(
			'extracts/shop/leads-1.csv',
			csv(
				line({ id: 'a' }),
				line({ id: 'b', phone: '', name: '' }),
				'broken',
				line({ id: 'a', note: '"new ""quoted"" \\ back"', updated_at: '2026-05-02 10:00:00.120' }),
				line({ id: 'late', updated_at: '2025-01-01 10:00:00' })
			)
		);
		both.write(
			'extracts/shop/leads-2.ndjson',
			'{"id":"b","deleted":true,"updated_at":"2026-05-05T00:00:00Z"}\n{"id":"n","updated_at":"x"}\n'
		);
		expect(await both.landSame(TOLERANT)).toMatchObject({ rows_read: 7, rows_landed: 3, rows_changed: 2, rows_quarantined: 2 });
		expect(await both.landSame(TOLERANT)).toMatchObject({ rows_read: 0 });
	});

	test('a file read in another way replaces what it brought before', async () => {
		const both = pair();
		both.write('extracts/shop/leads.csv', csv(line({ id: 'a' }), line({ id: 'b', pieces: 'x' })));
		await both.landSame(TOLERANT);
		expect(await both.landSame({ ...TOLERANT, timezone: 'UTC' })).toMatchObject({ rows_read: 2, rows_landed: 1, rows_quarantined: 1 });
	});

	test('replace: tombstones with the same row hash, and none for what is in quarantine or while a line cannot be read', async () => {
		const both = pair(sampleResource('replace'));
		both.write(
			'extracts/shop/leads.csv',
			csv(
				line({ id: 'a', price: '10' }),
				line({ id: 'b', updated_at: '2026-05-01 10:00:00.5' }),
				line({ id: 'c', pieces: '', kind: '', deleted: 'false' })
			)
		);
		await both.landSame(TOLERANT);
		both.write('extracts/shop/leads.csv', csv(line({ id: 'd' }), line({ id: 'c', pieces: 'x' })));
		expect(await both.landSame(TOLERANT)).toMatchObject({ rows_landed: 1, rows_tombstoned: 2, rows_quarantined: 1 });
		both.write('extracts/shop/leads.csv', csv('broken'));
		expect(await both.landSame(TOLERANT)).toMatchObject({ rows_tombstoned: 0 });
		both.write('extracts/shop/leads.csv', csv(line({ id: 'a', updated_at: '2026-06-01 10:00:00' })));
		expect(await both.landSame(TOLERANT)).toMatchObject({ rows_landed: 1, rows_changed: 1, rows_tombstoned: 2 });
	});

	test('append: equal rows are rows of their own, but not when their file is read again', async () => {
		const both = pair(sampleResource('append'));
		both.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'a' })));
		expect(await both.landSame()).toMatchObject({ rows_landed: 2 });
		both.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'a' }), line({ id: 'a' })));
		both.write('extracts/shop/leads-2.csv', csv(line({ id: 'a' })));
		expect(await both.landSame()).toMatchObject({ rows_read: 4, rows_landed: 2, rows_duplicate: 2 });
	});

	test('over the threshold the load fails whole with the same sentence, and leaves nothing', async () => {
		const both = pair();
		both.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
		await both.landSame();
		both.write('extracts/shop/leads-2.csv', csv(line({ id: 'b' }), 'broken'));
		const { duckDb, bigQuery } = await both.landFailing();
		expect(bigQuery.message).toContain('1 of 2 rows (50 %) cannot be used');
		expect(bigQuery.message).toBe(duckDb.message);
		expect(differing(await compareRaw(both))).toEqual([]);
	});

	test('another key than the first is refused', async () => {
		const both = pair();
		both.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
		await both.landSame();
		const { bigQuery } = await both.landFailing({ idKey: 'another key that is also long enough' });
		expect(bigQuery.message).toContain('ONELANE_ID_KEY is not the key');
	});

	test('personal values are in the restricted dataset only', async () => {
		const both = pair();
		both.write('extracts/shop/leads.csv', csv(line({ id: 'a', phone: '13987654321', name: '欧阳克己' }), `b,"13987654321`));
		await both.landSame(TOLERANT);
		const raw = await both.everythingIn('raw');
		expect(raw).not.toMatch(/9876\s?-?5432|欧阳克己/);
		expect(raw).toContain('139****4321');
		expect(await both.everythingIn('restricted')).toContain('+8613987654321');
	});
});

/** Versions of records: what an extract that comes again, late, grown or without a record changes in raw. */
import { describe, expect, test } from 'vitest';
import { csv, line, sampleResource } from './testing.ts';
import { expectIdentity, home, TOLERANT } from './testing-homes.ts';

describe('incremental and idempotent', () => {
	const first = csv(line({ id: 'a' }), line({ id: 'b' }), line({ id: 'b' }));

	test('the same extract again changes nothing, under its name or another', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', first);
		expect(await brand.land()).toMatchObject({ rows_read: 3, rows_landed: 2, rows_duplicate: 1 });
		const before = await brand.fingerprint();
		expect(await brand.land()).toMatchObject({ rows_read: 0 });
		brand.write('extracts/shop/leads-copy.csv', first);
		expect(await brand.land()).toMatchObject({ rows_read: 0 });
		expect(await brand.fingerprint()).toBe(before);
	});

	test('a file that grew brings only its new rows, and its quarantine is not said twice', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' }), 'broken'));
		await brand.land({ settings: TOLERANT });
		brand.write(
			'extracts/shop/leads.csv',
			csv(line({ id: 'a' }), 'broken', line({ id: 'b' }), line({ id: 'a', note: 'new', updated_at: '2026-05-02 10:00:00' }))
		);
		const report = await brand.land({ settings: TOLERANT });
		expect(report).toMatchObject({ rows_read: 4, rows_landed: 2, rows_changed: 1, rows_duplicate: 1, rows_quarantined: 1 });
		expect(await brand.query('select count(*)::integer as n from raw._quarantine')).toEqual([{ n: 1 }]);
	});

	test('whatever the order of arrival, the greatest updated_at is current, and every version is kept', async () => {
		const versions = [
			csv(line({ id: 'a', note: 'one', updated_at: '2026-05-01 10:00:00' }), line({ id: 'b', note: 'only' })),
			csv(
				line({ id: 'a', note: 'three', updated_at: '2026-05-03 10:00:00' }),
				line({ id: 'a', note: 'two', updated_at: '2026-05-02 10:00:00' })
			),
			csv(
				line({ id: 'c', note: 'gone', updated_at: '2026-05-02 10:00:00' }),
				line({ id: 'c', updated_at: '2026-05-04 10:00:00', deleted: 'true' })
			)
		];
		for (const order of [
			[0, 1, 2],
			[0, 2, 1],
			[1, 0, 2],
			[1, 2, 0],
			[2, 0, 1],
			[2, 1, 0]
		]) {
			const brand = home();
			for (const [step, i] of order.entries()) {
				brand.write(`extracts/shop/leads-${step}.csv`, versions[i] as string);
				expectIdentity(await brand.land());
			}
			expect(await brand.current('id, note')).toEqual([
				{ id: 'a', note: 'three' },
				{ id: 'b', note: 'only' }
			]);
			expect(await brand.query('select count(*)::integer as n from raw.shop__leads')).toEqual([{ n: 6 }]);
		}
	});

	test('a late row with an old updated_at is landed, and moves no cursor back', async () => {
		const brand = home();
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a', updated_at: '2026-05-03 10:00:00' })));
		await brand.land();
		brand.write('extracts/shop/leads-2.csv', csv(line({ id: 'late', updated_at: '2025-01-01 10:00:00' })));
		expect(await brand.land()).toMatchObject({ rows_landed: 1, rows_changed: 0 });
		expect(await brand.query('select cursor_value from raw._cursors')).toEqual([{ cursor_value: '2026-05-03 02:00:00' }]);
	});

	test('a tombstone needs its key and time only, and an older copy does not undo it', async () => {
		const brand = home();
		brand.write('extracts/shop/leads-1.ndjson', `{"id":"a","deleted":true,"updated_at":"2026-05-05T00:00:00Z"}\n`);
		await brand.land();
		brand.write('extracts/shop/leads-2.csv', csv(line({ id: 'a', updated_at: '2026-05-04 10:00:00' })));
		expect(await brand.land()).toMatchObject({ rows_landed: 1, rows_changed: 1 });
		expect(await brand.current('id')).toEqual([]);
	});

	test('a file read in another way replaces what it brought before, contents that are gone from its path too', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'old', updated_at: '2026-05-01 10:00:00' })));
		await brand.land();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'new', updated_at: '2026-05-01 10:00:00' })));
		await brand.land();
		const times = 'select id, updated_at::varchar as at from raw.shop__leads order by id';
		expect(await brand.query(times)).toEqual([
			{ id: 'new', at: '2026-05-01 02:00:00' },
			{ id: 'old', at: '2026-05-01 02:00:00' }
		]);
		expect(await brand.land({ settings: { timezone: 'UTC' } })).toMatchObject({ rows_read: 2, rows_landed: 2 });
		expect(await brand.query(times)).toEqual([
			{ id: 'new', at: '2026-05-01 10:00:00' },
			{ id: 'old', at: '2026-05-01 10:00:00' }
		]);
		expect(await brand.land({ settings: { timezone: 'UTC' } })).toMatchObject({ rows_read: 0 });
	});
});

describe('write dispositions', () => {
	test('replace: what is missing from the extract gets a tombstone, once, and a changed row lives on', async () => {
		const brand = home(sampleResource('replace'));
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'b' })));
		brand.write('extracts/shop/leads-2.csv', csv(line({ id: 'c' })));
		await brand.land();
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a', note: 'changed', updated_at: '2026-05-02 10:00:00' })));
		expect(await brand.land()).toMatchObject({ rows_read: 2, rows_landed: 1, rows_changed: 1, rows_duplicate: 1, rows_tombstoned: 1 });
		expect(await brand.current('id, note')).toEqual([
			{ id: 'a', note: 'changed' },
			{ id: 'c', note: null }
		]);
		expect(await brand.land()).toMatchObject({ rows_read: 0 });
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a', note: 'changed', updated_at: '2026-05-02 10:00:00' }), line({ id: 'd' })));
		expect(await brand.land()).toMatchObject({ rows_landed: 1, rows_tombstoned: 0 });
	});

	test('replace: a record whose row is in quarantine is not taken as gone', async () => {
		const brand = home(sampleResource('replace'));
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' }), line({ id: 'b' })));
		await brand.land();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'b', pieces: 'x' })));
		expect(await brand.land({ settings: TOLERANT })).toMatchObject({ rows_tombstoned: 1, rows_quarantined: 1 });
		expect(await brand.current('id')).toEqual([{ id: 'b' }]);
		brand.write('extracts/shop/leads.csv', csv('broken'));
		expect(await brand.land({ settings: TOLERANT })).toMatchObject({ rows_tombstoned: 0 });
	});

	test('append: equal rows are rows of their own, but not when their file is read again', async () => {
		const brand = home(sampleResource('append'));
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'a' })));
		expect(await brand.land()).toMatchObject({ rows_landed: 2, rows_duplicate: 0 });
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' }), line({ id: 'a' }), line({ id: 'a' })));
		brand.write('extracts/shop/leads-2.csv', csv(line({ id: 'a' })));
		expect(await brand.land()).toMatchObject({ rows_read: 4, rows_landed: 2, rows_duplicate: 2 });
	});
});

/** Rows that cannot be landed: where they go, what is said about them, and when the load fails whole. */
import { describe, expect, test } from 'vitest';
import { csv, HEADER, line } from './testing.ts';
import { expectIdentity, home, TOLERANT } from './testing-homes.ts';

describe('quarantine', () => {
	test('each kind of bad row goes there with file, line, column, value and reason, and nothing else does', async () => {
		const brand = home();
		brand.write(
			'extracts/shop/leads.csv',
			csv(
				line({ id: 'good', note: '"two\nlines, ""quoted"""' }),
				line({ id: '' }),
				line({ id: 'L3', kind: 'fax' }),
				line({ id: 'L4', pieces: 'many' }),
				line({ id: 'L5', pieces: '-1' }),
				line({ id: 'L6', price: '1.234' }),
				'',
				line({ id: 'L7', updated_at: '2026-02-30 10:00:00' }),
				line({ id: 'L8', updated_at: '' }),
				line({ id: 'L9', deleted: 'perhaps' }),
				'L10,form,1',
				`${line({ id: 'L11' })},more`,
				'L12,"form,1,9.50,13912345678,王小明,,2026-05-01 10:00:00,',
				line({ id: 'last' })
			)
		);
		const report = await brand.land({ settings: TOLERANT });
		expect(report).toMatchObject({ rows_read: 13, rows_landed: 2, rows_changed: 0, rows_duplicate: 0, rows_quarantined: 11 });
		expectIdentity(report);
		expect(await brand.query('select id, note, _file, _line::integer as line from raw.shop__leads order by _line')).toEqual([
			{ id: 'good', note: 'two\nlines, "quoted"', _file: 'shop/leads.csv', line: 2 },
			{ id: 'last', note: null, _file: 'shop/leads.csv', line: 16 }
		]);
		const bad = await brand.query('select line::integer as line, column_name, value, reason from raw._quarantine order by line');
		expect(bad.map((row) => Object.values(row))).toEqual([
			[4, 'id', null, 'The value is missing, and every row needs it (Id of the lead.)'],
			[5, 'kind', 'fax', 'The value must be one of: form, call'],
			[6, 'pieces', 'many', 'The value is not a whole number such as 12'],
			[7, 'pieces', '-1', 'The value must be 0 or more'],
			[8, 'price', '1.234', 'The value is not an amount with at most two decimals such as 12.50'],
			[10, 'updated_at', '2026-02-30 10:00:00', 'The value is not a time such as 2026-05-31 14:05:00'],
			[11, 'updated_at', null, 'The value is missing, and every row needs it (Last change.)'],
			[12, 'deleted', 'perhaps', 'The value is not true or false'],
			[13, null, '3 columns instead of 9', 'The line has another number of columns than the header'],
			[14, null, '10 columns instead of 9', 'The line has another number of columns than the header'],
			[15, null, null, 'The line has a broken quote: a quoted value must begin and end with ", and a " inside it be written ""']
		]);
	});

	test('bad lines of NDJSON too: broken JSON, no object, unknown key, missing key', async () => {
		const brand = home();
		const good = { id: 'a', kind: 'form', pieces: 2, price: 9.5, phone: '13912345678', updated_at: '2026-05-01T10:00:00Z', deleted: null };
		brand.write(
			'extracts/shop/leads.ndjson',
			[
				JSON.stringify(good),
				'',
				'{"id": "b", ',
				'[1, 2]',
				JSON.stringify({ ...good, colour: '13912345678' }),
				JSON.stringify({ ...good, id: null }),
				JSON.stringify({ ...good, id: 'z', extra: null, pieces: '3' })
			].join('\r\n')
		);
		const report = await brand.land({ settings: TOLERANT });
		expectIdentity(report);
		expect(
			await brand.query(
				'select id, pieces::integer as pieces, price::varchar as price, updated_at::varchar as at, _line::integer as line from raw.shop__leads'
			)
		).toEqual([{ id: 'a', pieces: 2, price: '9.50', at: '2026-05-01 10:00:00', line: 1 }]);
		const bad = await brand.query('select line::integer as line, column_name, reason from raw._quarantine order by line');
		expect(bad.map((row) => Object.values(row))).toEqual([
			[3, null, 'The line is no JSON object'],
			[4, null, 'The line is no JSON object'],
			[5, 'colour', 'The column is unknown to shop.leads: take it out of the extract, or add it to the resource'],
			[6, 'id', 'The value is missing, and every row needs it (Id of the lead.)'],
			[7, 'extra', 'The column is unknown to shop.leads: take it out of the extract, or add it to the resource']
		]);
	});

	test('an unknown column of a CSV file sends the rows that fill it there; an empty one does no harm', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', `${HEADER},colour\n${line({ id: 'a' })},\n${line({ id: 'b' })},red\n`);
		expect(await brand.land({ settings: TOLERANT })).toMatchObject({ rows_landed: 1, rows_quarantined: 1 });
		expect(await brand.query('select column_name, value from raw._quarantine')).toEqual([{ column_name: 'colour', value: '****' }]);
	});

	test('over the threshold the load fails whole, names the reasons, and leaves nothing', async () => {
		const brand = home();
		brand.write('extracts/shop/leads-1.csv', csv(line({ id: 'a' })));
		await brand.land();
		const before = await brand.fingerprint();
		const rows = Array.from({ length: 10 }, (_, i) =>
			line({ id: `b${i}`, ...(i < 2 && { pieces: 'x' }), ...(i === 5 && { kind: 'fax' }) })
		);
		brand.write('extracts/shop/leads-2.csv', csv(...rows, 'broken'));
		await expect(brand.land()).rejects.toThrow(
			'Landing shop.leads from "shop" failed: 4 of 11 rows (36.4 %) cannot be used, more than the 5 % that quarantine.threshold allows. ' +
				'Most frequent: 2 × pieces: The value is not a whole number such as 12 (first: shop/leads-2.csv, line 2); ' +
				'1 × The line has another number of columns than the header (first: shop/leads-2.csv, line 12); ' +
				'1 × kind: The value must be one of: form, call (first: shop/leads-2.csv, line 7). ' +
				'Nothing of it was landed. Correct the file or its mapping, or raise the threshold.'
		);
		expect(await brand.fingerprint()).toBe(before);
		expect(await brand.land({ settings: TOLERANT })).toMatchObject({ rows_read: 11, rows_landed: 7, rows_quarantined: 4 });
	});
});

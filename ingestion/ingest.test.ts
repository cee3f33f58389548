import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { hmacSha256 } from './core/hmac.ts';
import type { ResourceReport } from './index.ts';
import { csv, HEADER, ID_KEY, line, sampleResource, TestHome } from './testing.ts';

const homes: TestHome[] = [];
function home(...parameters: ConstructorParameters<typeof TestHome>): TestHome {
	const made = new TestHome(...parameters);
	homes.push(made);
	return made;
}
afterEach(() => homes.splice(0).forEach((made) => made.dispose()));

const TOLERANT = { quarantine: { threshold: 1 } };

function expectIdentity(report: ResourceReport): void {
	expect(report.rows_landed + report.rows_duplicate + report.rows_quarantined).toBe(report.rows_read);
	expect(report.rows_changed).toBeLessThanOrEqual(report.rows_landed);
}

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

describe('identifiers', () => {
	const phone = '13987654321';

	test('raw has hash, masked form and status; the plain value is in the restricted schema only', async () => {
		const brand = home();
		brand.write(
			'extracts/shop/leads.csv',
			csv(
				line({ id: 'a', phone: '+86 139-8765-4321', name: '欧阳克己' }),
				line({ id: 'b', phone, name: '' }),
				line({ id: 'c', phone, pieces: phone, note: phone }),
				`d,"form,1,1,${phone},欧阳克己`
			)
		);
		const messages: string[] = [];
		await brand.land({ settings: TOLERANT, onProgress: (progress) => messages.push(JSON.stringify(progress)) });
		const hash = hmacSha256(ID_KEY)(`phone:+86${phone}`);
		expect(
			await brand.query('select phone_hash, phone_masked, phone_status, name_masked, name_status from raw.shop__leads order by id')
		).toEqual([
			{ phone_hash: hash, phone_masked: '139****4321', phone_status: 'ok', name_masked: '欧**', name_status: 'ok' },
			{ phone_hash: hash, phone_masked: '139****4321', phone_status: 'ok', name_masked: null, name_status: null },
			{ phone_hash: hash, phone_masked: '139****4321', phone_status: 'ok', name_masked: '王**', name_status: 'ok' }
		]);
		expect(await brand.query(`select value from restricted.identifiers where hash = '${hash}'`)).toEqual([{ value: `+86${phone}` }]);
		for (const { name } of await brand.query(`select table_name as name from duckdb_tables() where schema_name = 'raw'`)) {
			// A free text is landed as it is: it is the source's contract that it names nobody.
			const columns = name === 'shop__leads' ? '* exclude (note, pieces)' : '*';
			const rows = JSON.stringify(await brand.query(`select ${columns} from raw."${String(name)}"`), (_, value: unknown) =>
				typeof value === 'bigint' ? Number(value) : value
			);
			expect(rows).not.toMatch(/9876\s?-?5432|欧阳克己/);
		}
		expect(JSON.stringify(messages)).not.toContain('98765432');
	});

	test('the key is nowhere in the home, and neither it nor a value is in an error', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a', phone }), `b,"${phone}`));
		await expect(brand.land()).rejects.toSatisfy((error: Error) => !error.message.includes(phone) && !error.message.includes(ID_KEY));
		await brand.land({ settings: TOLERANT });
		const found = execFileSync('sh', ['-c', `grep -rlF '${ID_KEY}' '${brand.home}' || true`], { encoding: 'utf8' });
		expect(found).toBe('');
	});

	test('another key than the first is refused', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
		await brand.land();
		await expect(brand.land({ idKey: 'another key that is also long enough' })).rejects.toThrow('ONELANE_ID_KEY is not the key');
	});
});

describe('files', () => {
	test('gzip, and several files of a resource in both formats', async () => {
		const brand = home();
		brand.write('extracts/shop/leads-1.csv.gz', gzipSync(csv(line({ id: 'a' }), line({ id: 'b', note: '"x\ny"' }))));
		brand.write('extracts/shop/leads-2.csv', csv(line({ id: 'c' }), line({ id: 'd' })));
		brand.write('extracts/shop/leads-3.csv', csv(line({ id: 'e' })));
		brand.write(
			'extracts/shop/leads-4.ndjson.gz',
			gzipSync('{"id":"f","updated_at":"2026-05-01"}\n\n{"id":"g","updated_at":"2026-05-01"}\n')
		);
		brand.write('extracts/shop/leads-5.ndjson', '{"id":"h","updated_at":"2026-05-01"}');
		brand.write('extracts/shop/leads-6.csv', csv());
		brand.write('extracts/shop/leads-7.csv.part', 'half');
		expect(await brand.land()).toMatchObject({ rows_read: 8, rows_landed: 8 });
		const places = await brand.query(`select id || ' ' || _file || ' ' || _line as place from raw.shop__leads order by id`);
		expect(places.map(({ place }) => place)).toEqual([
			'a shop/leads-1.csv.gz 2',
			'b shop/leads-1.csv.gz 3',
			'c shop/leads-2.csv 2',
			'd shop/leads-2.csv 3',
			'e shop/leads-3.csv 2',
			'f shop/leads-4.ndjson.gz 1',
			'g shop/leads-4.ndjson.gz 3',
			'h shop/leads-5.ndjson 1'
		]);
	});

	test('columns in any order, and optional ones missing', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', 'updated_at,id\n2026-05-01,a\n');
		expect(await brand.land()).toMatchObject({ rows_landed: 1 });
	});

	test.each([
		[
			'shop/leads.csv',
			'id,kind\na,form\n',
			'File shop/leads.csv has no column "updated_at", which shop.leads needs. Export it with that column.'
		],
		['shop/leads.csv', 'id;kind;updated_at\na;form;2026-05-01\n', 'Its header was read as one column: is the delimiter right?'],
		['shop/leads.csv', 'id,id,updated_at\n', 'File shop/leads.csv has two columns named "id".'],
		['shop/leads.csv', '', 'File shop/leads.csv is empty, not even a header is in it.'],
		['shop/leads.csv.gz', 'no gzip', 'File shop/leads.csv.gz is not a complete gzip file'],
		['shop/leads.csv', Buffer.from(csv(line({ id: 'a' })), 'utf16le'), 'holds NUL bytes'],
		['shop/leads.csv', Buffer.from(csv(line({ id: 'é' })), 'latin1'), 'File shop/leads.csv, line 2: these bytes are not UTF-8.'],
		['shop/orders.csv', csv(), 'feeds no resource of shop. Name it <resource>[-anything].(csv|ndjson)[.gz], with one of leads']
	])('%s is refused with a sentence: %#', async (path, content, message) => {
		const brand = home();
		brand.write(`extracts/${path}`, content);
		await expect(brand.land()).rejects.toThrow(message);
	});

	test('folders that belong to no source are not landed, and said so', async () => {
		const brand = home();
		brand.write('extracts/truth/people.csv', 'a\n1\n');
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
		const notices: string[] = [];
		await brand.land({ onProgress: (progress) => progress.kind === 'notice' && notices.push(progress.message) });
		expect(notices).toEqual([`Folder ${join('extracts', 'truth')} belongs to no known source and is not landed.`]);
	});

	test('state is committed with the rows, and the extract is kept', async () => {
		const brand = home();
		const file = brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' }), line({ id: 'a' }), 'x'));
		const report = await brand.land({ settings: TOLERANT });
		expect(
			await brand.query(
				'select source, resource, status, rows_read::integer as read, rows_landed::integer as landed, rows_duplicate::integer as duplicate, rows_quarantined::integer as quarantined from raw._loads'
			)
		).toEqual([{ source: 'shop', resource: 'shop.leads', status: 'done', read: 3, landed: 1, duplicate: 1, quarantined: 1 }]);
		expectIdentity(report);
		const [kept] = await brand.query('select path, fingerprint, rows::integer as rows from raw._files');
		expect(kept).toMatchObject({ path: 'shop/leads.csv', rows: 3 });
		const copy = `${String(kept?.['fingerprint']).replace(/-[^-]*$/, '')}--leads.csv`;
		expect(readFileSync(join(brand.home, 'landing', 'shop', 'leads', copy), 'utf8')).toBe(readFileSync(file, 'utf8'));
	});

	test('lines are right in a file large enough to be read in parallel', async () => {
		const brand = home();
		const lines = Array.from({ length: 30_000 }, (_, i) =>
			line({ id: `${i + 2}`, note: 'a longer note so that the file has some megabytes '.repeat(10) })
		);
		brand.write('extracts/shop/leads-1.csv', csv(...lines));
		brand.write('extracts/shop/leads-2.csv', csv(...lines.map((text, i) => text.replace(`${i + 2},`, `x${i + 2},`))));
		expect(await brand.land()).toMatchObject({ rows_landed: 60_000 });
		expect(
			await brand.query(
				`select count(*)::integer as n from raw.shop__leads where replace(id, 'x', '') <> _line::varchar or (id like 'x%') <> (_file like '%2.csv')`
			)
		).toEqual([{ n: 0 }]);
	});
});

/** Landing: identifiers at the door, and files of every kind. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hmacSha256 } from './core/hmac.ts';
import { csv, ID_KEY, line } from './testing.ts';
import { expectIdentity, home, TOLERANT } from './testing-homes.ts';

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

	test('a file of landed rows that was cut off is named, with what to do, and is left as it is', async () => {
		const brand = home();
		brand.write('extracts/shop/leads.csv', csv(line({ id: 'a' })));
		await brand.land();
		const raw = join(brand.home, 'raw.duckdb');
		for (const size of [statSync(raw).size / 2, 4096, 100]) {
			truncateSync(raw, Math.floor(size));
			await expect(brand.land()).rejects.toThrow(/raw\.duckdb cannot be read \(.*\)\. Restore it from a backup, or move it away/);
			expect(statSync(raw).size).toBe(Math.floor(size));
		}
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

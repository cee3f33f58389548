import { afterEach, describe, expect, test } from 'vitest';
import { config, type ConfigInput } from '../contracts/config.ts';
import { TestHome } from './testing.ts';

type Mapping = Extract<ConfigInput['sources'][number], { kind: 'mapped' }>['resources'][number];

const homes: TestHome[] = [];
afterEach(() => homes.splice(0).forEach((made) => made.dispose()));

/** A brand whose only source is a file of another shape. */
function mapped(mapping: Partial<Mapping>, more: { timezone?: string } = {}): TestHome {
	const whole: Mapping = {
		feeds: 'shop.leads',
		path: 'their export.csv',
		format: 'csv',
		columns: { id: 'Nr', updated_at: 'When' },
		...mapping
	};
	const brand = new TestHome(undefined, { sources: [{ kind: 'mapped', name: 'portal', ...more, resources: [whole] }] });
	homes.push(brand);
	return brand;
}

describe('a mapped source', () => {
	test('columns, constants, defaults, values and zone make any file a resource', async () => {
		const brand = mapped(
			{
				columns: {
					id: 'Nr',
					kind: { column: 'Art', default: 'call', values: { 'Web form': 'form', Phone: 'call' } },
					pieces: { constant: '3' },
					note: { column: 'Memo', default: '(blank)' },
					phone: 'Tel',
					updated_at: 'When'
				},
				delimiter: ';'
			},
			{ timezone: 'America/Sao_Paulo' }
		);
		brand.write(
			'their export.csv',
			'Nr;Tel;Art;Memo;Extra;When\n1;139 1234 5678;Web form;"a; b";whatever;2026-01-05\n2;;;  ;;2026-01-05 10:00:00\n'
		);
		expect(await brand.land()).toMatchObject({ source: 'portal', resource: 'shop.leads', rows_read: 2, rows_landed: 2 });
		expect(
			await brand.query(
				'select id, kind, pieces::integer as pieces, note, phone_masked, updated_at::varchar as at, _source, _resource, _file from raw.shop__leads order by id'
			)
		).toEqual([
			{
				id: '1',
				kind: 'form',
				pieces: 3,
				note: 'a; b',
				phone_masked: '139****5678',
				at: '2026-01-05 03:00:00',
				_source: 'portal',
				_resource: 'shop.leads',
				_file: 'their export.csv'
			},
			{
				id: '2',
				kind: 'call',
				pieces: 3,
				note: '(blank)',
				phone_masked: null,
				at: '2026-01-05 13:00:00',
				_source: 'portal',
				_resource: 'shop.leads',
				_file: 'their export.csv'
			}
		]);
	});

	test('UTF-16 and Latin-1 files, and objects a line with any keys', async () => {
		const text = 'Nr,When,Memo\n1,2026-01-05,Zoë café\n';
		for (const [encoding, bytes] of [
			['utf-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
			['utf-16', Buffer.from(text, 'utf16le')],
			['latin-1', Buffer.from(text, 'latin1')],
			['utf-8', Buffer.from(`\uFEFF${text}`)]
		] as const) {
			const brand = mapped({ encoding, columns: { id: 'Nr', updated_at: 'When', note: 'Memo' } });
			brand.write('their export.csv', bytes);
			await brand.land();
			expect(await brand.query('select id, note, _line::integer as line from raw.shop__leads')).toEqual([
				{ id: '1', note: 'Zoë café', line: 2 }
			]);
		}
		const brand = mapped({ path: 'in/*.ndjson', format: 'ndjson', columns: { id: 'lead.no', updated_at: 'when', note: 'tags' } });
		brand.write('in/1.ndjson', '{"lead.no": 7, "when": "2026-01-05", "tags": ["a", "b"], "more": {}}\n');
		brand.write('in/2.ndjson', '{"lead.no": 8, "when": "2026-01-05"}\n');
		expect(await brand.land()).toMatchObject({ rows_landed: 2 });
		expect(await brand.query('select id, note from raw.shop__leads order by id')).toEqual([
			{ id: '7', note: '["a","b"]' },
			{ id: '8', note: null }
		]);
		const alike = mapped({ path: 'in/*.ndjson', format: 'ndjson', columns: { id: 'no', updated_at: 'when', note: 'No' } });
		alike.write('in/1.ndjson', '{"no": 7, "when": "2026-01-05", "No": "x"}\n');
		await expect(alike.land()).rejects.toThrow('reads the key "No" and another of the same letters in another case');
	});

	test('a corrected mapping replaces what the wrong one landed', async () => {
		const brand = mapped({ columns: { id: 'Memo', updated_at: 'When' } });
		brand.write('their export.csv', 'Nr,When,Memo\n1,2026-01-05,x\n2,2026-01-05,y\n');
		await brand.land();
		await brand.land({ settings: { sources: mapped({}).config.sources } });
		expect(await brand.query('select id from raw.shop__leads order by id')).toEqual([{ id: '1' }, { id: '2' }]);
	});

	test.each<[string, Partial<Mapping>, string, string]>([
		['unknown resource', { feeds: 'shop.orders' }, '', 'Source "portal" feeds "shop.orders", which is no resource. There is shop.leads.'],
		[
			'unknown field',
			{ columns: { id: 'Nr', updated_at: 'When', colour: 'x' } },
			'',
			'Source "portal" maps "colour", which shop.leads does not have. It has id, kind'
		],
		[
			'required field without mapping',
			{ columns: { id: 'Nr' } },
			'',
			'Source "portal" gives shop.leads no "updated_at" (Last change.) Map it to a column or a constant'
		],
		[
			'column that the file lacks',
			{},
			'No,When\n1,2026-01-05\n',
			'File their export.csv has no column "Nr", which shop.leads needs. It has No, When. Correct the mapping of "id" in onelane.config.ts.'
		],
		['missing file', { path: 'nowhere.csv' }, '', 'File nowhere.csv does not exist. Check the path in onelane.config.ts.'],
		[
			'pattern that finds nothing',
			{ path: 'in/*.csv' },
			'',
			'No file matches in/*.csv of source "portal". Check its path in onelane.config.ts.'
		],
		[
			'wrong encoding',
			{ encoding: 'utf-16' },
			'Nr,When\n1,2026-01-05\n',
			'File their export.csv is not UTF-16, though its encoding says so.'
		],
		[
			'wrong encoding',
			{ encoding: 'latin-1' },
			'Nr,When\né,2026-01-05\n',
			"File their export.csv is UTF-8, though its encoding says Latin-1. Set encoding: 'utf-8'."
		],
		[
			'a delimiter that is none',
			{ delimiter: '；' },
			'',
			'Source "portal" has the delimiter "；". Give one ASCII character such as "," or ";".'
		]
	])('%s is refused with a sentence', async (_, mapping, content, message) => {
		const brand = mapped(mapping);
		if (content) brand.write('their export.csv', content);
		await expect(brand.land()).rejects.toThrow(message);
	});

	test('only what is asked for is landed; a name that is not configured is refused', async () => {
		const brand = mapped({});
		brand.write('their export.csv', 'Nr,When\n1,2026-01-05\n');
		await expect(brand.land({ only: ['crm'] })).rejects.toThrow(
			'Nothing named "crm" is configured. There is portal, portal.shop.leads, shop.leads.'
		);
		expect(await brand.land({ only: ['portal'] })).toMatchObject({ rows_landed: 1 });
	});
});

test('extracts of a source that is not known, or from a folder that is not there, are refused', async () => {
	const brand = new TestHome();
	homes.push(brand);
	await expect(brand.land()).rejects.toThrow('Folder extracts of the extracts cannot be read.');
	brand.write('extracts/shop/leads.csv', 'id,updated_at\n');
	const sources = [{ kind: 'extracts' as const, folder: 'extracts', sources: ['shpo'] }];
	await expect(brand.land({ settings: { sources } })).rejects.toThrow('Source "shpo" in onelane.config.ts is unknown. Known are shop.');
	expect(config.safeParse({ sources: [] }).success).toBe(false);
});

test('a source that was renamed is not forgotten silently', async () => {
	const brand = mapped({});
	brand.write('their export.csv', 'Nr,When\n1,2026-01-05\n');
	await brand.land();
	const sources = [
		{
			kind: 'mapped' as const,
			name: 'other',
			resources: [{ feeds: 'shop.leads', path: 'their export.csv', format: 'csv' as const, columns: { id: 'Nr', updated_at: 'When' } }]
		}
	];
	const notices: string[] = [];
	await brand.land({ settings: { sources }, onProgress: (progress) => progress.kind === 'notice' && notices.push(progress.message) });
	expect(notices).toEqual(['Source "portal" is no longer configured; what it landed before is still in use.']);
});

test('a raw database that is none is refused with a sentence', async () => {
	const brand = mapped({});
	brand.write('their export.csv', 'Nr,When\n1,2026-01-05\n');
	brand.write('home/raw.duckdb', 'this is no database, but long enough to look like one '.repeat(400));
	await expect(brand.land()).rejects.toThrow('Restore it from a backup, or move it away and land everything again.');
});

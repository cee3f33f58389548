/** Erasure of a person from what landing keeps, and what becomes of them when a source delivers them again. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config as schema } from '../contracts/config.ts';
import { countRows, erasePerson, identifierHash, type Person } from './erase.ts';
import { ingest } from './index.ts';
import { ID_KEY } from './testing.ts';

const ROOT = mkdtempSync(join(tmpdir(), 'onelane-erase-'));
const HOME = join(ROOT, 'home');
const CONFIG = schema.parse({ sources: [{ kind: 'extracts', folder: 'extracts' }], quarantine: { threshold: 0.5 } });
const BASE = { home: HOME, config: CONFIG, configDir: ROOT, timezone: 'Asia/Shanghai', idKey: ID_KEY };
const THEIRS = '13912345678';
const FORMS = `form_id,captured_at,name,phone,email,updated_at
F1,2026-05-01 10:00:00,"王
小明",139-1234-5678,xiaoming@mail.cn,2026-05-01 10:00:00
F2,2026-05-01 11:00:00,李雷,13700001111,,2026-05-01 11:00:00
F3,not a time,王小明,${THEIRS},,2026-05-01 11:00:00
F4,${THEIRS}
`;
const CALLS = [
	{ call_id: 'C1', phone: `+86${THEIRS}`, lead_source: 'web', lead_record_id: 'F1' },
	{ call_id: 'C2', phone: '13700001111', lead_source: 'web', lead_record_id: 'F2' },
	{ call_id: 'C3', phone: '13655556666', lead_source: 'web', lead_record_id: 'F1' }
].map((call) => ({
	...call,
	direction: 'outbound',
	made_by: 'person',
	started_at: '2026-05-02 10:00:00',
	connected: true,
	effective: true,
	seconds: 30,
	updated_at: '2026-05-02 10:00:00'
}));

function write(path: string, content: string): void {
	mkdirSync(dirname(join(ROOT, path)), { recursive: true });
	writeFileSync(join(ROOT, path), content);
}

async function query(sql: string): Promise<unknown[]> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	await connection.run(`attach '${join(HOME, 'raw.duckdb')}' as landing (read_only); use landing`);
	const rows = (await connection.runAndReadAll(sql)).getRows();
	connection.closeSync();
	instance.closeSync();
	return rows;
}

/** Everything below the home that holds the text, as bytes. */
const holding = (text: string) =>
	readdirSync(HOME, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
		.map(({ name }) => name);

const others = () =>
	query(
		`select * exclude (_loaded_at) from raw.web__forms where form_id = 'F2' union all by name select * exclude (_loaded_at) from raw.callcenter__calls where call_id = 'C2'`
	);
const AT = new Date('2026-06-01T00:00:00Z');
let person: Person;

beforeAll(async () => {
	write('extracts/web/forms.csv', FORMS);
	write('extracts/callcenter/calls.ndjson', CALLS.map((call) => `${JSON.stringify(call)}\n`).join(''));
	await ingest(BASE);
	const hash = await identifierHash('phone', THEIRS, CONFIG, ID_KEY);
	person = { identifiers: [{ type: 'phone', hash }], records: [{ resource: 'forms', record_id: 'web:F1' }] };
});

afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

test('a number that does not belong to one person is refused', async () => {
	await expect(identifierHash('phone', '12345', CONFIG, ID_KEY)).rejects.toThrow('is no phone that belongs to one person (invalid)');
	await expect(identifierHash('phone', '95013812345678', CONFIG, ID_KEY)).rejects.toThrow('(relay)');
});

test('counting changes nothing', async () => {
	// The call with another number belongs to their lead.
	expect(await countRows({ home: HOME, person })).toEqual({ 'raw.web__forms': 1, 'raw.callcenter__calls': 2 });
	expect(holding('xiaoming@mail.cn').sort()).toContain('raw.duckdb');
});

test('rows stay as events of nobody; values, kept lines and their bytes go; other people stay as they were', async () => {
	const before = await others();
	await erasePerson({ ...BASE, person, at: AT });
	expect(await others()).toEqual(before);
	expect(
		await query(`select form_id, phone_hash, phone_masked, name_hash, name_masked, email_hash from raw.web__forms where form_id = 'F1'`)
	).toEqual([['F1', null, null, null, null, null]]);
	expect(await query(`select count(*)::integer from raw.callcenter__calls where phone_hash is null`)).toEqual([[2]]);
	expect(await query(`select value from restricted.identifiers order by 1`)).toEqual([['+8613700001111'], ['李雷']]);
	expect(await query(`select count(payload)::integer, count(value)::integer from raw._quarantine where line = 5`)).toEqual([[0, 0]]);
	for (const text of [THEIRS, '139-1234-5678', 'xiaoming@mail.cn', '小明']) expect(holding(text)).toEqual([]);
	expect(holding('13700001111').length).toBeGreaterThan(0);
});

test('done twice it changes nothing more', async () => {
	const before = await query('select * from raw.web__forms order by form_id');
	await erasePerson({ ...BASE, person, at: AT });
	expect(await query('select * from raw.web__forms order by form_id')).toEqual(before);
});

test('the same rows delivered again bring nobody back; what the person gives anew does', async () => {
	const anew = `F9,2026-07-01 10:00:00,王小明,${THEIRS},,2026-07-01 10:00:00\n`;
	write('extracts/web/forms.csv', FORMS.replace(`F4,${THEIRS}\n`, anew).replace('F3,not a time', 'F3,2026-05-01 11:00:00'));
	const report = await ingest({ ...BASE, only: ['web.forms'] });
	// F1 is known as it was left; F3 comes in without identifiers; F9 is of later.
	expect(report.resources[0]).toMatchObject({ rows_read: 4, rows_landed: 2, rows_duplicate: 2, rows_withheld: 2 });
	expect(await query(`select form_id, phone_masked from raw.web__forms where form_id in ('F1', 'F3', 'F9') order by 1`)).toEqual([
		['F1', null],
		['F3', null],
		['F9', '139****5678']
	]);
	for (const text of ['139-1234-5678', 'xiaoming@mail.cn']) expect(holding(text)).toEqual([]);
});

test('the very file of before brings nobody back: under its name, under another, or read in another way', async () => {
	write('extracts/web/forms.csv', FORMS);
	await ingest({ ...BASE, only: ['web.forms'] });
	rmSync(join(ROOT, 'extracts/web/forms.csv'));
	write('extracts/web/forms-2026.csv', FORMS);
	await ingest({ ...BASE, only: ['web.forms'] });
	// Another time zone: each file is read once more, those of before from their kept copies.
	await ingest({ ...BASE, timezone: 'Asia/Tokyo', only: ['web.forms'] });
	expect(await query(`select distinct form_id, phone_hash, name_hash, email_hash from raw.web__forms where form_id = 'F1'`)).toEqual([
		['F1', null, null, null]
	]);
	for (const text of ['139-1234-5678', 'xiaoming@mail.cn']) expect(holding(text)).toEqual([]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networksOf } from '../copies.ts';
import { copiedRows } from './copies.ts';
import { martsOfModel, multiplyMarts } from './marts.ts';
import { multiplyRaw } from './raw.ts';

const folder = mkdtempSync(join(tmpdir(), 'onelane-multiply-'));
const of = (name: string) => join(folder, `${name}.duckdb`);
const landed = `_source varchar default 's', _loaded_at timestamp default timestamp '2026-01-02'`;
const COPIES = { copies: 4, networks: 2 };

async function withFile<T>(file: string, work: (run: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		await connection.run(`attach '${file}' as db`);
		await connection.run('use db');
		return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}
const ask = (file: string, sql: string) => withFile(file, (run) => run(sql));

beforeAll(async () => {
	await withFile(of('raw'), async (run) => {
		await run('create schema raw');
		await run(
			`create table raw.web__events (event_id varchar, session_id varchar, occurred_at timestamp, event_name varchar, device_id_hash varchar, campaign_id varchar, updated_at timestamp, ${landed})`
		);
		await run(`insert into raw.web__events (event_id, session_id, occurred_at, event_name, device_id_hash, campaign_id, updated_at) values
			('e1', 's1', '2026-01-01', 'session_start', 'd1', 'c1', '2026-01-01'), ('e2', 's1', '2026-01-01 00:01', 'page_view', 'd1', null, '2026-01-01')`);
		await run(
			`create table raw.crm__leads (lead_id varchar, phone_hash varchar, name_hash varchar, store_id varchar, event_id varchar, captured_at timestamp, updated_at timestamp, ${landed})`
		);
		await run(`insert into raw.crm__leads (lead_id, phone_hash, name_hash, store_id, event_id, captured_at, updated_at) values
			('l1', 'p1', 'n1', 'S1', 'show', '2026-01-01', '2026-01-01'), ('l2', 'p1', 'n1', null, null, '2026-01-01', '2026-01-01')`);
		await run(
			`create table raw.crm__visits (visit_id varchar, lead_record_id varchar, phone_hash varchar, store_id varchar, arrived_at timestamp, ${landed})`
		);
		await run(
			`insert into raw.crm__visits (visit_id, lead_record_id, phone_hash, store_id, arrived_at) values ('v1', 'l1', 'p1', 'S1', '2026-01-02'), ('v2', null, null, 'S1', '2026-01-03')`
		);
		await run(`create table raw.reference__stores (store_id varchar, area_id varchar, name_en varchar, valid_from date, ${landed})`);
		await run(`insert into raw.reference__stores (store_id, area_id, name_en, valid_from) values ('S1', 'A1', 'Store', '2020-01-01')`);
		await run(`create table raw.reference__targets (level varchar, member_id varchar, value decimal(18,2), ${landed})`);
		await run(`insert into raw.reference__targets (level, member_id, value) values ('company', 'company', 10), ('store', 'S1', 10)`);
		await run('create table raw._loads (batch_id varchar)');
		await run(`insert into raw._loads values ('b')`);
	});
	await multiplyRaw(of('raw'), of('copied'), { ...COPIES, visits: 3 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every record comes once a copy with an id of its own; what describes the load comes once', async () => {
	for (const [table, key] of [
		['crm__leads', 'lead_id'],
		['crm__visits', 'visit_id']
	] as const) {
		expect(await ask(of('copied'), `select count(*)::int as rows, count(distinct ${key})::int as ids from raw.${table}`)).toEqual([
			{ rows: 8, ids: 8 }
		]);
	}
	expect(await ask(of('copied'), 'select count(*)::int as rows from raw._loads')).toEqual([{ rows: 1 }]);
});

test('the first copy is the original', async () => {
	const first = await ask(of('copied'), `select * from raw.crm__leads where lead_id not like '%~%' order by lead_id`);
	expect(first).toEqual(await ask(of('raw'), 'select * from raw.crm__leads order by lead_id'));
});

test('people of one copy share no identifier with another, and still share theirs among themselves', async () => {
	const shared = await ask(
		of('copied'),
		`select phone_hash, count(*)::int as leads, count(distinct regexp_extract(lead_id, '~.*'))::int as copies from raw.crm__leads group by all order by 1`
	);
	expect(shared).toEqual(['p1', 'p1~1', 'p1~2', 'p1~3'].map((phone_hash) => ({ phone_hash, leads: 2, copies: 1 })));
	expect(
		await ask(of('copied'), 'select distinct name_hash, count(distinct event_id)::int as shows from raw.crm__leads group by all')
	).toEqual([{ name_hash: 'n1', shows: 1 }]);
});

test('references lead where they led', async () => {
	const [orphans] = await ask(
		of('copied'),
		`select (select count(*)::int from raw.crm__visits as v anti join raw.crm__leads as l on l.lead_id = v.lead_record_id and l.phone_hash = v.phone_hash where v.lead_record_id is not null) as visits,
			(select count(*)::int from raw.crm__visits anti join raw.reference__stores using (store_id)) as stores,
			(select count(distinct store_id)::int from raw.crm__visits) as used`
	);
	expect(orphans).toEqual({ visits: 0, stores: 0, used: COPIES.networks });
});

test('targets of a store are of its network, those of the company of all; both sum to the same', async () => {
	expect(
		await ask(
			of('copied'),
			`select level, count(*)::int as members, sum(value)::int as value from raw.reference__targets group by all order by 1`
		)
	).toEqual([
		{ level: 'company', members: 1, value: 40 },
		{ level: 'store', members: 2, value: 40 }
	]);
});

test('instants of a copy are a little earlier, together', async () => {
	expect(
		await ask(
			of('copied'),
			`select count(distinct captured_at)::int as moments, max(captured_at - updated_at)::varchar as apart from raw.crm__leads`
		)
	).toEqual([{ moments: 4, apart: '00:00:00' }]);
});

test('further visits see one page each, by the same device', async () => {
	expect(
		await ask(
			of('copied'),
			`select event_name, count(*)::int as events, count(distinct event_id)::int as ids, count(distinct session_id)::int as sessions, count(distinct device_id_hash)::int as devices from raw.web__events group by all order by 1`
		)
	).toEqual([
		{ event_name: 'page_view', events: 4, ids: 4, sessions: 4, devices: 4 },
		{ event_name: 'session_start', events: 12, ids: 12, sessions: 12, devices: 4 }
	]);
});

test('marts: leads once a copy, stores once a network, figures of channels add up to the leads', async () => {
	await withFile(of('version'), async (run) => {
		await run('create schema marts');
		await run(`create table marts.fct_leads as select 'l1' as lead_id, 'c1' as customer_id, 'S1' as store_id, 'k' as channel_id`);
		await run(
			`create table marts.rpt_channel_daily as select 'k' as channel_id, 'ad' as campaign_id, date '2026-01-01' as activity_date, cast(1 as bigint) as leads, cast(2.5 as decimal(18,2)) as spend`
		);
		await run(`create table marts.dim_stores as select 'S1' as store_id, 'Store' as name_en`);
		await run('create table marts.fct_contacts as select 1 as contact_id');
	});
	await multiplyMarts(process.cwd(), of('version'), of('many'), COPIES);
	expect(
		await ask(
			of('many'),
			'select count(distinct lead_id)::int as leads, count(distinct customer_id)::int as customers, count(distinct store_id)::int as stores from marts.fct_leads'
		)
	).toEqual([{ leads: 4, customers: 4, stores: 2 }]);
	expect(
		await ask(
			of('many'),
			'select count(*)::int as rows, sum(leads)::int as leads, sum(spend)::varchar as spend from marts.rpt_channel_daily'
		)
	).toEqual([{ rows: 2, leads: 4, spend: '10.00' }]);
	expect(await ask(of('many'), `select count(*)::int as stores from marts.dim_stores`)).toEqual([{ stores: 2 }]);
	expect(martsOfModel(process.cwd())).not.toContain('fct_contacts');
});

test('a million leads have six networks of stores, ten million thirty-nine', () => {
	expect([networksOf(36, 5), networksOf(18, 5), networksOf(351, 9), networksOf(7, 9)]).toEqual([6, 3, 39, 1]);
});

test('uneven networks are refused', () => {
	expect(() => copiedRows('t', { rows: 'copy', ids: {} }, { copies: 5, networks: 2 })).toThrow('evenly');
});

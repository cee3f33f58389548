import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANCELLED, StatementMemoryError, StatementTimeoutError, VersionDriver, VersionFileError } from './duckdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'onelane-driver-'));
const file = join(folder, 'version.duckdb');
const limits = { memory: '128MB', threads: 2, seconds: 20, connections: 2 };

beforeAll(async () => {
	const writer = new VersionDriver({ ...limits, file, access: 'write' });
	await writer.query("CREATE TABLE t AS SELECT 1 AS n, TIMESTAMP '2024-01-01 10:00:00' AS made, 1.50::DECIMAL(18,2) AS money");
	await writer.release();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a version that is read', () => {
	const driver = new VersionDriver({ ...limits, file, access: 'read' });
	afterAll(() => driver.release());

	test('answers in UTC, numbers as text', async () => {
		expect(await driver.query('SELECT n, made, money, current_setting(?) AS zone FROM t', ['TimeZone'])).toEqual([
			{ n: '1', made: '2024-01-01T10:00:00.000Z', money: '1.5', zone: 'UTC' }
		]);
	});

	test.each([
		['writing', 'INSERT INTO t SELECT * FROM t'],
		['making a table', 'CREATE TABLE u AS SELECT 1'],
		['reading files', "SELECT * FROM read_text('/etc/hostname')"],
		['writing files', "COPY t TO '/tmp/onelane-should-not-be.csv'"],
		['attaching another file', "ATTACH '/tmp/onelane-should-not-be.duckdb'"],
		['loading an extension', 'LOAD httpfs'],
		['installing an extension', 'INSTALL httpfs'],
		['changing a limit', "SET memory_limit = '8GB'"],
		['changing the zone', "SET TimeZone = 'Asia/Shanghai'"],
		['opening the door again', 'SET enable_external_access = true'],
		['unlocking the settings', 'SET lock_configuration = false'],
		['resetting a limit', 'RESET memory_limit'],
		['more threads', 'PRAGMA threads = 64'],
		['spilling somewhere else', "SET temp_directory = '/tmp'"],
		['listing files', "SELECT * FROM glob('/etc/*')"],
		['reading a CSV file', "SELECT * FROM read_csv('/etc/passwd')"],
		['reading a file by its name', "SELECT * FROM '/etc/passwd'"],
		['reading bytes', "SELECT * FROM read_blob('/etc/passwd')"],
		['reading from the network', "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')"],
		['writing Parquet', "COPY (SELECT 1) TO '/tmp/onelane-should-not-be.parquet' (FORMAT parquet)"],
		['exporting the database', "EXPORT DATABASE '/tmp/onelane-should-not-be'"],
		['importing a database', "IMPORT DATABASE '/tmp/onelane-should-not-be'"],
		['an extension of strangers', 'INSTALL shellfs FROM community'],
		['a secret', "CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')"],
		['changing rows', 'UPDATE t SET n = 2'],
		['dropping a table', 'DROP TABLE t'],
		['a view that stays', 'CREATE VIEW w AS SELECT 1']
	])('refuses %s', async (_, sql) => {
		await expect(driver.query(sql)).rejects.toThrow();
	});

	test('answers several at once, more than it has connections', async () => {
		const answers = await Promise.all(
			Array.from({ length: 12 }, (_, i) => driver.query<{ i: string }>('SELECT ?::INTEGER AS i FROM t', [i]))
		);
		expect(answers.map(([row]) => row?.i)).toEqual(Array.from({ length: 12 }, (_, i) => String(i)));
	});

	test('keeps answering after an error', async () => {
		await expect(driver.query('SELECT nothing FROM t')).rejects.toThrow(/nothing/);
		expect(await driver.query('SELECT n FROM t')).toEqual([{ n: '1' }]);
	});
});

test('a statement that takes too long is interrupted with a sentence, and the next one answered', async () => {
	const driver = new VersionDriver({ ...limits, file, access: 'read', seconds: 0.2 });
	await expect(driver.query('SELECT count(*) FROM range(100000000) a, range(1000) b WHERE a.range * b.range % 7 = 3')).rejects.toThrow(
		StatementTimeoutError
	);
	expect(await driver.query('SELECT n FROM t')).toEqual([{ n: '1' }]);
	await driver.release();
});

test('closing waits for what runs', async () => {
	const driver = new VersionDriver({ ...limits, file, access: 'read' });
	const running = driver.query<{ c: string }>('SELECT count(*) AS c FROM range(20000000) WHERE range % 3 = 0');
	await new Promise((resolve) => setTimeout(resolve, 5));
	await driver.release();
	expect(await running).toEqual([{ c: '6666667' }]);
});

test('a file that is missing or none of DuckDB is said to be so', async () => {
	const missing = new VersionDriver({ ...limits, file: join(folder, 'nothing.duckdb'), access: 'read' });
	await expect(missing.query('SELECT 1')).rejects.toThrow(VersionFileError);
	await expect(missing.query('SELECT 1')).rejects.toThrow(/^The data file nothing\.duckdb can't be opened/);
	await expect(missing.query('SELECT 1')).rejects.not.toThrow(folder);
});

test('a file that is damaged inside is said to be so where it is read, and from then on to whoever asks how it is', async () => {
	const damaged = join(folder, 'damaged.duckdb');
	const writing = new VersionDriver({ ...limits, file: damaged, access: 'write' });
	await writing.query('CREATE TABLE whole AS SELECT 1 AS n');
	await writing.query('CREATE TABLE hurt AS SELECT hash(range) AS n FROM range(200000)');
	await writing.query('CHECKPOINT');
	const [block] = await writing.query<{ at: string }>("SELECT max(block_id) AS at FROM pragma_storage_info('hurt') WHERE block_id >= 0");
	await writing.release();
	const file = openSync(damaged, 'r+');
	writeSync(file, Buffer.alloc(16, 7), 0, 16, 3 * 4096 + Number(block?.at) * 262144 + 5000);
	closeSync(file);

	const driver = new VersionDriver({ ...limits, file: damaged, access: 'read' });
	await driver.check();
	const said = /^The data file damaged\.duckdb is damaged: run "onelane rollback" .*, or "onelane refresh"/;
	await expect(driver.query('SELECT sum(n) FROM hurt')).rejects.toThrow(said);
	await expect(driver.check()).rejects.toThrow(said);
	// What is whole is still read.
	expect(await driver.query('SELECT n FROM whole')).toEqual([{ n: '1' }]);
	await driver.release();
	truncateSync(damaged, 300_000);
	await expect(new VersionDriver({ ...limits, file: damaged, access: 'read' }).check()).rejects.toThrow(said);
});

test('a query that needs too much memory is refused with a sentence, and the next one answered', async () => {
	const driver = new VersionDriver({ ...limits, memory: '64MB', file, access: 'read' });
	await expect(driver.query('SELECT length(CAST(list(range) AS VARCHAR)) FROM range(30000000)')).rejects.toThrow(StatementMemoryError);
	expect(await driver.query('SELECT n FROM t')).toEqual([{ n: '1' }]);
	await driver.release();
});

describe('a request that nobody waits for', () => {
	const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3';

	test('is interrupted while it runs, and only its own statements', async () => {
		const driver = new VersionDriver({ ...limits, file, access: 'read' });
		for (const id of ['one', 'two']) driver.attend(id);
		const left = driver.query(endless, [], { requestId: 'one-span-1' });
		const stays = driver.query<{ c: string }>('SELECT count(*) AS c FROM range(20000000) WHERE range % 3 = 0', [], {
			requestId: 'two-span-1'
		});
		setTimeout(() => driver.leave('one'), 50);
		await expect(left).rejects.toThrow(CANCELLED);
		expect(await stays).toEqual([{ c: '6666667' }]);
		await driver.release();
	});

	test('never starts when it waited for a connection, nor when the queue hands it over long after', async () => {
		const driver = new VersionDriver({ ...limits, connections: 1, file, access: 'read' });
		for (const id of ['one', 'two']) driver.attend(id);
		const first = driver.query(endless, [], { requestId: 'one' });
		const second = driver.query(endless, [], { requestId: 'two' });
		driver.leave('two');
		setTimeout(() => driver.leave('one'), 50);
		await expect(first).rejects.toThrow(CANCELLED);
		await expect(second).rejects.toThrow(CANCELLED);
		await expect(driver.query(endless, [], { requestId: 'one-span-7' })).rejects.toThrow(CANCELLED);
		driver.attend('one');
		expect(await driver.query('SELECT n FROM t', [], { requestId: 'one' })).toEqual([{ n: '1' }]);
		await driver.release();
	});
});

/** A person erased from a whole home, interrupted on the way: nothing leads to them, and every total is what it was. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config } from '../../contracts/config.ts';
import { type AuditEntry, listAudit, openAppState, verifyAudit } from '../../app-state/index.ts';
import { backup } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { readContext, ROOT } from '../context.ts';
import { ERASED_FILE } from '../erased.ts';
import { runProcess } from '../process.ts';
import { erase } from '../erase.ts';
import { silent } from '../progress.ts';
import { rollback } from '../publish/rollback.ts';
import { listVersions } from '../publish/versions.ts';
import { readPointer } from '../state.ts';
import { demo, marts } from './support.ts';

const scratch = mkdtempSync(join(tmpdir(), 'onelane-erase-'));

async function phonesOf(file: string, hashes: readonly string[]): Promise<string[]> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	const connection = await instance.connect();
	const reader = await connection.runAndReadAll(
		`select distinct right(value, 11) from restricted.identifiers where type = 'phone' and hash in ('${hashes.join("', '")}')`
	);
	connection.closeSync();
	instance.closeSync();
	return reader.getRows().map(([value]) => String(value));
}

describe.skipIf(demo === null)('erase', () => {
	const home = join(scratch, 'home');
	const totals = () =>
		marts(
			home,
			`select (select count(*) from marts.fct_lead_captures) as captures, (select count(*) from marts.fct_orders) as orders,
				(select sum(amount) from marts.fct_orders) as amount, (select sum(spend) from marts.fct_spend_daily) as spend`
		);
	let customer = '';
	let hashes: string[] = [];
	/** As written. */
	let phones: string[] = [];

	beforeAll(async () => {
		mkdirSync(home);
		for (const name of ['raw.duckdb', 'landing', 'versions', 'secrets', 'current.json', 'refresh.json', 'demo'])
			cpSync(join(demo?.home ?? '', name), join(home, name), { recursive: true });
		const [buyer] = await marts(
			home,
			`select o.customer_id from marts.fct_orders o join marts.bdg_customer_identifiers i using (customer_id)
			where i.is_merge_key and i.identifier_type = 'phone' and o.lead_id is not null order by 1 limit 1`
		);
		customer = buyer?.['customer_id'] ?? '';
		const found = await marts(
			home,
			`select identifier_hash from marts.bdg_customer_identifiers where customer_id = '${customer}' and is_merge_key and length(identifier_hash) = 64`
		);
		hashes = found.map(({ identifier_hash }) => identifier_hash ?? '');
		phones = await phonesOf(join(home, 'raw.duckdb'), hashes);
		expect(phones.length).toBeGreaterThan(0);
	});

	afterAll(() => rmSync(scratch, { recursive: true, force: true }));

	const noted: [AuditEntry, 'before' | 'after'][] = [];
	const options = (signal?: AbortSignal) => ({
		audit: (...entry: (typeof noted)[number]) => {
			noted.push(entry);
			return Promise.resolve();
		},
		context: readContext({ ...process.env, ONELANE_HOME: home }),
		loaded: {
			config: config.parse({ sources: [{ kind: 'extracts', folder: 'demo/extracts' }] }),
			dir: home,
			file: join(ROOT, 'onelane.config.ts')
		},
		progress: silent,
		request: { by: 'customer' as const, value: customer },
		...(signal && { signal })
	});
	/** Files of the home, but for what a source delivered, that hold one of the hashes or a part of the person. */
	const filesWith = (texts: readonly string[], folder = home) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => !name.startsWith('demo/') && statSync(join(folder, name)).isFile())
			.filter((name) => {
				const bytes = readFileSync(join(folder, name));
				return texts.some((text) => bytes.includes(text));
			});

	test('counting changes nothing', async () => {
		const before = readPointer(home);
		const counted = await erase({ ...options(), really: false });
		expect(Object.keys(counted.rows)).toContain('raw.dms__orders');
		expect(readPointer(home)).toEqual(before);
		expect(noted).toEqual([]);
	});

	test('nothing is erased when it cannot be noted', async () => {
		const raw = readFileSync(join(home, 'raw.duckdb'));
		const audit = () => Promise.reject(new Error('The disk is full.'));
		await expect(erase({ ...options(), audit, really: true })).rejects.toThrow('The disk is full.');
		expect(readFileSync(join(home, 'raw.duckdb')).equals(raw)).toBe(true);
	});

	test('a backup is made that still has them', async () => {
		await backup(home, join(scratch, 'backup'), '0.1.0');
		expect(filesWith(hashes, join(scratch, 'backup'))).toContain('raw.duckdb');
	}, 60_000);

	test('interrupted, it keeps the old version from coming back; finished, nothing leads to the person and no total moves', async () => {
		const before = await totals();
		const interrupted = new AbortController();
		interrupted.abort();
		await expect(erase({ ...options(interrupted.signal), really: true })).rejects.toThrow();
		await expect(rollback(options().context, silent)).rejects.toThrow('An erasure was interrupted');
		expect(noted).toMatchObject([[{ action: 'data.erased', detail: { state: 'begun', by: 'customer' } }, 'before']]);

		const { code, tail } = await runProcess(process.execPath, [join('pipeline', 'cli.ts'), 'erase', '--resume', '--json'], {
			cwd: ROOT,
			env: { ...process.env, ONELANE_HOME: home }
		});
		expect({ code, tail: code === 0 ? '' : tail }).toEqual({ code: 0, tail: '' });
		expect(listVersions(home)).toEqual([readPointer(home)?.version]);
		expect(await totals()).toEqual(before);
		expect(hashes.length).toBeGreaterThan(0);
		const known = await marts(
			home,
			`select count(*) as n from marts.bdg_customer_identifiers where identifier_hash in ('${hashes.join("', '")}')`
		);
		expect(known).toEqual([{ n: '0' }]);
		const receipt = readFileSync(join(home, 'erasures.ndjson'), 'utf8');
		expect(receipt.trim().split('\n')).toHaveLength(1);
		for (const hash of hashes) expect(receipt).not.toContain(hash);
		const state = openAppState(home, { secret: readFileSync(join(home, 'secrets', 'secret'), 'utf8').trim() });
		const entries = await listAudit(state, { action: 'data.erased' });
		expect(entries.map(({ detail, address }) => [detail['state'], detail['by'], address])).toEqual([
			['done', 'customer', 'command line'],
			['begun', 'customer', 'command line']
		]);
		expect(receipt).toContain(entries[0]?.target);
		for (const text of [customer, ...hashes]) expect(JSON.stringify(entries)).not.toContain(text);
		expect((await verifyAudit(state)).broken).toBeNull();
		await state.close();
		expect(filesWith([customer]).filter((name) => name.endsWith('json'))).toEqual([]);
		await expect(erase({ ...options(), request: undefined, really: true })).rejects.toThrow('No erasure waits');
	}, 300_000);

	test('restored from before, the person stays erased, and nothing that was built with them is served', async () => {
		const [folder, key] = [join(scratch, 'backup'), readFileSync(join(home, 'secrets', 'id-key'), 'utf8').trim()];
		const into = async (name: string, erased: string | null) => {
			const context = readContext({ ...process.env, ONELANE_HOME: join(scratch, name), ONELANE_ID_KEY: key });
			const { erased_again } = await restore({ context, loaded: options().loaded, folder, erased });
			return { erased_again, served: readPointer(context.home) !== null, with: filesWith(phones, context.home) };
		};
		// What would come back, so that its absence means something.
		const careless = await into('careless', null);
		expect(careless).toMatchObject({ erased_again: 0, served: true });
		expect(careless.with.length).toBeGreaterThan(1);
		expect(await into('careful', join(home, ERASED_FILE))).toEqual({ erased_again: 1, served: false, with: [] });
	}, 300_000);
});

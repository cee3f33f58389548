/**
 * Erases a person everywhere onelane keeps them: raw and kept extracts, then marts (a new version is built and published), then
 * the versions that still hold them. What is to be done is written down first, so that an interrupted erasure can be finished.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import type { AuditEntry } from '../app-state/index.ts';
import { VERSIONS_FOLDER } from '../contracts/pointer.ts';
import { countRows, type ErasedRows, erasePerson, identifierHash, type Person } from '../ingestion/erase.ts';
import { hmacSha256 } from '../ingestion/core/hmac.ts';
import { build } from './build.ts';
import { erasure, keepErased } from './erased.ts';
import { PipelineError } from './errors.ts';
import { appendDurably, readJson, syncFolder, writeAtomically } from './files.ts';
import { publish } from './publish/index.ts';
import { listVersions, removeVersions } from './publish/versions.ts';
import { type RefreshOptions, timezoneOf, withLock } from './refresh.ts';
import { secretOf } from './secrets.ts';
import { fileOf, readPointer, writePointer } from './state.ts';

/** An erasure that was begun: hashes and ids of records, no plain value. Gone when it is finished. */
const PENDING_FILE = 'erasing.json';
/** One line an erasure, for whoever must prove it. No personal data. */
export const RECEIPTS_FILE = 'erasures.ndjson';

const rows = z.record(z.string(), z.number());
const pending = z.strictObject({ ...erasure.shape, rows });
type Pending = z.infer<typeof pending>;

export type EraseRequest = { by: 'customer'; value: string } | { by: 'phone'; value: string };

export interface Receipt {
	/** HMAC of what was asked, under ONELANE_ID_KEY: proves which request it was to whoever knows it. */
	request: string;
	by: 'customer' | 'phone';
	begun_at: string;
	finished_at: string;
	/** Rows of raw and lines of kept extracts. */
	rows: ErasedRows;
	version: string;
	versions_removed: string[];
}

export type EraseResult = { dry_run: true; rows: ErasedRows; identifiers: number; records: number } | ({ dry_run: false } & Receipt);

interface EraseOptions extends Pick<RefreshOptions, 'context' | 'loaded' | 'progress' | 'signal'> {
	/** Absent: finish what was interrupted. */
	request?: EraseRequest | undefined;
	/** False only counts. */
	really: boolean;
	/** Told before anything is erased, which then is only if this succeeds; and when all is done. */
	audit: (entry: AuditEntry, when: 'before' | 'after') => Promise<void>;
}

export const interruptedErasure = (home: string): boolean => existsSync(join(home, PENDING_FILE));

/** @throws PipelineError when nobody is found, or another erasure waits to be finished */
export async function erase(options: EraseOptions): Promise<EraseResult> {
	return withLock(options.context.home, 'erase', () => eraseLocked(options));
}

async function eraseLocked(options: EraseOptions): Promise<EraseResult> {
	const { context, loaded, request } = options;
	const { home } = context;
	if (context.environment.warehouse !== 'duckdb') {
		throw new PipelineError('onelane erase reaches the embedded warehouse only, and ONELANE_WAREHOUSE is bigquery: nothing was erased.');
	}
	const idKey = secretOf('ONELANE_ID_KEY', context.environment);
	const begun = readJson(join(home, PENDING_FILE), pending);
	if (!request) {
		if (!begun) throw new PipelineError('No erasure waits to be finished: name a person with --customer or --phone.');
		return finish(options, begun, idKey);
	}
	const phone = request.by === 'phone' ? await identifierHash('phone', request.value, loaded.config, idKey) : null;
	const asked = hmacSha256(idKey)(`erasure:${request.by}:${phone ?? request.value}`);
	if (begun && begun.request !== asked) {
		throw new PipelineError('Another erasure was interrupted: finish it first with "onelane erase --resume".');
	}
	if (begun && options.really) return finish(options, begun, idKey);
	const person = await findPerson(home, request, phone);
	const counted = await countRows({ home, person });
	if (!options.really) return { dry_run: true, rows: counted, identifiers: person.identifiers.length, records: person.records.length };
	const plan: Pending = { request: asked, by: request.by, begun_at: new Date().toISOString(), person, rows: counted };
	writeAtomically(join(home, PENDING_FILE), JSON.stringify(plan), 0o600);
	return finish(options, plan, idKey);
}

async function finish({ context, loaded, progress, signal, audit }: EraseOptions, plan: Pending, idKey: string): Promise<EraseResult> {
	const { home } = context;
	const { request, by, begun_at, person } = plan;
	const counted = Object.values(plan.rows).reduce((sum, count) => sum + count, 0);
	// The request's own hash says which it was, to whoever knows the person.
	await audit({ action: 'data.erased', target: request, detail: { state: 'begun', by, rows: counted } }, 'before');
	// Before the first row goes: whoever restores a backup after this home is lost must know of them.
	keepErased(home, plan);
	const timezone = timezoneOf({ context, loaded });
	const erased = await erasePerson({
		home,
		config: loaded.config,
		configDir: loaded.dir,
		timezone,
		idKey,
		person,
		at: new Date(begun_at),
		onProgress: (step) => progress.tell(`erase · ${step}`)
	});
	signal?.throwIfAborted();
	// What is gone is no new row: an increment would leave it where it was.
	const built = await build(context, loaded.config, timezone, progress, { signal, whole: true });
	const pointer = await publish(context, loaded.config, timezone, built, progress, signal);
	await assertGone(join(home, fileOf(pointer)), person);
	progress.tell('erase · older versions');
	const older = listVersions(home).filter((version) => version !== pointer.version);
	writePointer(home, { ...pointer, previous: [] });
	await removeVersions(context, older);
	syncFolder(join(home, VERSIONS_FOLDER));
	const receipt: Receipt = {
		request,
		by,
		begun_at,
		finished_at: new Date().toISOString(),
		rows: { ...erased, ...plan.rows },
		version: pointer.version,
		versions_removed: older
	};
	keepReceipt(home, receipt);
	const done = { state: 'done', by, rows: counted, version: pointer.version, versions_removed: older.length };
	await audit({ action: 'data.erased', target: request, detail: done }, 'after');
	rmSync(join(home, PENDING_FILE), { force: true });
	return { dry_run: false, ...receipt };
}

/** Interrupted between the receipt and the end, an erasure must not be told twice. */
function keepReceipt(home: string, receipt: Receipt): void {
	const file = join(home, RECEIPTS_FILE);
	const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (known.includes(`"request":"${receipt.request}"`) && known.includes(`"begun_at":"${receipt.begun_at}"`)) return;
	appendDurably(file, receipt);
}

async function findPerson(home: string, request: EraseRequest, phone: string | null): Promise<Person> {
	const pointer = readPointer(home);
	if (!pointer) throw new PipelineError(`Nothing is published in ${home} yet, so no customer is known: run "onelane refresh".`);
	return reading(join(home, fileOf(pointer)), async (query) => {
		const customer = request.by === 'customer' ? request.value : await customerOf(query, phone ?? '');
		// Ids of leads and visits are identifiers as well, but of records, and those are found below.
		const identifiers = await query(
			`select identifier_type as type, identifier_hash as hash from marts.bdg_customer_identifiers
			where customer_id = $customer and is_merge_key and identifier_type not in ('lead_record', 'visit_record')`,
			{ customer }
		);
		const records = await query('select distinct resource, record_id from marts.bdg_customer_records where customer_id = $customer', {
			customer
		});
		if (records.length === 0) throw new PipelineError(`${customer} is no customer of ${pointer.version}: look the id up in dim_customers.`);
		return { identifiers, records } as unknown as Person;
	});
}

type Query = (sql: string, values: Record<string, string>) => Promise<Record<string, unknown>[]>;

async function customerOf(query: Query, hash: string): Promise<string> {
	const [found] = await query(
		`select customer_id, blocked_reason from marts.bdg_customer_identifiers where identifier_type = 'phone' and identifier_hash = $hash`,
		{ hash }
	);
	if (!found) throw new PipelineError('No customer has this number. If it was delivered only just now, run "onelane refresh" first.');
	if (typeof found['customer_id'] !== 'string') {
		throw new PipelineError(`Several people share this number (${String(found['blocked_reason'])}): name the one with --customer.`);
	}
	return found['customer_id'];
}

async function reading<T>(file: string, work: (query: Query) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		const result = await work(async (sql, values) => (await connection.runAndReadAll(sql, values)).getRowObjects());
		connection.closeSync();
		return result;
	} finally {
		instance.closeSync();
	}
}

async function assertGone(file: string, person: Person): Promise<void> {
	const left = await reading(file, (query) =>
		query(
			`select 1 from marts.bdg_customer_identifiers where identifier_hash in (select unnest(from_json($hashes, '["VARCHAR"]'))) limit 1`,
			{ hashes: JSON.stringify(person.identifiers.map(({ hash }) => hash)) }
		)
	);
	if (left.length > 0)
		throw new PipelineError('The new version still holds an identifier of the person: run "onelane erase --resume" again.');
}

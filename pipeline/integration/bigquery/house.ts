/** The demo brand landed, built and published in the emulator of BigQuery, beside the same brand in DuckDB, both served. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pointer } from '../../../contracts/pointer.ts';
import type { BigQuerySettings } from '../../../contracts/warehouse.ts';
import type { IngestReport } from '../../../ingestion/index.ts';
import { type Emulator, emulatorEnvironment, emulatorSettings, startEmulator } from '../../../testing/bigquery/emulator.ts';
import { type Proxy, startProxy } from '../../../testing/bigquery/proxy.ts';
import { loadConfig } from '../../config.ts';
import { type Context, ROOT, readContext } from '../../context.ts';
import { startServers } from '../../lanes/servers.ts';
import { silent } from '../../progress.ts';
import { land, type Refreshed, refresh, type RefreshOptions, withLock } from '../../refresh.ts';
import { removeVersions } from '../../publish/versions.ts';
import { freePort } from '../../serve/ports.ts';
import { writePointer } from '../../state.ts';
import type { Place } from '../support.ts';
import { giveDigitsBack, holdBack } from './late-rows.ts';

export interface Statement {
	sql: string;
	/** Those of its parameters, in their order. */
	values: string[];
	maximumBytesBilled: string | undefined;
	dataset: string | undefined;
}

export interface House {
	duckdb: Place;
	bigquery: Place;
	context: Context;
	settings: BigQuerySettings;
	env: Record<string, string | undefined>;
	/** In front of the emulator: what passes by it is kept, and it can make errors. */
	proxy: Proxy;
	/** Statements that were sent since the last call. */
	statements(): Statement[];
	/** Watches statements again after a fault was set. */
	watch(): void;
	options: RefreshOptions;
	/** The second one, an increment over rows that arrived late. */
	refreshed: Refreshed;
	lateRows: number;
	landAgain(): Promise<IngestReport>;
	close(): Promise<void>;
}

interface JobRequest {
	configuration?: {
		query?: {
			query?: string;
			maximumBytesBilled?: string;
			defaultDataset?: { datasetId?: string };
			queryParameters?: { parameterValue: { value?: string } }[];
		};
	};
}

function keep(json: string, sent: Statement[]): void {
	try {
		const query = (JSON.parse(json) as JobRequest).configuration?.query;
		if (!query?.query) return;
		sent.push({
			sql: query.query,
			values: (query.queryParameters ?? []).map(({ parameterValue: { value } }) => value ?? ''),
			maximumBytesBilled: query.maximumBytesBilled,
			dataset: query.defaultDataset?.datasetId
		});
	} catch {
		// No statement: a load job, whose body is in parts.
	}
}

/** In an emulator of its own, which holds nothing else. @param home with a published DuckDB version of the demo */
export async function buildHouse(home: string): Promise<House> {
	const emulator = await startEmulator();
	try {
		return await buildIn(emulator, home);
	} catch (error) {
		await emulator.stop();
		throw error;
	}
}

async function buildIn(emulator: Emulator, home: string): Promise<House> {
	const { direct } = emulator;
	const scratch = mkdtempSync(join(tmpdir(), 'onelane-house-'));
	const own = join(scratch, 'home');
	mkdirSync(own);
	// The same keys, so that the same person has the same hash.
	cpSync(join(home, 'secrets'), join(own, 'secrets'), { recursive: true });
	const proxy = await startProxy(direct);
	const sent: Statement[] = [];
	const watch = () =>
		proxy.setFault(({ method, path, json }) => {
			if (method === 'POST' && /\/(jobs|queries)(\?|$)/.test(path)) keep(json, sent);
			return undefined;
		});
	watch();
	const env = { ...process.env, ...emulatorEnvironment(proxy.url, 'house'), ONELANE_HOME: own, PORT: String(await freePort('127.0.0.1')) };
	const context = readContext(env);
	const loaded = await loadConfig(undefined, ROOT);
	const sources = [{ kind: 'extracts' as const, folder: join(home, 'demo', 'extracts') }];
	const options = { context, loaded: { ...loaded, config: { ...loaded.config, sources } }, progress: silent };
	await withLock(own, 'ingest', (lock) => land(options, lock));
	const late = await holdBack(emulatorSettings(direct, 'house'));
	const { pointer: first } = await refresh({ ...options, land: false });
	const lateRows = await late.arrive();
	const refreshed = await refresh({ ...options, land: false, unitTests: true });
	await late.forget();
	const datasetOf = (one: Pointer) => ('dataset' in one ? one.dataset : '');
	await giveDigitsBack(emulatorSettings(direct, 'house'), datasetOf(first), datasetOf(refreshed.pointer));
	writePointer(own, { ...refreshed.pointer, previous: [] });
	await removeVersions(context, [first.version]);
	const bench = (variables: Record<string, string | undefined>) => ({ scratch, env: variables });
	const [mine, theirs] = await Promise.all([startServers(bench(process.env), home), startServers(bench(env), own)]);
	return {
		duckdb: { home, url: mine.url, semanticUrl: mine.semanticUrl },
		bigquery: { home: own, url: theirs.url, semanticUrl: theirs.semanticUrl },
		context,
		settings: emulatorSettings(direct, 'house'),
		env,
		proxy,
		statements: () => sent.splice(0),
		watch,
		options,
		refreshed,
		lateRows,
		landAgain: () => withLock(own, 'ingest', (lock) => land(options, lock)),
		close: async () => {
			await Promise.all([mine.stop(), theirs.stop()]);
			await proxy.close();
			await emulator.stop();
			rmSync(scratch, { recursive: true, force: true });
		}
	};
}

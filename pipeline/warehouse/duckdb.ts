/** Versions as DuckDB files: built in `building/`, renamed into `versions/`. */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { VERSIONS_FOLDER, type VersionPlace } from '../../contracts/pointer.ts';
import { PipelineError } from '../errors.ts';
import { syncFile, syncFolder } from '../files.ts';
import { sealFile } from './duckdb-seal.ts';
import type { Warehouse } from './warehouse.ts';

export const BUILDING_FOLDER = 'building';
/** Always the same, so that dbt finds its project parsed as it was the last time: its connection is a part of what it compares. */
const BUILD_FILE = 'build.duckdb';
const THREADS = '2';
const MEMORY = '3500MB';

export function duckdbWarehouse(home: string): Warehouse {
	/** Published ones are relative to the home, unpublished ones absolute. */
	const path = (place: VersionPlace): string => {
		if ('file' in place) return resolve(home, place.file);
		throw new PipelineError(`The version is the dataset ${place.dataset} of BigQuery: set ONELANE_WAREHOUSE to "bigquery".`);
	};
	const folder = join(home, BUILDING_FOLDER);
	const raw = join(home, 'raw.duckdb');

	return {
		rollups: true,
		checkLanded: async () => {
			if (!existsSync(raw))
				throw new PipelineError(`Nothing has been landed in ${home} yet: run "onelane ingest" or "onelane refresh" first.`);
		},
		begin: async (_version, copyOf) => {
			clearFolder(folder);
			const file = join(folder, BUILD_FILE);
			if (copyOf) {
				copyFileSync(path(copyOf), file, constants.COPYFILE_FICLONE);
				await forgetRollups(file);
			}
			return { file };
		},
		dbt: (place) => ({
			target: 'duckdb',
			env: {
				ONELANE_BUILD_FILE: path(place),
				ONELANE_RAW_FILE: raw,
				ONELANE_RAW_SCHEMA: 'raw',
				ONELANE_DBT_THREADS: process.env['ONELANE_DBT_THREADS'] ?? THREADS,
				ONELANE_DBT_MEMORY: process.env['ONELANE_DBT_MEMORY'] ?? MEMORY
			}
		}),
		explain: () => undefined,
		discard: async () => clearFolder(folder),
		seal: (place, tests) => sealFile(path(place), tests),
		sizes: (place) =>
			reading(path(place), async (rows) =>
				(await rows('select table_name, estimated_size::double, schema_name from duckdb_tables()')).map(([name, size, schema]) => ({
					name: String(name),
					rows: Number(size),
					rollup: schema === 'rollups'
				}))
			),
		settle: async (place, version) => {
			const file = join(VERSIONS_FOLDER, `${version}.duckdb`);
			syncFile(path(place));
			mkdirSync(join(home, VERSIONS_FOLDER), { recursive: true });
			renameSync(path(place), join(home, file));
			syncFolder(dirname(join(home, file)));
			return { file };
		},
		exists: async (place) => existsSync(path(place)),
		face: async () => undefined,
		remove: async (place) => rmSync(path(place), { force: true }),
		marts: (place) =>
			reading(path(place), async (rows) =>
				(await rows("select table_name from information_schema.tables where table_schema = 'marts' order by 1")).map(([name]) =>
					String(name)
				)
			),
		fetchMart: async (place, mart, into) => {
			await into(`attach '${path(place).replaceAll("'", "''")}' as version (read_only)`);
			await into(`create view mart as select * from version.marts."${mart}"`);
		}
	};
}

async function reading<T>(file: string, work: (rows: (sql: string) => Promise<unknown[][]>) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
	try {
		const connection = await instance.connect();
		return await work(async (sql) => (await connection.runAndReadAll(sql)).getRows());
	} finally {
		instance.closeSync();
	}
}

/** Those of the version before; the new one's are made of its own rows, in the room that these leave. */
async function forgetRollups(file: string): Promise<void> {
	const instance = await DuckDBInstance.create(file);
	try {
		const connection = await instance.connect();
		await connection.run('drop schema if exists rollups cascade');
		await connection.run('checkpoint');
		connection.closeSync();
	} finally {
		instance.closeSync();
	}
}

function clearFolder(folder: string): void {
	mkdirSync(folder, { recursive: true });
	for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true, recursive: true });
}

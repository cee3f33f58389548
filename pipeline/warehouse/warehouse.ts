/** Where versions are built, kept and read: what building and publishing ask of an engine, and nothing else of it. */
import type { Pointer, VersionPlace } from '../../contracts/pointer.ts';
import type { TestResult } from '../run-results.ts';

export type Freshness = Pointer['freshness'];

/** How dbt is told to build there. */
export interface DbtTarget {
	target: 'duckdb' | 'bigquery';
	env: Record<string, string | undefined>;
}

/** Rows of a table that a version holds. */
export interface TableSize {
	name: string;
	rows: number;
	/** Whether it was made to answer faster, and says nothing that another does not. */
	rollup: boolean;
}

export interface Warehouse {
	/** @throws PipelineError when nothing has been landed, or it cannot be reached */
	checkLanded(): Promise<void>;
	/** An empty place for a version that nobody reads; what interrupted builds left is removed. */
	begin(version: string): Promise<VersionPlace>;
	dbt(place: VersionPlace): DbtTarget;
	/** A sentence instead of the engine's words when dbt could not build; undefined when those say it best. */
	explain(words: string): string | undefined;
	discard(place: VersionPlace): Promise<void>;
	/** Writes the results of its tests into an unpublished version, drops what readers have no use for, and reads its freshness. */
	seal(place: VersionPlace, tests: readonly TestResult[]): Promise<Freshness>;
	/** Whether answers are prepared inside the version before it is published. */
	readonly rollups: boolean;
	sizes(place: VersionPlace): Promise<TableSize[]>;
	/** Makes an unpublished version durable under its name. Paths are relative to the home from here on. */
	settle(place: VersionPlace, version: string): Promise<VersionPlace>;
	exists(place: VersionPlace): Promise<boolean>;
	/** Turns the face for outsiders, if there is one, to the version. */
	face(place: VersionPlace): Promise<void>;
	remove(place: VersionPlace): Promise<void>;
	/** Names of the marts of a version. */
	marts(place: VersionPlace): Promise<string[]>;
	/** Brings a mart into a table `mart` of a local DuckDB. */
	fetchMart(place: VersionPlace, mart: string, into: (sql: string) => Promise<void>): Promise<void>;
}

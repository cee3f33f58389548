/** Where versions are built, kept and read: what building and publishing ask of an engine, and nothing else of it. */
import type { DataDays, Pointer, VersionPlace } from '../../contracts/pointer.ts';
import type { TestResult } from '../run-results.ts';

export type Freshness = Pointer['freshness'];

/** What the data of a version says of itself, for its pointer. */
export interface Reach {
	freshness: Freshness;
	/** Undefined where nothing has happened yet. */
	days: DataDays | undefined;
}

/** Ends of its facts, one row, the same in both warehouses; null over no rows. */
export const DAYS_OF_FACTS = `
	select
		cast(min(first) as varchar) as first,
		cast(coalesce(max(last_lead), max(last)) as varchar) as last,
		cast(max(last) as varchar) as until
	from (
		select min(captured_date) as first, max(captured_date) as last, max(captured_date) as last_lead from fct_leads
		union all
		select min(occurred_date), max(occurred_date), null from rpt_funnel_events
	) as facts`;

export function dataDaysOf(row: Record<string, unknown> | undefined): DataDays | undefined {
	const { first, last, until } = row ?? {};
	return first && last && until ? { first: String(first), last: String(last), until: String(until) } : undefined;
}

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
	/** A place for a version that nobody reads, empty or with the tables of another one; what interrupted builds left is removed. */
	begin(version: string, copyOf?: VersionPlace): Promise<VersionPlace>;
	dbt(place: VersionPlace): DbtTarget;
	/** A sentence instead of the engine's words when dbt could not build; undefined when those say it best. */
	explain(words: string): string | undefined;
	discard(place: VersionPlace): Promise<void>;
	/** Writes the results of its tests into an unpublished version, drops what readers have no use for, and reads how far its data reaches. */
	seal(place: VersionPlace, tests: readonly TestResult[]): Promise<Reach>;
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

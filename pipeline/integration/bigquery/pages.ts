/** The pages whose queries are looked at, as the people who open them see them. */
import type { Claims, Role } from '../../../contracts/claims.ts';
import { page, type PageTable, type Place, tables } from '../support.ts';

export const PAGES = ['/', '/?period=last_month', '/funnel', '/funnel?basis=period&by=channel', '/organisation', '/channels'] as const;

/** What else asks the semantic layer: the list of leads, a screen on the wall, the search, and the members offered where a demo is signed in to. */
export const OTHER_ADDRESSES = ['/leads', '/wall', '/find?q=a', '/login?to=/'] as const;

/** Of those whose sight is limited, each page once: every metric is compared for each of them anyway. */
export const PAGES_OF: Partial<Record<Role, readonly string[]>> = {
	region_manager: ['/', '/organisation'],
	store_manager: ['/funnel', '/channels']
};

/** Roles with the mart's column that scopes them. */
export const SCOPED: readonly [Role, string][] = [
	['region_manager', 'region_id'],
	['store_manager', 'store_id']
];

/** Its tables, but for when each source arrived: two landings are two moments. */
export async function tablesOf(place: Place, path: string, claims: Claims): Promise<PageTable[]> {
	return tables(await patiently(() => page(place, path, claims))).map((table) => {
		const arrived = table.head.indexOf('Arrived');
		return table.caption === 'Sources' ? { ...table, rows: table.rows.map((row) => row.toSpliced(arrived, 1)) } : table;
	});
}

/** The emulator answers one statement at a time, and a page waits for as long as people do: what was answered meanwhile is in the cache. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (attempt === 4 || !/ answers 503|fetch failed/.test((error as Error).message)) throw error;
		}
	}
}

/** Business date by which each mart is partitioned, read from the contracts of the models. */
export function partitionOf(manifest: Manifest): Map<string, string> {
	return new Map(
		Object.values(manifest.nodes).flatMap(({ name, resource_type: type, config }) =>
			type === 'model' && config.partition_by ? [[name, config.partition_by.field] as const] : []
		)
	);
}

export interface Manifest {
	nodes: Record<
		string,
		{
			name: string;
			resource_type: string;
			compiled_code?: string;
			config: { materialized?: string; partition_by?: { field: string } | null; cluster_by?: string[] | null };
		}
	>;
	unit_tests?: Record<string, { name: string; given: { input: string; rows: unknown }[]; expect: { rows: unknown } }>;
}

export interface Read {
	table: string;
	/** Whether its partitions are limited by both ends of a range. */
	pruned: boolean;
}

/** Tables that a statement of Cube reads, each with whether it limits the table's partitions. */
export function readsOf(sql: string, partitions: ReadonlyMap<string, string>): Read[] {
	return [...sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+) AS `(\w+)`/g)].map(([, table = '', alias = '']) => {
		const column = `\`${alias}\`.${partitions.get(table)}`;
		return { table, pruned: sql.includes(`${column} >= DATE(TIMESTAMP(?))`) && sql.includes(`${column} <= DATE(TIMESTAMP(?))`) };
	});
}

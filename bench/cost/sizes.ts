/** What tables weigh on BigQuery, by the documented sizes of its types, at any number of leads. */
import { DuckDBInstance } from '@duckdb/node-api';

/** Bytes of a value, and of a text beside its own; a null weighs nothing. Source: cloud.google.com/bigquery/docs/reference/standard-sql/data-types */
const BYTES: [RegExp, number][] = [
	[/^(TINY|SMALL|BIG|HUGE|U.*)?INT(EGER)?$|^DOUBLE$|^FLOAT$|^DATE$|^TIMESTAMP/, 8],
	[/^DECIMAL/, 16],
	[/^BOOLEAN$/, 1]
];
const TEXT = 2;

/** SQL of DuckDB for the bytes that a column's values weigh together. @throws Error for a type that no table has */
export function weight(column: string, type: string): string {
	const name = `"${column.replaceAll('"', '""')}"`;
	if (type === 'VARCHAR') return `coalesce(sum(${TEXT} + strlen(${name})), 0)`;
	if (type === 'VARCHAR[]') return `coalesce(sum(list_sum(list_transform(${name}, each -> ${TEXT} + strlen(each)))), 0)`;
	const known = BYTES.find(([pattern]) => pattern.test(type));
	if (!known) throw new Error(`The bytes of ${type} (column ${column}) are not known.`);
	return `count(${name}) * ${known[1]}`;
}

export interface TableWeight {
	rows: number;
	/** Bytes of all values of a column. */
	columns: Record<string, number>;
}

export type Weights = Record<string, TableWeight>;

/** Every table of some files, by its name. */
export async function weigh(files: readonly string[]): Promise<Weights> {
	const found: Weights = {};
	for (const file of files) {
		const instance = await DuckDBInstance.create(':memory:');
		try {
			const connection = await instance.connect();
			await connection.run(`attach '${file.replaceAll("'", "''")}' as weighed (read_only)`);
			const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
			const columns = await rows(
				"select schema_name, table_name, column_name, data_type from duckdb_columns() join duckdb_tables() using (database_name, schema_name, table_name) where database_name = 'weighed' order by schema_name, table_name, column_index"
			);
			for (const [path, group] of Map.groupBy(columns, ([schema, table]) => `weighed."${String(schema)}"."${String(table)}"`)) {
				const names = group.map(([, , column]) => String(column));
				const [[count, ...bytes] = []] = await rows(
					`select count(*)::double, ${group.map(([, , column, type]) => `(${weight(String(column), String(type))})::double`).join(', ')} from ${path}`
				);
				found[String(group[0]?.[1])] = {
					rows: Number(count),
					columns: Object.fromEntries(names.map((name, index) => [name, Number(bytes[index])]))
				};
			}
		} finally {
			instance.closeSync();
		}
	}
	return found;
}

/**
 * How often a table's rows at some number of leads are those of the larger of two brands. Facts grow with leads, stores and days do not: how
 * a table grows between the two says which it is.
 */
export function growth(table: string, small: Weights, large: Weights, leads: number): number {
	const [a, b] = [rowsOf(small, table), rowsOf(large, table)];
	const [from, to] = [rowsOf(small, 'fct_leads'), rowsOf(large, 'fct_leads')];
	if (b === 0 || b <= a) return 1;
	return (b + ((b - a) * (leads - to)) / (to - from)) / b;
}

const rowsOf = (weights: Weights, table: string) => weights[table]?.rows ?? 0;

export interface Reads {
	/** Columns by table. */
	tables: Record<string, string[]>;
	/** Share of a table's rows that are in the partitions a statement reads; all, where it is not said. */
	shares?: Record<string, number>;
}

/** Bytes that one statement scans. */
export function bytesOf({ tables, shares = {} }: Reads, small: Weights, large: Weights, leads: number): number {
	return Object.entries(tables).reduce((total, [table, columns]) => {
		const bytes = columns.reduce((sum, column) => sum + (large[table]?.columns[column] ?? 0), 0);
		return total + bytes * growth(table, small, large, leads) * (shares[table] ?? 1);
	}, 0);
}

/** First and last day of each partitioned table that a statement of the pages names, from its conditions and their values, in their order. */
export function daysOf(
	sql: string,
	values: readonly string[],
	partitions: ReadonlyMap<string, string>
): Record<string, { from: string; to: string }> {
	const days: Record<string, { from: string; to: string }> = {};
	for (const [, table = '', alias = ''] of sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+) AS `(\w+)`/g)) {
		const column = `\`${alias}\`.${partitions.get(table)}`;
		const [from, to] = ['>=', '<='].map((sign) => {
			const condition = `${column} ${sign} DATE(TIMESTAMP(?))`;
			const at = sql.indexOf(condition);
			return at < 0 ? undefined : values[sql.slice(0, at).split('?').length - 1]?.slice(0, 10);
		});
		if (from === undefined || to === undefined) continue;
		const before = days[table];
		days[table] = before ? { from: from < before.from ? from : before.from, to: to > before.to ? to : before.to } : { from, to };
	}
	return days;
}

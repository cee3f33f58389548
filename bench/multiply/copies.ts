/**
 * A brand of any size out of one that was built: its tables many times over, set-wise. Every copy has people, records and identifiers of its
 * own, so that no customer of one copy meets one of another; references inside a copy still lead where they led. Copies share networks of
 * stores (a real brand of ten million leads has a few thousand stores, not a hundred thousand), and all share regions, channels and products.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface Copies {
	copies: number;
	/** Networks of stores, with areas, dealer groups, staff and campaigns of their own; a divisor of `copies`, so that all are equally large. */
	networks: number;
}

/** Whose suffix a column of ids gets. */
export type Owner = 'copy' | 'network';

export interface TableRule {
	/** How often its rows come: once a copy, once a network, or once. */
	rows: Owner | 'once';
	ids: Record<string, Owner>;
	/** Condition under which ids get their suffix, such as the level of a target; without one: always. */
	where?: string;
	/** Columns that add up over the copies of a network; of rows that come once, over all copies. */
	sums?: readonly string[];
	/** Columns of instants that every copy has a little earlier, so that not all of them tie. */
	instants?: readonly string[];
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Seconds between a copy and the next. */
const APART = 37;

/** Text of a select that gives every row of a table in all its copies. */
export function copiedRows(table: string, { rows, ids, where, sums = [], instants = [] }: TableRule, { copies, networks }: Copies): string {
	if (copies % networks !== 0) throw new Error(`${copies} copies can't be shared among ${networks} networks evenly.`);
	const suffix = (column: string, owner: Owner) =>
		where === undefined
			? `${quoted(column)} || copies.${owner}`
			: `case when ${where} then ${quoted(column)} || copies.${owner} else ${quoted(column)} end`;
	const times = (column: string) => {
		const whole = where === undefined ? `${copies / networks}` : `case when ${where} then ${copies / networks} else ${copies} end`;
		return `${quoted(column)} * ${rows === 'once' ? copies : whole}`;
	};
	const replaced = [
		...Object.entries(ids).map(([column, owner]) => `${suffix(column, owner)} as ${quoted(column)}`),
		...sums.map((column) => `${times(column)} as ${quoted(column)}`),
		...instants.map((column) => `${quoted(column)} - to_seconds(copies.number * ${APART}) as ${quoted(column)}`)
	];
	const count = rows === 'copy' ? copies : rows === 'network' ? networks : 1;
	const series = `(select number, if(number = 0, '', '~' || number) as copy, if(number % ${networks} = 0, '', '~' || number % ${networks}) as network from range(${count}) as series(number)) as copies`;
	// What is told apart by its level only comes again where that level has copies.
	const once = where === undefined ? '' : ` where copies.number = 0 or ${where}`;
	return `select source.* ${replaced.length > 0 ? `replace (${replaced.join(', ')})` : ''} from ${table} as source cross join ${series}${once}`;
}

/** A new DuckDB file, with another attached read-only as `origin`. */
export async function withNewFile<T>(from: string, to: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(':memory:', {
		preserve_insertion_order: 'false',
		memory_limit: '2GB',
		temp_directory: `${to}.tmp`
	});
	const connection = await instance.connect();
	try {
		// Both under names of their own: a catalog called "raw" would make every "raw.table" ambiguous.
		await connection.run(`attach ${literal(from)} as origin (read_only)`);
		await connection.run(`attach ${literal(to)} as copied`);
		await connection.run('use copied');
		const result = await work(connection);
		await connection.run('checkpoint copied');
		return result;
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/** Columns of each table of a schema of `origin`. */
export async function tablesOf(
	connection: DuckDBConnection,
	schema: string,
	database = 'origin'
): Promise<Map<string, { name: string; type: string }[]>> {
	const reader = await connection.runAndReadAll(
		`select table_name, column_name, data_type from duckdb_columns() where database_name = ${literal(database)} and schema_name = ${literal(schema)} order by table_name, column_index`
	);
	const tables = new Map<string, { name: string; type: string }[]>();
	for (const [table, name, type] of reader.getRows() as [string, string, string][])
		tables.set(table, [...(tables.get(table) ?? []), { name, type }]);
	return tables;
}

/** What could not be landed: how much of it there may be, and what is said about it. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Check, redacted } from './contract.ts';
import { IngestError } from './errors.ts';
import type { Resource } from './resource.ts';
import { list, literal, quoted } from './sql.ts';

/**
 * Temporary table `quarantined` (file, line, column_name, value, reason, payload): every row with a problem and
 * every line that was no row. Personal values are masked already.
 */
export async function collectQuarantine(connection: DuckDBConnection, resource: Resource, checks: readonly Check[]): Promise<void> {
	const personal = resource.fields.some((field) => field.personal !== 'none');
	const known = checks.map(({ column, reason }, i) => `(${i + 1}, ${column === null ? 'null' : literal(column)}, ${literal(reason)})`);
	await connection.run(`create or replace temp table quarantined as
		select f.file, coalesce(s._line, s.rowid - f.first_row + f.first_line) as line,
			case when c.column_name = '*' then s._column else c.column_name end as column_name, s._bad_value as value, c.reason, s._payload as payload
		from scratch.parsed s
		join staged_files f on f.number = s._file_number
		join (values ${list(known.length > 0 ? known : ["(0, null, '')"])}) c(problem, column_name, reason) on c.problem = s._problem
		where s._problem > 0
		union all
		select file, line, null, found, reason, ${redacted('payload', personal)} from rejects`);
}

/** Some line could not be read as far as its key, so that nobody knows whether a record of it is gone. */
export async function hasUnreadable(connection: DuckDBConnection, { fields, primaryKey }: Resource): Promise<boolean> {
	const missing = fields.filter(({ name, required }) => required && primaryKey.includes(name));
	const keyless = missing.map(({ name }) => `${quoted(name)} is null`).join(' or ') || 'false';
	const reader = await connection.runAndReadAll(
		`select (select count(*) from rejects) + (select count(*) from scratch.parsed where _problem > 0 and (${keyless})) > 0`
	);
	return reader.getRows()[0]?.[0] === true;
}

export interface Share {
	read: number;
	quarantined: number;
	threshold: number;
}

/** Throws the most frequent reasons, with counts and a place to look at, when the share is over the threshold. */
export async function assertBelowThreshold(connection: DuckDBConnection, what: string, share: Share): Promise<void> {
	if (share.read === 0 || share.quarantined / share.read <= share.threshold) return;
	const reader = await connection.runAndReadAll(`
		select count(*)::integer as rows, column_name, reason, arg_min(file, (file, line)), arg_min(line, (file, line))::integer
		from quarantined group by column_name, reason order by rows desc, reason limit 3`);
	const reasons = (reader.getRows() as [number, string | null, string, string, number][]).map(
		([rows, column, reason, file, line]) => `${rows} × ${column === null ? '' : `${column}: `}${reason} (first: ${file}, line ${line})`
	);
	throw new IngestError(
		`Landing ${what} failed: ${share.quarantined} of ${share.read} rows (${percent(share.quarantined / share.read)}) cannot be used, more than ` +
			`the ${percent(share.threshold)} that quarantine.threshold allows. Most frequent: ${reasons.join('; ')}. ` +
			'Nothing of it was landed. Correct the file or its mapping, or raise the threshold.'
	);
}

function percent(share: number): string {
	return `${Math.round(share * 1000) / 10} %`;
}

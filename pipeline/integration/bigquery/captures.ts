/** Leads made of captures on BigQuery, for cases that are written down: the model as it was compiled, as a statement of its own. */
import type { BigQuery } from '@google-cloud/bigquery';

type Value = string | boolean | null;
export type Case = Record<string, Value>;

/** Where the cases are put, beside the versions. */
const DATASET = 'cases';
const COLUMNS: Record<string, string> = { captured_at: 'timestamp', is_rejected: 'bool' };
const INPUTS = {
	int_leads__captures_united: ['source', 'resource', 'record_id', 'captured_at', 'series_id', 'is_rejected', 'reopened_record_id'],
	bdg_customer_records: ['source', 'resource', 'record_id', 'customer_id']
};

/** @param compiled statement of `int_leads__captures_grouped`; @returns outcome and lead of each capture, by its id */
export async function leadsOf(client: BigQuery, compiled: string, captures: readonly Case[], customers: readonly Case[]): Promise<Case[]> {
	await client
		.dataset(DATASET)
		.delete({ force: true })
		.catch(() => undefined);
	await client.createDataset(DATASET, { location: 'US' });
	const rows = { int_leads__captures_united: captures, bdg_customer_records: customers };
	let sql = compiled;
	for (const [table, columns] of Object.entries(INPUTS)) {
		const lines = rows[table as keyof typeof rows].map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`);
		const types = columns.map((column) => `${column} ${COLUMNS[column] ?? 'string'}`).join(', ');
		await client.query(`create table ${DATASET}.${table} (${types}); insert into ${DATASET}.${table} values ${lines.join(', ')}`);
		// An increment reads slices.
		sql = sql.replaceAll(new RegExp(`\\S+\\.\`?(?:slice__)?${table}\\b\`?`, 'g'), `${DATASET}.${table}`);
	}
	await client.query(`create table ${DATASET}.grouped as ${sql}`);
	const [found] = await client.query(`select record_id, outcome, lead_id from ${DATASET}.grouped order by record_id`);
	return found as Case[];
}

function literal(value: Value | undefined): string {
	if (value === null || value === undefined) return 'null';
	return typeof value === 'boolean' ? String(value) : `'${value}'`;
}

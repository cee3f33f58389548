/** The same marts with nothing in them but what a scope may see: made in sets, and with no word of the policy that is under test. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { Scopes } from '../../../contracts/claims.ts';
import { readModel } from '../../model.ts';

/** Facts behind the views, with the columns by which their rows belong to somebody. */
const OWNED: Record<string, readonly string[]> = {
	fct_leads: ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'],
	rpt_funnel_events: ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'],
	fct_orders: ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'],
	dim_customers: ['region_id', 'area_id', 'dealer_group_id', 'store_id', 'inviter_id', 'advisor_id'],
	rpt_target_daily: ['region_id', 'area_id', 'dealer_group_id', 'store_id'],
	rpt_channel_daily: ['region_id']
};

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Tables that the model reads; nothing asks the others. */
const TABLES = new Set(readModel().flatMap(({ content }) => [...content.matchAll(/\bmarts\.(\w+)/g)].map(([, name]) => name ?? '')));

/** @param file to be written; `source` is a version's file and stays as it is */
export async function copyScoped(source: string, file: string, scopes: Scopes): Promise<void> {
	const instance = await DuckDBInstance.create(file);
	try {
		const connection = await instance.connect();
		await connection.run("SET TimeZone = 'UTC'");
		await connection.run(`ATTACH ${quoted(source)} AS source (READ_ONLY)`);
		await connection.run('CREATE SCHEMA marts');
		for (const table of TABLES) {
			await connection.run(`CREATE TABLE marts."${table}" AS SELECT * FROM source.marts."${table}" WHERE ${seen(OWNED[table], scopes)}`);
		}
		await connection.run('DETACH source');
		connection.closeSync();
	} finally {
		instance.closeSync();
	}
}

/** Null scopes' columns: a dimension by name, that everybody may read. */
function seen(columns: readonly string[] | undefined, scopes: Scopes): string {
	if (columns === undefined || scopes.length === 0) return 'true';
	const parts = scopes
		.filter(({ dimension }) => columns.includes(dimension))
		.map(({ dimension, ids }) => `${dimension} IN (${ids.map(quoted).join(', ')})`);
	return parts.length === 0 ? 'false' : parts.join(' OR ');
}

/** Marts of a built version, many times over: what the semantic layer answers from at ten million leads. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Copies, type Owner, type TableRule, copiedRows, tablesOf, withNewFile } from './copies.ts';

const IDS: Record<string, Owner> = {
	customer_id: 'copy',
	lead_id: 'copy',
	reopened_from_lead_id: 'copy',
	order_id: 'copy',
	visit_id: 'copy',
	phone_hash: 'copy',
	store_id: 'network',
	area_id: 'network',
	dealer_group_id: 'network',
	inviter_id: 'network',
	advisor_id: 'network',
	campaign_id: 'network'
};
const OF_COPIES = ['dim_customers', 'fct_leads', 'fct_orders', 'rpt_funnel_events'];
const OF_NETWORKS = ['dim_advisors', 'dim_areas', 'dim_campaigns', 'dim_dealer_groups', 'dim_stores', 'rpt_channel_daily'];
/** As the models write them: a reader of some days passes by the rest. */
const ORDER: Record<string, string> = {
	fct_leads: 'captured_date',
	fct_orders: 'order_date',
	rpt_channel_daily: 'activity_date',
	rpt_funnel_events: 'occurred_date',
	rpt_target_daily: 'target_date'
};
const NUMBERS = /^(BIGINT|INTEGER|DOUBLE|DECIMAL)/;

export function ruleOfMart(table: string, columns: readonly { name: string; type: string }[]): TableRule {
	const ids = Object.fromEntries(columns.flatMap(({ name }) => (IDS[name] ? [[name, IDS[name]]] : [])));
	if (table === 'rpt_target_daily')
		return {
			rows: 'network',
			ids: { ...ids, member_id: 'network' },
			where: "level not in ('company', 'region')",
			sums: ['target', 'actual', 'target_elapsed']
		};
	if (OF_COPIES.includes(table)) return { rows: 'copy', ids: table === 'rpt_funnel_events' ? { ...ids, event_id: 'copy' } : ids };
	if (!OF_NETWORKS.includes(table)) return { rows: 'once', ids: {} };
	const sums = columns.flatMap(({ name, type }) => (NUMBERS.test(type) ? [name] : []));
	return { rows: 'network', ids, ...(table === 'rpt_channel_daily' ? { sums } : {}) };
}

/** Marts that the semantic model reads. */
export function martsOfModel(root: string): string[] {
	const folder = join(root, 'semantic', 'model', 'cubes');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));
	const named = files.flatMap((name) =>
		[...readFileSync(join(folder, name), 'utf8').matchAll(/\bmarts\.(\w+)/g)].map(([, table]) => table as string)
	);
	return [...new Set(named)].sort();
}

/**
 * Writes `to` with the marts that the semantic model reads, out of the version's file `from`.
 * @param to file that is not there yet, to be published like any build
 */
export async function multiplyMarts(root: string, from: string, to: string, copies: Copies): Promise<void> {
	const wanted = martsOfModel(root);
	await withNewFile(from, to, async (connection) => {
		await connection.run('create schema marts');
		for (const [table, columns] of await tablesOf(connection, 'marts')) {
			if (!wanted.includes(table)) continue;
			const types = columns.map(({ name, type }) => `cast("${name}" as ${type}) as "${name}"`).join(', ');
			const order = columns.some(({ name }) => name === ORDER[table]) ? ` order by ${ORDER[table]}` : '';
			await connection.run(
				`create table marts."${table}" as select ${types} from (${copiedRows(`origin.marts."${table}"`, ruleOfMart(table, columns), copies)})${order}`
			);
		}
	});
}

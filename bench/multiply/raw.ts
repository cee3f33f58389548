/** Landed raw, many times over: what a build of a large brand starts from, without landing it for an hour. */
import { type Copies, type Owner, type TableRule, copiedRows, tablesOf, withNewFile } from './copies.ts';

export interface RawCopies extends Copies {
	/** Visits to the site for each one landed; further ones see one page each, some days earlier. */
	visits: number;
}

/** Columns of ids and whose they are, wherever they stand. */
const IDS: Record<string, Owner> = {
	...of('copy', [
		'platform_lead_id',
		'portal_lead_id',
		'form_id',
		'lead_id',
		'lead_record_id',
		'reopened_record_id',
		'session_id',
		'call_id'
	]),
	...of('copy', [
		'appointment_id',
		'assignment_id',
		'followup_id',
		'loss_id',
		'qualification_id',
		'quotation_id',
		'test_drive_id',
		'visit_id',
		'order_id'
	]),
	...of(
		'copy',
		['phone', 'email', 'openid', 'unionid', 'wecom_external_userid', 'device_id', 'anonymous_id', 'vin'].map((type) => `${type}_hash`)
	),
	...of('network', ['store_id', 'area_id', 'dealer_group_id', 'staff_id', 'inviter_id', 'advisor_id', 'campaign_id'])
};
const OF_NETWORKS = [
	'ads__spend',
	'reference__areas',
	'reference__campaigns',
	'reference__dealer_groups',
	'reference__staff',
	'reference__stores'
];
const BELOW_REGIONS = "level not in ('company', 'region')";
const DAYS_BETWEEN_VISITS = 3;

function of(owner: Owner, columns: readonly string[]): Record<string, Owner> {
	return Object.fromEntries(columns.map((column) => [column, owner]));
}

export function ruleOfRaw(table: string, columns: readonly { name: string; type: string }[]): TableRule {
	if (table === 'reference__targets') return { rows: 'network', ids: { member_id: 'network' }, where: BELOW_REGIONS, sums: ['value'] };
	const reference = table.startsWith('reference__');
	const ids = Object.fromEntries(columns.flatMap(({ name }) => (IDS[name] ? [[name, IDS[name]]] : [])));
	if (OF_NETWORKS.includes(table))
		return { rows: 'network', ids, ...(table === 'ads__spend' ? { sums: ['spend', 'impressions', 'clicks', 'platform_leads'] } : {}) };
	if (reference || table.startsWith('_')) return { rows: 'once', ids: {} };
	const instants = columns.flatMap(({ name, type }) => (type === 'TIMESTAMP' && name !== '_loaded_at' ? [name] : []));
	// Elsewhere `event_id` is an organised activity, which all copies share.
	return { rows: 'copy', ids: table === 'web__events' ? { ...ids, event_id: 'copy' } : ids, instants };
}

/**
 * Writes `to` with every table of `raw` in `from`, a raw.duckdb. Personal values in its restricted schema are left behind: no model reads them.
 * @param from file that nobody writes meanwhile
 * @param to file that is not there yet
 */
export async function multiplyRaw(from: string, to: string, copies: RawCopies): Promise<void> {
	await withNewFile(from, to, async (connection) => {
		await connection.run('create schema raw');
		for (const [table, columns] of await tablesOf(connection, 'raw')) {
			const into = `raw."${table}"`;
			const rule = ruleOfRaw(table, columns);
			const types = columns.map(({ name, type }) => `cast("${name}" as ${type}) as "${name}"`).join(', ');
			await connection.run(`create table ${into} as select ${types} from (${copiedRows(`origin.${into}`, rule, copies)})`);
			if (table !== 'web__events' || copies.visits < 2) continue;
			const earlier = `to_days(cast(visit * ${DAYS_BETWEEN_VISITS} as integer))`;
			await connection.run(`insert into ${into}
				select events.* replace (event_id || '+' || visit as event_id, session_id || '+' || visit as session_id, occurred_at - ${earlier} as occurred_at, updated_at - ${earlier} as updated_at)
				from ${into} as events cross join range(1, ${copies.visits}) as visits(visit) where event_name = 'session_start'`);
		}
	});
}

/** Rows of raw that arrive after the first build, so that an increment has something to do. What they say, and when they were landed, stays. */
import type { BigQuerySettings } from '../../../contracts/warehouse.ts';
import { rawDataset } from '../../../contracts/warehouse.ts';
import { rawTable } from '../../../ingestion/core/resource.ts';
import { bigQueryClient } from '../../../ingestion/destinations/bigquery-client.ts';
import { sources } from '../../../ingestion/sources/index.ts';

const BATCH = 'late';
/** One row in 256. */
const LATE = "ends_with(_row_hash, '00')";

export interface LateRows {
	/** They land. */
	arrive(): Promise<number>;
	/** Raw is again as it was found. */
	forget(): Promise<void>;
}

/** Takes them away; reference data stays, because a change of it moves everybody. */
export async function holdBack(settings: BigQuerySettings): Promise<LateRows> {
	const client = bigQueryClient(settings);
	const raw = rawDataset(settings);
	const held = `${settings.dataset}_held`;
	const tables = Object.values(sources)
		.flat()
		.filter(({ source }) => source !== 'reference')
		.map(rawTable);
	const each = async (statement: (table: string) => string) => {
		for (const table of tables) await client.query(statement(table));
	};
	await client.createDataset(held, { location: settings.location });
	await each((table) => `create table ${held}.${table} as select * from ${raw}.${table} where ${LATE}`);
	await each((table) => `delete from ${raw}.${table} where ${LATE}`);
	return {
		arrive: async () => {
			await each((table) => `insert into ${raw}.${table} select * replace ('${BATCH}' as _batch_id) from ${held}.${table}`);
			await client.query(
				`insert into ${raw}._loads select * replace ('${BATCH}' as batch_id, 'late' as status) from ${raw}._loads limit 1`
			);
			const counts = tables.map((table) => `select count(*) as late from ${held}.${table}`).join(' union all ');
			const [[row]] = (await client.query(`select sum(late) as late from (${counts})`)) as unknown as [[{ late: number }]];
			return Number(row.late);
		},
		forget: async () => {
			await each((table) => `delete from ${raw}.${table} where _batch_id = '${BATCH}'`);
			await each((table) => `insert into ${raw}.${table} select * from ${held}.${table}`);
			await client.query(`delete from ${raw}._loads where batch_id = '${BATCH}'`);
			await client.dataset(held).delete({ force: true });
		}
	};
}

/** The emulator's copies of tables forget the digits of decimals, which BigQuery's keep. @param from dataset that was copied */
export async function giveDigitsBack(settings: BigQuerySettings, from: string, to: string): Promise<void> {
	const client = bigQueryClient(settings);
	const [tables] = await client.dataset(from).getTables();
	for (const { id } of tables) {
		const [{ schema }] = (await client.dataset(from).table(String(id)).getMetadata()) as unknown as [{ schema: object }];
		if (JSON.stringify(schema).includes('"precision"')) await client.dataset(to).table(String(id)).setMetadata({ schema });
	}
}

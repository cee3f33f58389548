/**
 * One number, counted four ways: from the raw files by an oracle that shares no code with the rest, in the marts, through Cube,
 * and as the page shows it. By region, store, inviter, advisor and channel; counts, and the rates that follow from them.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Counts, DIMENSIONS, type Dimension, type OracleCounts, UNKNOWN, countOracle } from '../../ingestion/demo/oracle/index.ts';
import { count, cube, demo, marts, page, percent, records, tables } from './support.ts';

const COHORT = ['leads', 'valid_leads', 'visit_leads', 'test_drive_leads', 'order_leads', 'order_leads_net'] as const;
const SHOWROOM = ['visits', 'test_drives', 'orders', 'orders_net'] as const;
type Measure = (typeof COHORT)[number] | (typeof SHOWROOM)[number];
type ByMember = Record<string, Partial<Record<Measure, number>>>;

const COHORT_SQL = `select {by} as member, count(*) as leads, count(*) filter (reached_valid and status = 'valid') as valid_leads, count(*) filter (reached_visit) as visit_leads,
	count(*) filter (reached_test_drive) as test_drive_leads, count(*) filter (reached_order) as order_leads, count(*) filter (order_is_net) as order_leads_net
	from marts.fct_leads group by all`;
const SHOWROOM_SQL = `select {by} as member, count(*) filter (stage = 'visit') as visits, count(*) filter (stage = 'test_drive') as test_drives,
	count(*) filter (stage = 'order') as orders, count(*) filter (stage = 'order' and not is_cancelled) as orders_net
	from marts.rpt_funnel_events where funnel = 'showroom' group by all`;

/** The cohort has inviters, the showroom does not: the inviter's work ends at the door. */
const SHOWROOM_DIMENSIONS = DIMENSIONS.filter((dimension) => dimension !== 'inviter_id');

const member = (value: unknown) => (value === null || value === undefined || value === '' ? UNKNOWN : String(value));

function only(measures: readonly Measure[], counted: Record<string, Counts>): ByMember {
	const rows = Object.entries(counted).map(
		([name, counts]) => [name, Object.fromEntries(measures.map((measure) => [measure, counts[measure]]))] as const
	);
	return Object.fromEntries(rows.filter(([, counts]) => Object.values(counts).some((value) => Number(value) > 0)));
}

function fromRows(measures: readonly Measure[], rows: readonly Record<string, unknown>[], name: string, prefix = ''): ByMember {
	const read = rows.map(
		(row) => [member(row[name]), Object.fromEntries(measures.map((measure) => [measure, Number(row[`${prefix}${measure}`])]))] as const
	);
	return Object.fromEntries(read.filter(([, counts]) => Object.values(counts).some((value) => value > 0)));
}

describe.skipIf(demo === null)('the demo counted four ways', () => {
	const at = demo ?? { home: '', url: '', semanticUrl: '' };
	let oracle: OracleCounts;

	beforeAll(() => {
		oracle = countOracle(process.env['ONELANE_TEST_DEMO'] ?? '');
	});

	test('there is something to count', () => {
		for (const measure of [...COHORT, ...SHOWROOM]) expect(oracle.total[measure]).toBeGreaterThan(20);
		for (const dimension of DIMENSIONS) expect(Object.keys(oracle.by[dimension]).length).toBeGreaterThan(4);
	});

	test('captures, their outcomes and the status of leads', async () => {
		const [captures] = await marts(
			at.home,
			"select count(*) as captures, count(*) filter (outcome = 'lead') as leads, count(*) filter (outcome = 'duplicate') as duplicates, count(*) filter (outcome = 'rejected') as rejected from marts.fct_lead_captures"
		);
		expect(captures).toEqual(asText(oracle.captures));
		const [status] = await marts(
			at.home,
			"select count(*) filter (status = 'valid') as valid, count(*) filter (status = 'invalid') as invalid, count(*) filter (status = 'pending') as pending from marts.fct_leads"
		);
		expect(status).toEqual(asText(oracle.status));
	});

	test('spend, to the cent', async () => {
		const [daily] = await marts(at.home, 'select cast(sum(spend) * 100 as bigint) as cents from marts.fct_spend_daily');
		const [channel] = await marts(at.home, 'select cast(sum(spend) * 100 as bigint) as cents from marts.rpt_channel_daily');
		expect([daily?.['cents'], channel?.['cents']]).toEqual([String(oracle.spend_cents), String(oracle.spend_cents)]);
		const [row] = await cube(at, { measures: ['channels.spend'] });
		expect(Math.round(Number(row?.['channels.spend']) * 100)).toBe(oracle.spend_cents);
	});

	describe.each(DIMENSIONS)('by %s', (dimension) => {
		test('leads: marts', async () => {
			const rows = await marts(at.home, COHORT_SQL.replace('{by}', dimension));
			expect(fromRows(COHORT, rows, 'member')).toEqual(only(COHORT, oracle.by[dimension]));
		});

		test('leads: Cube, and its rates', async () => {
			const measures = [...COHORT.map((measure) => `leads.${measure}`), 'leads.valid_rate', 'leads.order_rate'];
			const rows = await cube(at, { measures, dimensions: [`leads.${dimension}`] });
			expect(fromRows(COHORT, rows, `leads.${dimension}`, 'leads.')).toEqual(only(COHORT, oracle.by[dimension]));
			for (const row of rows) {
				const counts = oracle.by[dimension][member(row[`leads.${dimension}`])];
				if (counts === undefined) continue;
				expect(Number(row['leads.order_rate'])).toBeCloseTo(counts.order_leads / counts.leads, 8);
				expect(Number(row['leads.valid_rate'])).toBeCloseTo(counts.valid_leads / counts.leads, 8);
			}
		});
	});

	describe.each(SHOWROOM_DIMENSIONS)('showroom by %s', (dimension) => {
		test('marts', async () => {
			const rows = await marts(at.home, SHOWROOM_SQL.replace('{by}', dimension));
			expect(fromRows(SHOWROOM, rows, 'member')).toEqual(only(SHOWROOM, oracle.by[dimension]));
		});

		test('Cube', async () => {
			const rows = await cube(at, { measures: SHOWROOM.map((measure) => `funnel.${measure}`), dimensions: [`funnel.${dimension}`] });
			expect(fromRows(SHOWROOM, rows, `funnel.${dimension}`, 'funnel.')).toEqual(only(SHOWROOM, oracle.by[dimension]));
		});
	});

	/** How the page's split is called in the address, and the dimension's English name in Cube. */
	const SPLITS: [split: string, dimension: Dimension, name: string][] = [
		['region', 'region_id', 'leads.region_name_en'],
		['store', 'store_id', 'leads.store_name_en'],
		['advisor', 'advisor_id', 'leads.advisor_name_en'],
		['channel', 'channel_id', 'leads.channel_name_en']
	];

	/** Names of members as a page shows them, with their ids. */
	async function membersOf(dimension: Dimension, nameMember: string): Promise<{ name: string; counts: Counts }[]> {
		const rows = await cube(at, { measures: ['leads.leads'], dimensions: [`leads.${dimension}`, nameMember] });
		const known = rows.filter((row) => row[`leads.${dimension}`] !== null && row[`leads.${dimension}`] !== '');
		expect(known.length).toBeGreaterThan(4);
		return known.map((row) => {
			const counts = oracle.by[dimension][String(row[`leads.${dimension}`])];
			if (counts === undefined) throw new Error(`The oracle does not know ${dimension} ${row[`leads.${dimension}`]}.`);
			return { name: String(row[nameMember]), counts };
		});
	}

	async function shownAt(path: string, column: string): Promise<Record<string, string>[]> {
		const table = tables(await page(at, path)).find(({ head }) => head.some((title) => title.startsWith(column)));
		if (table === undefined) throw new Error(`${path} shows no table with the column "${column}".`);
		return records(table);
	}

	const firstCell = (row: Record<string, string>) => Object.values(row)[0];

	test.each(SPLITS)('page: the funnel by %s shows the same counts and rates', async (split, dimension, nameMember) => {
		const shown = await shownAt(`/funnel?period=all&by=${split}`, 'Valid rate');
		for (const { name, counts } of await membersOf(dimension, nameMember)) {
			const expected = {
				Leads: count(counts.leads),
				Valid: count(counts.valid_leads),
				'Valid rate': percent(counts.valid_leads, counts.leads),
				Visit: count(counts.visit_leads),
				'Test drive': count(counts.test_drive_leads),
				Order: count(counts.order_leads),
				'Order rate': percent(counts.order_leads, counts.leads)
			};
			// Two members may have one name: one of the rows must be this member's.
			expect(shown.filter((row) => firstCell(row) === name)).toContainEqual(expect.objectContaining(expected));
		}
	});

	test('page: the regions of the organisation show the same counts and rates', async () => {
		const shown = await shownAt('/organisation?period=all', 'Cancel rate');
		for (const { name, counts } of await membersOf('region_id', 'leads.region_name_en')) {
			const expected = {
				Leads: count(counts.leads),
				'Valid rate': percent(counts.valid_leads, counts.leads),
				Visits: count(counts.visit_leads),
				'Test drives': count(counts.test_drive_leads),
				Orders: count(counts.order_leads),
				'Order rate': percent(counts.order_leads, counts.leads)
			};
			expect(shown.find((row) => firstCell(row) === name)).toMatchObject(expected);
		}
	});

	test('page: the channels show the same leads and valid rates', async () => {
		const shown = await shownAt('/channels?period=all', 'Per lead');
		for (const { name, counts } of await membersOf('channel_id', 'leads.channel_name_en')) {
			const expected = { Leads: count(counts.leads), 'Valid rate': percent(counts.valid_leads, counts.leads) };
			expect(shown.find((row) => firstCell(row) === name)).toMatchObject(expected);
		}
	});
});

const asText = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)]));

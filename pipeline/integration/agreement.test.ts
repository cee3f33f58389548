/**
 * One number, counted four ways: from the raw files by an oracle that shares no code with the rest, in the marts, through Cube,
 * and as the pages show it, at every level that they list. Counts, and the rates that follow from them.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Counts, DIMENSIONS, type Dimension, type OracleCounts, UNKNOWN, countOracle } from '../../ingestion/demo/oracle/index.ts';
import { count, cube, demo, marts, page, percent, records, tables } from './support.ts';

const COHORT = [
	'leads',
	'valid_leads',
	'visit_leads',
	'test_drive_leads',
	'order_leads',
	'order_leads_net',
	'recognisable_leads',
	'known_customer_leads'
] as const;
const SHOWROOM = ['visits', 'test_drives', 'orders', 'orders_net'] as const;
type Measure = (typeof COHORT)[number] | (typeof SHOWROOM)[number];
type ByMember = Record<string, Partial<Record<Measure, number>>>;

const COHORT_SQL = `select {by} as member, count(*) as leads, count(*) filter (reached_valid and status = 'valid') as valid_leads, count(*) filter (reached_visit) as visit_leads,
	count(*) filter (reached_test_drive) as test_drive_leads, count(*) filter (reached_order) as order_leads, count(*) filter (order_is_net) as order_leads_net,
	count(is_known_customer) as recognisable_leads, count(*) filter (is_known_customer) as known_customer_leads
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
			const measures = [
				...COHORT.map((measure) => `leads.${measure}`),
				'leads.valid_rate',
				'leads.order_rate',
				'leads.known_customer_share'
			];
			const rows = await cube(at, { measures, dimensions: [`leads.${dimension}`] });
			expect(fromRows(COHORT, rows, `leads.${dimension}`, 'leads.')).toEqual(only(COHORT, oracle.by[dimension]));
			for (const row of rows) {
				const counts = oracle.by[dimension][member(row[`leads.${dimension}`])];
				if (counts === undefined) continue;
				expect(Number(row['leads.order_rate'])).toBeCloseTo(counts.order_leads / counts.leads, 8);
				expect(Number(row['leads.valid_rate'])).toBeCloseTo(counts.valid_leads / counts.leads, 8);
				const share = row['leads.known_customer_share'];
				if (counts.recognisable_leads === 0) expect(share ?? null).toBeNull();
				else expect(Number(share)).toBeCloseTo(counts.known_customer_leads / counts.recognisable_leads, 8);
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

	/** How the pages' split is called in the address, and the dimension's English name in Cube. */
	const SPLITS: [split: string, dimension: Dimension, name: string][] = [
		['region', 'region_id', 'leads.region_name_en'],
		['area', 'area_id', 'leads.area_name_en'],
		['store', 'store_id', 'leads.store_name_en'],
		['group', 'dealer_group_id', 'leads.dealer_group_name_en'],
		['inviter', 'inviter_id', 'leads.inviter_name_en'],
		['advisor', 'advisor_id', 'leads.advisor_name_en'],
		['channel', 'channel_id', 'leads.channel_name_en'],
		['campaign', 'campaign_id', 'leads.campaign_name_en']
	];
	const OF_MANAGEMENT = SPLITS.filter(([split]) => split !== 'channel' && split !== 'campaign');
	const OF_MARKETING = SPLITS.filter(([split]) => split === 'channel' || split === 'campaign');

	/** Names of members as a page shows them, with their ids. */
	async function membersOf(dimension: Dimension, nameMember: string): Promise<{ name: string; counts: Counts }[]> {
		const rows = await cube(at, { measures: ['leads.leads'], dimensions: [`leads.${dimension}`, nameMember] });
		const known = rows.filter((row) => row[`leads.${dimension}`] !== null && row[`leads.${dimension}`] !== '');
		// A demo of the tests' size has four dealer groups.
		expect(known.length).toBeGreaterThan(dimension === 'dealer_group_id' ? 3 : 4);
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

	test.each(OF_MANAGEMENT)('page: the organisation by %s shows the same counts and rates', async (split, dimension, nameMember) => {
		const shown = await shownAt(`/organisation?period=all&by=${split}`, 'Cancel rate');
		for (const { name, counts } of await membersOf(dimension, nameMember)) {
			const expected = {
				Leads: count(counts.leads),
				'Valid rate': percent(counts.valid_leads, counts.leads),
				Visits: count(counts.visit_leads),
				'Test drives': count(counts.test_drive_leads),
				Orders: count(counts.order_leads),
				'Order rate': percent(counts.order_leads, counts.leads),
				// Orders belong to regions as now by default, and to inviters by the order's own word: neither is the showroom's count by event.
				...(split === 'region' || split === 'inviter' ? {} : { 'Net orders': count(counts.orders_net) })
			};
			expect(shown.filter((row) => firstCell(row) === name)).toContainEqual(expect.objectContaining(expected));
		}
	});

	test('page: the organisation by region as then counts net orders where they happened', async () => {
		const shown = await shownAt('/organisation?period=all&by=region&hierarchy=then', 'Cancel rate');
		for (const { name, counts } of await membersOf('region_id', 'leads.region_name_en'))
			expect(shown.find((row) => firstCell(row) === name)).toMatchObject({ 'Net orders': count(counts.orders_net) });
	});

	test.each(OF_MARKETING)('page: the channels page by %s shows the same counts and rates', async (split, dimension, nameMember) => {
		const shown = await shownAt(`/channels?period=all&by=${split}`, 'Per lead');
		for (const { name, counts } of await membersOf(dimension, nameMember)) {
			const expected = {
				Leads: count(counts.leads),
				'Valid rate': percent(counts.valid_leads, counts.leads),
				'Known customers': percent(counts.known_customer_leads, counts.recognisable_leads),
				'Test drives': count(counts.test_drives),
				'Net orders': count(counts.orders_net)
			};
			expect(shown.filter((row) => firstCell(row) === name)).toContainEqual(expect.objectContaining(expected));
		}
	});

	test.each(OF_MARKETING)(
		'page: the channels page by %s, finer than spend is known, shows visits and order rates',
		async (split, dimension, nameMember) => {
			const [store] = Object.entries(oracle.by.store_id)
				.filter(([id]) => id !== UNKNOWN)
				.sort(([, a], [, b]) => b.leads - a.leads)[0] ?? [''];
			const ofStore = await cube(at, {
				measures: ['leads.leads', 'leads.visit_leads', 'leads.order_leads'],
				dimensions: [`leads.${dimension}`, nameMember],
				filters: [{ member: 'leads.store_id', operator: 'equals', values: [store] }]
			});
			const shown = await shownAt(`/channels?period=all&by=${split}&store=${store}`, 'Order rate');
			const named = ofStore.filter((row) => row[`leads.${dimension}`] !== null && row[`leads.${dimension}`] !== '');
			expect(named.length).toBeGreaterThan(2);
			for (const row of named) {
				const [leads, visits, orders] = ['leads', 'visit_leads', 'order_leads'].map((measure) => Number(row[`leads.${measure}`])) as [
					number,
					number,
					number
				];
				const expected = { Leads: count(leads), Visits: count(visits), 'Order rate': percent(orders, leads) };
				expect(shown.filter((each) => firstCell(each) === String(row[nameMember]))).toContainEqual(expect.objectContaining(expected));
			}
		}
	);

	test('page: the cockpit and the totals of each page say what the oracle counts', async () => {
		const { total } = oracle;
		const cockpit = await page(at, '/?period=all');
		for (const shown of [count(total.leads), percent(total.valid_leads, total.leads), count(total.visits), count(total.test_drives)])
			expect(cockpit).toContain(shown);
		const organisation = await page(at, '/organisation?period=all');
		for (const shown of [count(total.leads), count(total.orders_net), percent(total.order_leads, total.leads)])
			expect(organisation).toContain(shown);
		const channels = await page(at, '/channels?period=all');
		for (const shown of [count(total.leads), count(total.orders_net)]) expect(channels).toContain(shown);
	});
});

const asText = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)]));

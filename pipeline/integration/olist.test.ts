/** The real funnel of Olist: its known totals in the marts, through Cube, and as the page shows them. */
import { describe, expect, test } from 'vitest';
import { claimsFor, count, cube, marts, olist, page, tables } from './support.ts';

/** Leads and orders by the channel of the lead, as counted from the two files. */
const KNOWN: Record<string, [leads: number, orders: number]> = {
	organic_search: [2296, 271],
	paid_search: [1586, 195],
	social: [1350, 75],
	unknown: [1099, 179],
	direct_traffic: [499, 56],
	email: [493, 15],
	referral: [284, 24],
	other: [150, 4],
	display: [118, 6],
	other_publicities: [65, 3],
	'(blank)': [60, 14]
};
const LEADS = 8000;
const ORDERS = 842;
const WHOLE = 'period=all';

describe.skipIf(olist === null)('Olist', () => {
	const at = olist ?? { home: '', url: '', semanticUrl: '' };

	test('marts: leads and orders by channel', async () => {
		const rows = await marts(at.home, 'select channel_id, count(*) as leads, count(order_at) as orders from marts.fct_leads group by all');
		expect(Object.fromEntries(rows.map((row) => [row['channel_id'], [Number(row['leads']), Number(row['orders'])]]))).toEqual(KNOWN);
	});

	test('marts: deals, their people, and no money where none is known', async () => {
		const [row] = await marts(
			at.home,
			'select count(*) as orders, count(lead_id) as with_lead, count(distinct advisor_id) as advisors, count(distinct inviter_id) as inviters, count(amount) as amounts from marts.fct_orders'
		);
		expect(row).toEqual({ orders: String(ORDERS), with_lead: String(ORDERS), advisors: '22', inviters: '32', amounts: '0' });
	});

	test('marts: the deal that is dated before its lead is kept, without a duration', async () => {
		const rows = await marts(at.home, 'select lead_to_order_days from marts.fct_leads where order_at < captured_at');
		expect(rows).toEqual([{ lead_to_order_days: null }]);
	});

	test('Cube: leads, orders and their rate, in all and by channel', async () => {
		const [all] = await cube(at, { measures: ['leads.leads', 'leads.order_leads', 'leads.order_rate'] });
		expect([Number(all?.['leads.leads']), Number(all?.['leads.order_leads'])]).toEqual([LEADS, ORDERS]);
		expect(Number(all?.['leads.order_rate'])).toBeCloseTo(ORDERS / LEADS, 10);
		const rows = await cube(at, { measures: ['leads.leads', 'leads.order_leads', 'leads.order_rate'], dimensions: ['leads.channel_id'] });
		const counted = Object.fromEntries(
			rows.map((row) => [row['leads.channel_id'], [Number(row['leads.leads']), Number(row['leads.order_leads'])]])
		);
		expect(counted).toEqual(KNOWN);
		for (const row of rows) {
			const [leads, orders] = KNOWN[String(row['leads.channel_id'])] ?? [0, 0];
			expect(Number(row['leads.order_rate'])).toBeCloseTo(orders / leads, 10);
		}
	});

	test('Cube: no money is null, not zero', async () => {
		const [row] = await cube(at, { measures: ['orders.orders', 'orders.net_revenue'] });
		expect(Number(row?.['orders.orders'])).toBe(ORDERS);
		expect(row?.['orders.net_revenue'] ?? null).toBeNull();
	});

	test('no identifiers, no share that rests on them: marts, Cube and page', async () => {
		const [known] = await marts(
			at.home,
			'select (select count(is_known_customer) from marts.fct_leads) as leads, (select sum(known_customer_leads) from marts.rpt_channel_daily) as daily'
		);
		expect(known).toEqual({ leads: '0', daily: null });
		const shares = ['leads.known_customer_share', 'leads.known_customer_leads', 'leads.customer_order_rate'];
		const [ofLeads] = await cube(at, { measures: shares });
		for (const share of shares) expect(ofLeads?.[share] ?? null, share).toBeNull();
		const [ofChannels] = await cube(at, {
			measures: ['channels.known_customer_share', 'channels.known_customer_leads', 'channels.duplicate_rate']
		});
		for (const [share, value] of Object.entries(ofChannels ?? {})) expect(value, share).toBeNull();
		const [ofCustomers] = await cube(at, { measures: ['customers.repeat_share'] });
		expect(ofCustomers?.['customers.repeat_share'] ?? null).toBeNull();
		const html = await page(at, `/channels?${WHOLE}`, claimsFor(at.home, 'executive'), 'en');
		expect(html).not.toContain('Known customers');
		expect(html).not.toContain('Duplicates');
		expect(html).toContain('8,000');
	});

	test.each([
		['en', 'leads.channel_name_en'],
		['zh-CN', 'leads.channel_name_zh']
	] as const)('page (%s): the funnel split by channel shows each count and rate', async (language, nameMember) => {
		const html = await page(at, `/funnel?${WHOLE}&by=channel`, claimsFor(at.home, 'executive'), language);
		const shown = tables(html).flatMap(({ rows }) => rows);
		const names = await cube(at, { measures: ['leads.leads'], dimensions: ['leads.channel_id', nameMember] });
		expect(names.length).toBe(Object.keys(KNOWN).length);
		for (const row of names) {
			const [leads, orders] = KNOWN[String(row['leads.channel_id'])] ?? [0, 0];
			const name = String(row[nameMember]);
			const match = shown.find((cells) => cells[0] === name && cells.includes(count(leads)));
			expect(match, `${name} in ${JSON.stringify(shown.map(([first]) => first))}`).toBeDefined();
			expect(match).toContain(count(orders));
			expect(match).toContain(`${((100 * orders) / leads).toFixed(1)}%`);
		}
	});

	test('page: 8,000 leads, 842 orders, 10.5 %', async () => {
		const cockpit = await page(at, `/?${WHOLE}`);
		for (const shown of ['8,000', '842']) expect(cockpit).toContain(shown);
		const funnel = await page(at, `/funnel?${WHOLE}`);
		for (const shown of ['8,000', '842', '10.5%']) expect(funnel).toContain(shown);
	});
});

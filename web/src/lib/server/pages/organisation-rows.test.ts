import { describe, expect, test } from 'vitest';
import { parseFilters } from '#lib/filters.ts';
import type { DateRange } from '#lib/periods.ts';
import type { Answer, Row } from '../semantic.ts';
import { cohortQuery, ordersQuery, peersQuery, targetsQuery, type Asking } from './organisation-queries.ts';
import { memberRows, tableRow, totalFigures, type MemberAnswers } from './organisation-rows.ts';

const current: DateRange = ['2026-11-01', '2026-11-22'];
const horizon: DateRange = ['2026-11-01', '2026-11-30'];
const comparison: DateRange = ['2026-10-01', '2026-10-22'];

function asking(search = '', change: Partial<Asking> = {}): Asking {
	const { filters } = parseFilters(new URLSearchParams(search));
	return { filters, ranges: { current, comparison, horizon }, locale: 'en', role: 'executive', ...change };
}

const lead = (region: string | null, leads: string, more = {}) => ({
	'leads.region_id': region,
	'leads.region_name_zh': region && `${region} 区`,
	'leads.region_name_en': region && `Region ${region}`,
	'leads.leads': leads,
	...more
});

describe('questions', () => {
	test('regions as now and as then', () => {
		expect(cohortQuery(asking(), 'region').dimensions?.[0]).toBe('leads.region_id');
		expect(cohortQuery(asking('hierarchy=then'), 'region').dimensions?.[0]).toBe('leads.region_then_id');
		expect(ordersQuery(asking(), 'region').dimensions).toEqual(['orders.region_now_id']);
		expect(ordersQuery(asking('hierarchy=then'), 'region').dimensions).toEqual(['orders.region_id']);
	});

	test('a chosen region limits in the same hierarchy', () => {
		expect(cohortQuery(asking('region=R1&hierarchy=then'), 'area').filters).toEqual([
			{ member: 'leads.region_then_id', operator: 'equals', values: ['R1'] }
		]);
		expect(ordersQuery(asking('region=R1'), 'area').filters).toEqual([
			{ member: 'orders.region_now_id', operator: 'equals', values: ['R1'] }
		]);
	});

	test('peers are asked without the member’s own condition', () => {
		expect(peersQuery(asking('region=R1&store=S1'), { level: 'store' }).filters).toEqual([
			{ member: 'leads.region_id', operator: 'equals', values: ['R1'] }
		]);
	});

	test('no target for persons, for other splits, or for roles that have none', () => {
		expect(targetsQuery(asking(), 'store')).not.toBeNull();
		expect(targetsQuery(asking(), 'advisor')).toBeNull();
		expect(targetsQuery(asking('channel=c'), 'store')).toBeNull();
		expect(targetsQuery(asking('', { role: 'advisor' }), 'store')).toBeNull();
	});
});

describe('rows', () => {
	const answers: MemberAnswers = {
		cohort: [
			[lead('a', '100', { 'leads.order_rate': '0.02', 'leads.order_leads': '2' }), lead(null, '7')],
			[lead('a', '80', { 'leads.order_rate': '0.01' })]
		],
		orders: [
			[
				{ 'orders.region_now_id': 'a', 'orders.orders_net': '3' },
				{ 'orders.region_now_id': 'b', 'orders.orders_net': '1', 'orders.cancel_rate': '0.5' }
			]
		],
		targets: [
			[{ 'targets.region_id': 'a', 'targets.target': '4', 'targets.actual': '3', 'targets.attainment': '0.75' }],
			[{ 'targets.region_id': 'a', 'targets.target': '6', 'targets.actual': '3', 'targets.attainment': '0.5' }]
		]
	};
	const rows = memberRows(answers, 'region', asking(), new Map([['b', 'Region B']]));
	const row = (id: string | null) => rows.find((each) => each.id === id);

	test('cohort, orders and targets of a member stand together', () => {
		expect(row('a')).toMatchObject({
			name: 'Region a',
			leads: 100,
			orders_net: 3,
			attainment: 0.5,
			attainment_to_date: 0.75,
			target: 6,
			target_to_date: 4
		});
		expect(tableRow(row('a') as NonNullable<ReturnType<typeof row>>, '–')).toMatchObject({ leads_change: 0.25, order_rate_change: 0.01 });
	});

	test('a member with orders only has no leads, not unknown ones', () => {
		expect(row('b')).toMatchObject({
			name: 'Region B',
			leads: 0,
			order_rate: null,
			orders_net: 1,
			cancel_rate: 0.5,
			target: null,
			before: null
		});
	});

	test('what one member reached is held back, and so is the sum with it', () => {
		const held: Row = { 'targets.region_id': 'b', 'targets.target': '2', 'targets.actual': null, 'targets.attainment': null };
		const targets = answers.targets.map((rows) => [...rows, held]);
		const attained = (given: Answer) => {
			const all = memberRows({ ...answers, targets: given }, 'region', asking(), new Map());
			return totalFigures({ cohort: [], orders: [] }, all).now;
		};
		expect(attained(targets)).toMatchObject({ target: 8, actual: null, attainment: null, attainment_to_date: null });
		// A target that begins later has not been missed: what was reached is known.
		expect(attained([answers.targets[0] ?? [], targets[1] ?? []])).toMatchObject({ target: 8, actual: 3, attainment: 0.375 });
	});

	test('what belongs to nobody keeps its row and gets the page’s name', () => {
		const nobody = row(null);
		expect(nobody).toMatchObject({ name: null, leads: 7, orders_net: 0, cancel_rate: null });
		expect(tableRow(nobody as NonNullable<typeof nobody>, '(no region)').name).toBe('(no region)');
	});

	test('totals are the semantic layer’s; only targets are added up', () => {
		const total = totalFigures(
			{
				cohort: [[{ 'leads.leads': '107', 'leads.order_rate': '0.0187' }], [{ 'leads.leads': '80' }]],
				orders: [[{ 'orders.orders_net': '4' }]]
			},
			rows
		);
		expect(total.now).toMatchObject({
			leads: 107,
			order_rate: 0.0187,
			orders_net: 4,
			target: 6,
			target_to_date: 4,
			attainment: 0.5,
			attainment_to_date: 0.75
		});
		expect(total.before?.leads).toBe(80);
	});
});

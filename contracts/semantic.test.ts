import { describe, expect, test } from 'vitest';
import { loadRequest, semanticQuery } from './semantic.ts';

const refused = (query: unknown) => !semanticQuery.safeParse(query).success;

describe('the query contract', () => {
	test('fills in what a caller leaves out', () => {
		expect(semanticQuery.parse({ measures: ['leads.leads'] })).toMatchObject({ dimensions: [], filters: [], limit: 10_000, total: false });
	});

	test('takes conditions, groups of them, comparisons and orders', () => {
		const query = {
			measures: ['leads.leads'],
			timeDimensions: [
				{
					dimension: 'leads.captured_date',
					compareDateRange: [
						['2024-01-01', '2024-01-31'],
						['2023-01-01', '2023-01-31']
					]
				}
			],
			filters: [
				{ member: 'leads.status', operator: 'equals', values: ['valid', null] },
				{ or: [{ member: 'leads.city', operator: 'set' }, { and: [{ member: 'leads.leads', operator: 'gt', values: [3] }] }] }
			],
			order: { 'leads.leads': 'desc' }
		};
		expect(loadRequest.safeParse({ query, queryType: 'multi' }).success).toBe(true);
	});

	test.each([
		['nothing asked', {}],
		['an unknown key', { measures: ['leads.leads'], ungrouped: true }],
		['segments', { measures: ['leads.leads'], segments: ['leads.all'] }],
		['a member expression', { measures: [{ expression: ['return 1'], cubeName: 'leads', name: 'x' }] }],
		['another time zone', { measures: ['leads.leads'], timezone: 'Asia/Shanghai' }],
		['relative dates', { measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.captured_date', dateRange: 'last month' }] }],
		[
			'a day that does not exist',
			{ measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.captured_date', dateRange: ['2023-02-29', '2023-03-01'] }] }
		],
		[
			'a range backwards',
			{ measures: ['leads.leads'], timeDimensions: [{ dimension: 'leads.captured_date', dateRange: ['2023-03-02', '2023-03-01'] }] }
		],
		[
			'operators on times that answer wrongly',
			{ measures: ['leads.leads'], filters: [{ member: 'leads.captured_date', operator: 'beforeOrOnDate', values: ['2023-03-02'] }] }
		],
		['too many rows', { measures: ['leads.leads'], limit: 50_001 }],
		['a member without its view', { measures: ['leads'] }]
	])('refuses %s', (_, query) => {
		expect(refused(query)).toBe(true);
	});
});

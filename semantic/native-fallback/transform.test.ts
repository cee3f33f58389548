import { describe, expect, test } from 'vitest';
import { HiddenMemberError, transform, type TransformRequest } from './transform.ts';

const raw = {
	members: ['leads__day', 'leads__city', 'leads__count', 'leads__won'],
	columns: [
		['2024-01-01T00:00:00.000Z', null],
		['北京', null],
		[3, 12n],
		[true, null]
	]
};

const request: TransformRequest = {
	aliasToMemberNameMap: { leads__day: 'leads.at.day', leads__city: 'leads.city', leads__count: 'leads.count', leads__won: 'leads.won' },
	annotation: {
		'leads.at.day': { type: 'time' },
		'leads.city': { type: 'string' },
		'leads.count': { type: 'number' },
		'leads.won': { type: 'boolean' }
	},
	query: { dimensions: ['leads.city', 'leads.won'], timeDimensions: [{ dimension: 'leads.at', granularity: 'day' }] }
};

describe('shapes', () => {
	test('rows of objects by default; numbers as strings, times without zone, nothing as null', () => {
		expect(transform(request, raw)).toEqual([
			{
				'leads.at.day': '2024-01-01T00:00:00.000',
				'leads.city': '北京',
				'leads.count': '3',
				'leads.won': true,
				'leads.at': '2024-01-01T00:00:00.000'
			},
			{ 'leads.at.day': null, 'leads.city': null, 'leads.count': '12', 'leads.won': null, 'leads.at': null }
		]);
	});

	test('compact: members once, then rows of cells', () => {
		expect(transform({ ...request, resType: 'compact' }, raw)).toEqual({
			members: ['leads.at.day', 'leads.city', 'leads.count', 'leads.won', 'leads.at'],
			dataset: [
				['2024-01-01T00:00:00.000', '北京', '3', true, '2024-01-01T00:00:00.000'],
				[null, null, '12', null, null]
			]
		});
	});

	test('columnar: members once, then columns of cells', () => {
		const answer = transform({ ...request, resType: 'columnar' }, raw) as { members: string[]; columns: unknown[][] };
		expect(answer.members[2]).toBe('leads.count');
		expect(answer.columns[2]).toEqual(['3', '12']);
	});

	test.each(['default', 'compact', 'columnar'] as const)('no rows are no rows: %s', (resType) => {
		const empty = { default: [], compact: { members: [], dataset: [] }, columnar: { members: [], columns: [] } };
		expect(transform({ ...request, resType }, { members: [], columns: [] })).toEqual(empty[resType]);
	});
});

describe('members', () => {
	test('a hidden member is refused, an unknown column too', () => {
		expect(() => transform({ ...request, annotation: { ...request.annotation, 'leads.city': undefined } }, raw)).toThrow(HiddenMemberError);
		expect(() => transform({ ...request, aliasToMemberNameMap: {} }, raw)).toThrow(/no member asked for/);
	});

	test('a time of several granularities is also answered bare, with the finest', () => {
		const both: TransformRequest = {
			aliasToMemberNameMap: { m: 'leads.at.month', d: 'leads.at.day', y: 'leads.at.year' },
			annotation: { 'leads.at.month': { type: 'time' }, 'leads.at.day': { type: 'time' }, 'leads.at.year': { type: 'time' } },
			query: {}
		};
		const [row] = transform(both, { members: ['m', 'd', 'y'], columns: [['2024-02-01'], ['2024-02-29'], ['2024-01-01']] }) as Record<
			string,
			unknown
		>[];
		expect(row?.['leads.at']).toBe('2024-02-29T00:00:00.000');
	});

	test('a bare time that was asked for itself stays what it is', () => {
		const asked: TransformRequest = {
			aliasToMemberNameMap: { at: 'leads.at', d: 'leads.at.day' },
			annotation: { 'leads.at': { type: 'time' }, 'leads.at.day': { type: 'time' } },
			query: { dimensions: ['leads.at'] }
		};
		expect(transform(asked, { members: ['at', 'd'], columns: [['2024-02-29 13:14:15.5'], ['2024-02-29']] })).toEqual([
			{ 'leads.at': '2024-02-29T13:14:15.500', 'leads.at.day': '2024-02-29T00:00:00.000' }
		]);
	});

	test('compared periods say which they are', () => {
		const compared: TransformRequest = {
			...request,
			queryType: 'compareDateRangeQuery',
			query: {
				timeDimensions: [{ dimension: 'leads.at', granularity: 'day', dateRange: ['2024-01-01T00:00:00.000', '2024-01-31T23:59:59.999'] }]
			}
		};
		const rows = transform(compared, raw) as Record<string, unknown>[];
		expect(rows.map((row) => row.compareDateRange)).toEqual(Array(2).fill('2024-01-01T00:00:00.000 - 2024-01-31T23:59:59.999'));
	});

	test('blended queries share a time', () => {
		const rows = transform({ ...request, queryType: 'blendingQuery' }, raw) as Record<string, unknown>[];
		expect(rows[0]?.['time.day']).toBe('2024-01-01T00:00:00.000');
	});
});

test.each([
	['2024-01-02', '2024-01-02T00:00:00.000'],
	['2024-01-02 03:04', '2024-01-02T03:04:00.000'],
	['2024-01-02 03:04:05', '2024-01-02T03:04:05.000'],
	['2024-01-02T03:04:05.678901Z', '2024-01-02T03:04:05.678'],
	['2024-01-02 03:04:05+00', '2024-01-02T03:04:05.000'],
	['2024-01-02 03:04:05 UTC', '2024-01-02T03:04:05.000'],
	['2024-01-02T03:04:05+08:00', '2024-01-01T19:04:05.000'],
	['no time', 'no time']
])('a time written %s', (written, answered) => {
	const one: TransformRequest = { aliasToMemberNameMap: { t: 'v.t' }, annotation: { 'v.t': { type: 'time' } }, query: {} };
	expect(transform(one, { members: ['t'], columns: [[written]] })).toEqual([{ 'v.t': answered }]);
});

test('large and small numbers lose no digit', () => {
	const one: TransformRequest = { aliasToMemberNameMap: { n: 'v.n' }, annotation: { 'v.n': { type: 'number' } }, query: {} };
	expect(transform(one, { members: ['n'], columns: [['12345678901234567890.12', 0.1, -0, 9007199254740993n]] })).toEqual(
		['12345678901234567890.12', '0.1', '0', '9007199254740993'].map((n) => ({ 'v.n': n }))
	);
});

import { describe, expect, test } from 'vitest';
import { semanticQuery, type SemanticQueryInput } from '../../contracts/semantic.ts';
import { answerKey, questionKey } from './key.ts';

const key = (query: SemanticQueryInput, version = 'v1', scope = '*', kind = 'load') =>
	answerKey(version, questionKey(scope, kind, semanticQuery.parse(query)));
const one: SemanticQueryInput = {
	measures: ['a.b'],
	filters: [
		{ member: 'a.c', operator: 'equals', values: ['x', 'y'] },
		{ member: 'a.d', operator: 'set' }
	]
};

describe('the same question', () => {
	test.each<[string, SemanticQueryInput]>([
		['with its filters in another order', { ...one, filters: [...(one.filters ?? [])].reverse() }],
		[
			'with its values in another order, or twice',
			{
				...one,
				filters: [
					{ member: 'a.c', operator: 'equals', values: ['y', 'x', 'y'] },
					{ member: 'a.d', operator: 'set' }
				]
			}
		],
		['with what is filled in written out', { ...one, limit: 10_000, offset: 0, dimensions: [], responseFormat: 'default' }]
	])('%s', (_, other) => {
		expect(key(other)).toBe(key(one));
	});
});

describe('another question', () => {
	test.each<[string, string]>([
		['of another version', key(one, 'v2')],
		['by somebody who sees something else', key(one, 'v1', 'region_id:["a"]')],
		['for the statement', key(one, 'v1', '*', 'sql')],
		['with another filter', key({ ...one, filters: [] })],
		['of another length', key({ ...one, limit: 5 })],
		['in another order', key({ ...one, order: [['a.b', 'asc']] })]
	])('%s', (_, other) => {
		expect(other).not.toBe(key(one));
	});

	test('a period and the same days the other way round are not alike', () => {
		const between = (from: string, to: string) =>
			key({ measures: ['a.b'], filters: [{ member: 'a.t', operator: 'inDateRange', values: [from, to] }] });
		expect(between('2024-01-01', '2024-01-02')).not.toBe(between('2024-01-01', '2024-01-03'));
	});
});

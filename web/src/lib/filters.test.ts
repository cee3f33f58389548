import { describe, expect, test } from 'vitest';
import { parseFilters, resolvePeriod } from './filters.ts';
import { sharedParameters, withParameters } from './parameters.ts';

const parse = (search: string) => parseFilters(new URLSearchParams(search));
const dates = { first: '2025-06-01', last: '2026-11-22' };

describe('search parameters', () => {
	test('nothing given: the latest month, compared with the one before', () => {
		const { filters, notices } = parse('');
		expect(notices).toEqual([]);
		expect(filters).toMatchObject({ compare: 'previous', basis: 'cohort', region: [] });
		expect(resolvePeriod(filters, dates)).toMatchObject({ from: '2026-11-01', to: '2026-11-22', preset: 'mtd' });
	});

	test('members repeat, single values take the last', () => {
		const { filters } = parse('region=R1&region=R2&compare=year&compare=none');
		expect(filters.region).toEqual(['R1', 'R2']);
		expect(filters.compare).toBe('none');
	});

	test('unknown and bad values are named, left out, and never fatal', () => {
		const { filters, notices } = parse('regoin=R1&compare=yesterday&from=2026-02-30&to=2026-03-01&store=S1');
		expect(filters).toMatchObject({ compare: 'previous', store: ['S1'], from: undefined, to: undefined });
		expect(notices).toEqual(
			expect.arrayContaining([
				{ key: 'regoin', value: 'R1', kind: 'unknown' },
				{ key: 'compare', value: 'yesterday', kind: 'invalid' },
				{ key: 'from', value: '2026-02-30', kind: 'invalid' }
			])
		);
	});

	test('a range that ends before it begins falls back', () => {
		expect(parse('from=2026-03-02&to=2026-03-01')).toMatchObject({
			filters: { from: undefined },
			notices: [{ key: 'from', kind: 'invalid' }]
		});
	});

	test('keys of objects are no filters', () => {
		expect(parse('__proto__=1&constructor=2').notices.length).toBeGreaterThan(0);
	});

	test('empty fields of a form are nothing', () => {
		expect(parse('from=&to=&region=').notices).toEqual([]);
	});
});

test('addresses change by one parameter and keep the rest', () => {
	const url = { pathname: '/funnel', search: '?region=R1&by=store' };
	expect(withParameters(url, { region: ['R2', 'R3'] })).toBe('/funnel?by=store&region=R2&region=R3');
	expect(withParameters(url, { region: null, by: null })).toBe('/funnel');
	expect(sharedParameters('?region=R1&by=store&period=ytd')).toBe('?period=ytd&region=R1');
});

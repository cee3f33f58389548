import { expect, test } from 'vitest';
import { z } from 'zod';
import { sightFields } from './sight-form.ts';

const schema = z.strictObject(sightFields);
const scopeOf = (scope: unknown) => schema.safeParse({ role: 'region_manager', scope }).data?.scope;

test('each field names a member; those of one kind are one scope', () => {
	expect(scopeOf(['store_id:S7', 'region_id:R2', 'region_id: R1 ', 'region_id:R2'])).toEqual([
		{ dimension: 'region_id', ids: ['R2', 'R1'] },
		{ dimension: 'store_id', ids: ['S7'] }
	]);
	expect(scopeOf('advisor_id:a:b,c')).toEqual([{ dimension: 'advisor_id', ids: ['a:b,c'] }]);
	expect(scopeOf(undefined)).toEqual([]);
});

test.each(['', 'region_id', 'region_id:', 'region_id: ', 'region_id=R1', 'city:1', 'leads.region_id:R1', 'Region_id:R1'])(
	'%j is no member, and nothing of the form is taken',
	(bad) => {
		expect(scopeOf(bad)).toBeUndefined();
		expect(scopeOf(['region_id:R1', bad])).toBeUndefined();
	}
);

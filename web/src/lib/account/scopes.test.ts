import { expect, test } from 'vitest';
import { firstMembers, scopeWords } from './scopes.ts';

const kinds = {
	region_id: 'Region',
	area_id: 'Area',
	dealer_group_id: 'Group',
	store_id: 'Store',
	inviter_id: 'Inviter',
	advisor_id: 'Advisor'
};

test('a scope in words names the first of each kind and counts the rest', () => {
	const scopes = [
		{ dimension: 'region_id' as const, ids: ['east'] },
		{ dimension: 'store_id' as const, ids: ['S1', 'S2', 'S3', 'S4', 'S5'] }
	];
	const named = [{ dimension: 'region_id' as const, id: 'east', zh: '华东', en: 'East China' }];
	expect(firstMembers(scopes).map(({ ids }) => ids.length)).toEqual([1, 3]);
	expect(scopeWords(scopes, named, 'en', kinds)).toBe('Region East China · Store S1, S2, S3 +2');
	expect(scopeWords(scopes.slice(0, 1), named, 'zh-CN', { ...kinds, region_id: '大区' })).toBe('大区 华东');
	expect(scopeWords([], [], 'en', kinds)).toBe('');
});

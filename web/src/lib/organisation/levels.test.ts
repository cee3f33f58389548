import { describe, expect, test } from 'vitest';
import { crumbs, drillHref, focusOf, levelOf, type LevelFilters } from './levels.ts';

const filters = (change: Partial<LevelFilters> = {}): LevelFilters => ({
	region: [],
	area: [],
	store: [],
	group: [],
	advisor: [],
	inviter: [],
	...change
});

describe('the level', () => {
	test('starts where the reader’s own responsibility starts', () => {
		expect(levelOf(filters(), 'executive')).toBe('region');
		expect(levelOf(filters(), 'region_manager')).toBe('area');
		expect(levelOf(filters(), 'store_manager')).toBe('advisor');
		expect(levelOf(filters(), 'advisor')).toBe('leads');
	});

	test('goes one deeper than the chosen member', () => {
		expect(levelOf(filters({ region: ['R1'] }), 'executive')).toBe('area');
		expect(levelOf(filters({ region: ['R1'], area: ['A1'] }), 'executive')).toBe('store');
		expect(levelOf(filters({ store: ['S1'] }), 'executive')).toBe('advisor');
		expect(levelOf(filters({ store: ['S1'], inviter: ['I1'] }), 'executive')).toBe('leads');
	});

	test('stays where several are compared, and is what the address asks for', () => {
		expect(levelOf(filters({ region: ['R1', 'R2'] }), 'executive')).toBe('region');
		expect(levelOf(filters({ region: ['R1'], by: 'inviter' }), 'executive')).toBe('inviter');
		expect(levelOf(filters({ region: ['R1'], by: 'channel' }), 'executive')).toBe('area');
	});
});

test('a brand without regions and stores starts with its people', () => {
	expect(levelOf(filters(), 'executive', () => false)).toBe('inviter');
	expect(levelOf(filters(), 'executive', (level) => level === 'store')).toBe('store');
	expect(levelOf(filters({ inviter: ['I1'] }), 'executive', () => false)).toBe('leads');
});

test('the focus is the deepest single member', () => {
	expect(focusOf(filters())).toBeNull();
	expect(focusOf(filters({ region: ['R1'], store: ['S1'] }))).toEqual({ level: 'store', id: 'S1' });
	expect(focusOf(filters({ store: ['S1', 'S2'] }))).toBeNull();
});

describe('addresses', () => {
	const url = { pathname: '/organisation', search: '?period=last_30&region=R1&by=store&sort=-leads' };

	test('a drill keeps the period and drops split and order', () => {
		expect(drillHref(url, 'store', 'S 1')).toBe('/organisation?period=last_30&region=R1&store=S+1');
	});

	test('crumbs lead back, the last one stays', () => {
		const path = crumbs(
			{ pathname: '/organisation', search: '?period=last_30&region=R1&area=A1' },
			filters({ region: ['R1'], area: ['A1'] })
		);
		expect(path.map((crumb) => crumb.href)).toEqual(['/organisation?period=last_30', '/organisation?period=last_30&region=R1', null]);
		expect(path.map((crumb) => crumb.id)).toEqual([null, 'R1', 'A1']);
	});
});

import { ROLE_SCOPE, type Role } from '../../../../../contracts/claims.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseFilters } from '#lib/filters.ts';
import { customPeriod } from '#lib/periods.ts';
import type { Answer, Query } from '../semantic.ts';
import { channelLevel, channelTableRow, loadChannels, modelTableRow } from './channels.ts';

const asked: Record<string, Query | null>[] = [];
let answers: Record<string, Answer> = {};

vi.mock('../semantic.ts', async (original) => ({
	...(await original<typeof import('../semantic.ts')>()),
	ask: (_: unknown, queries: Record<string, Query | null>) => {
		asked.push(queries);
		return Promise.resolve(answers);
	}
}));

function asRole(role: Role) {
	const dimension = ROLE_SCOPE[role];
	return { claims: { sub: 'test', role, scopes: dimension ? [{ dimension, ids: ['x'] }] : [], tenant: 't' }, queries: 0 };
}
const locals = asRole('executive');
const period = customPeriod(['2026-11-01', '2026-11-30']);
const filters = (search = '') => parseFilters(new URLSearchParams(search)).filters;

beforeEach(() => asked.splice(0));

describe('where spend is known', () => {
	beforeEach(() => {
		const row = (id: string, more: Record<string, string | null>) => ({
			'channels.channel_id': id,
			'channels.channel_name_zh': `渠道 ${id}`,
			...more
		});
		answers = {
			rows: [
				[
					row('a', {
						'channels.spend': '1000.00',
						'channels.leads': '10',
						'channels.cost_per_order': '500',
						'channels.order_credit_linear': '1.5'
					}),
					row('b', { 'channels.spend': null, 'channels.leads': '4', 'channels.cpl': null }),
					row('empty', { 'channels.spend': null, 'channels.leads': '0' })
				],
				[row('a', { 'channels.cost_per_order': '400' })]
			],
			total: [[{ 'channels.spend': '1000.00', 'channels.cpl': '71.43' }], [{ 'channels.spend': '900.00' }]]
		};
	});

	test('one question for the rows, one for the total', async () => {
		const page = await loadChannels(locals, filters(), period, 'zh-CN', true);
		expect(asked).toHaveLength(1);
		expect(Object.keys(asked[0] ?? {})).toEqual(['rows', 'total']);
		expect(page.hasSpend).toBe(true);
		expect(page.total.now.cpl).toBe(71.43);
	});

	test('no spend is absent, not 0; rows without any figure are left out', async () => {
		const { rows } = await loadChannels(locals, filters(), period, 'zh-CN', true);
		expect(rows.map((row) => row.id)).toEqual(['a', 'b']);
		expect(rows[1]).toMatchObject({ name: '渠道 b', spend: null, cpl: null, leads: 4 });
	});

	test('changes and gaps between models', async () => {
		const { rows } = await loadChannels(locals, filters(), period, 'zh-CN', true);
		const [first] = rows;
		expect(first && channelTableRow(first).cost_per_order_change).toBe(0.25);
		expect(first && modelTableRow(first)).toEqual({ first_touch: 0, last_touch: 0, last_non_direct: 0, linear: 1.5, shift: 1.5 });
	});
});

describe('where it is not', () => {
	beforeEach(() => {
		answers = {
			cohort: [[{ 'leads.channel_id': 'a', 'leads.channel_name_zh': '渠道 a', 'leads.leads': '10', 'leads.visit_leads': '3' }], []],
			cohortTotal: [[{ 'leads.leads': '10' }], []],
			events: [[{ 'funnel.channel_id': 'walk_in', 'funnel.orders_net': '2', 'funnel.test_drives': '5' }], []],
			eventsTotal: [[{ 'funnel.orders_net': '2' }], []]
		};
	});

	test.each([
		['a store', 'store=S1', 'executive', true],
		['a role below the region', '', 'store_manager', true],
		['no spend landed', '', 'executive', false]
	] as const)('%s: leads and events instead, without costs', async (_, search, role, landed) => {
		const page = await loadChannels(asRole(role), filters(search), period, 'zh-CN', landed);
		expect(page.hasSpend).toBe(false);
		expect(Object.keys(asked[0] ?? {})).toEqual(['cohort', 'cohortTotal', 'events', 'eventsTotal']);
		expect(page.rows.map((row) => [row.id, row.leads, row.visits, row.orders_net, row.spend])).toEqual([
			['a', 10, 3, 0, null],
			['walk_in', 0, 0, 2, null]
		]);
	});
});

test('a chosen channel shows its campaigns, unless the address says otherwise', () => {
	expect(channelLevel(filters())).toBe('channel');
	expect(channelLevel(filters('channel=a'))).toBe('campaign');
	expect(channelLevel(filters('channel=a&channel=b'))).toBe('channel');
	expect(channelLevel(filters('channel=a&by=channel'))).toBe('channel');
});

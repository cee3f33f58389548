import { describe, expect, test, vi } from 'vitest';
import './native-fallback/install.ts';
import type { Context } from './cube.ts';
import { Cube } from './cube.ts';
import { Statements, type Made, type Normalised } from './statements.ts';

interface ModelApi {
	getSql: (query: Normalised) => Promise<Made>;
}

const context: Context = { securityContext: { version: 'model', place: { file: '' }, rollups: true, who: null }, requestId: 'test' };

const question = (from: string, to: string, channels: string[], store: string, more: object = {}): Normalised => ({
	...{
		measures: ['leads.leads', 'leads.order_rate'],
		dimensions: ['leads.region_id'],
		segments: [],
		timezone: 'UTC',
		order: [],
		limit: 100
	},
	timeDimensions: [{ dimension: 'leads.captured_date', granularity: 'month', dateRange: [`${from}T00:00:00.000`, `${to}T23:59:59.999`] }],
	filters: [
		{ member: 'leads.channel_id', operator: 'equals', values: channels },
		{
			or: [
				{ member: 'leads.store_id', operator: 'equals', values: [store] },
				{ member: 'leads.advisor_id', operator: 'equals', values: ['A1'] }
			]
		}
	],
	...more
});

describe('a statement by shape is the statement that Cube writes', () => {
	const cube = new Cube({
		driver: { access: 'read', memory: '64MB', threads: 1, seconds: 5, connections: 1 },
		rewrite: (query) => query,
		log: () => undefined
	});
	const facts = { measures: ['leads.customers'], dimensions: [] };
	const orders = { measures: ['orders.orders_net'], dimensions: ['orders.channel_id'], timeDimensions: [] };
	const filteredBy = (member: string, operator: string, ...values: unknown[]) => ({ filters: [{ member, operator, values }] });
	test.each([
		['from a rollup', question('2026-01-01', '2026-03-31', ['c1'], 'S1')],
		['of another time, with a quote in a value', question('2025-01-01', '2025-12-31', ["c'2"], 'a "store" \\ $& ?')],
		['with more values', question('2025-01-01', '2025-12-31', ['c2', 'c3', 'c2'], 'S1')],
		['from a fact', question('2026-01-01', '2026-03-31', ['c1'], 'S1', facts)],
		[
			'of a part of a day',
			{
				...question('2026-01-01', '2026-03-31', ['c1'], 'S1'),
				...filteredBy('leads.captured_date', 'inDateRange', '2026-01-01T05:00:00.000', '2026-01-02T00:00:00.000')
			}
		],
		['with a day among its values', question('2026-01-01', '2026-03-31', ['1200-01-01', '1200-01-02T00:00:00.000'], 'S1')],
		[
			'without a time',
			question('2026-01-01', '2026-03-31', [], '', { ...orders, ...filteredBy('orders.channel_id', 'notEquals', 'c1', 'c2') })
		],
		[
			'with nothing among its values',
			question('2026-01-01', '2026-03-31', [], '', { ...orders, ...filteredBy('orders.channel_id', 'equals', null, 'c2') })
		],
		['with a truth', question('2026-01-01', '2026-03-31', [], '', { ...orders, ...filteredBy('orders.is_cancelled', 'equals', 'true') })],
		[
			'with a limit on a figure',
			question('2026-01-01', '2026-03-31', [], '', { ...orders, ...filteredBy('orders.orders_net', 'gt', '3') })
		],
		[
			'with a part of a text',
			question('2026-01-01', '2026-03-31', [], '', { ...orders, ...filteredBy('orders.channel_id', 'contains', 'x') })
		]
	])('%s', async (_, query) => {
		const api = (await cube.core.getCompilerApi(context as never)) as unknown as ModelApi;
		const asCubeWrites = await (Object.getPrototypeOf(api) as ModelApi).getSql.call(api, query);
		const first = await api.getSql(query);
		const again = await api.getSql(query);
		for (const made of [first, again]) {
			expect(made.sql).toEqual(asCubeWrites.sql);
			const { canUseTransformedQuery: _one, ...rest } = made;
			const { canUseTransformedQuery: _other, ...expected } = asCubeWrites;
			expect(JSON.parse(JSON.stringify(rest))).toEqual(JSON.parse(JSON.stringify(expected)));
		}
	});
});

describe('statements', () => {
	const made = (query: Normalised): Made => ({ sql: ['select ?, ?', (query.filters ?? []).flatMap(({ values }) => values ?? [])] });
	const asking = (...values: unknown[]): Normalised => ({ filters: [{ operator: 'equals', values }] });

	test('are written once for a shape', async () => {
		const make = vi.fn((query: Normalised) => Promise.resolve(made(query)));
		const statements = new Statements();
		expect((await statements.get('', asking('a', 'b'), make)).sql?.[1]).toEqual(['a', 'b']);
		expect((await statements.get('', asking('c', 'c'), make)).sql?.[1]).toEqual(['c', 'c']);
		expect(make).toHaveBeenCalledTimes(1);
		expect((await statements.get('', asking('c'), make)).sql?.[1]).toEqual(['c']);
		expect((await statements.get('other', asking('c'), make)).sql?.[1]).toEqual(['c']);
		expect(make).toHaveBeenCalledTimes(3);
	});

	test('whose text depends on a value are written for each', async () => {
		const make = (query: Normalised) =>
			Promise.resolve<Made>({ sql: [`select '${String(made(query).sql?.[1][0])}'`, made(query).sql?.[1] ?? []] });
		const statements = new Statements();
		expect((await statements.get('', asking('a'), make)).sql?.[0]).toBe("select 'a'");
		expect((await statements.get('', asking('b'), make)).sql?.[0]).toBe("select 'b'");
	});

	test('that leave a value out are written for each', async () => {
		const make = (query: Normalised) =>
			Promise.resolve<Made>({ sql: [JSON.stringify(made(query).sql?.[1]).includes('a') ? 'one' : 'two', []] });
		const statements = new Statements();
		expect((await statements.get('', asking('b'), make)).sql?.[0]).toBe('two');
		expect((await statements.get('', asking('a'), make)).sql?.[0]).toBe('one');
	});

	test('what is wrong is said of the question itself', async () => {
		const make = (query: Normalised) => Promise.reject<Made>(new Error(`no ${JSON.stringify(query.filters)}`));
		await expect(new Statements().get('', asking('a'), make)).rejects.toThrow('"a"');
	});
});

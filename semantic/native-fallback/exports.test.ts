import { describe, expect, test } from 'vitest';
import { fallbackExports, NativeAddonError, newJinjaEngine } from './exports.ts';
import { installFallback } from './install.ts';
import { getFinalQueryResult, getFinalQueryResultMulti } from './results.ts';
import type { TransformRequest } from './transform.ts';

const td: TransformRequest = {
	aliasToMemberNameMap: { n: 'v.n' },
	annotation: { 'v.n': { type: 'number' } },
	query: {},
	queryType: 'regularQuery'
};
const raw = { members: ['n'], columns: [[1]] };
const read = (bytes: ArrayBuffer) => JSON.parse(Buffer.from(bytes).toString()) as unknown;

describe('final results', () => {
	test('one: what is said of the result, with its data, as bytes', async () => {
		const bytes = await getFinalQueryResult(td, raw, { slowQuery: false, query: { limit: 1 } });
		expect(bytes).toBeInstanceOf(ArrayBuffer);
		expect(read(bytes)).toEqual({ slowQuery: false, query: { limit: 1 }, data: [{ 'v.n': '1' }] });
	});

	test('what is no number is nothing', async () => {
		const odd = { members: ['n'], columns: [[NaN, Infinity, undefined, null, 12n, 0.5]] };
		const values = [null, null, null, null, '12', '0.5'];
		expect(read(await getFinalQueryResult(td, odd, {}))).toEqual({ data: values.map((value) => ({ 'v.n': value })) });
	});

	test('several: each with its data, and a query to pivot by', async () => {
		const queries = [
			{ measures: ['v.n'], dimensions: ['v.a'] },
			{ measures: ['v.n'], dimensions: ['v.a'] }
		];
		const multi = (queryType: string, results = queries.map((query) => ({ query }))) =>
			getFinalQueryResultMulti([td, td], [raw, raw], { queryType, results }).then(read) as Promise<{
				results: { data: unknown }[];
				pivotQuery: unknown;
				slowQuery: boolean;
			}>;
		const compared = await multi('compareDateRangeQuery');
		expect(compared.results.map(({ data }) => data)).toEqual([[{ 'v.n': '1' }], [{ 'v.n': '1' }]]);
		expect(compared.pivotQuery).toEqual({ measures: ['v.n'], dimensions: ['compareDateRange', 'v.a'], queryType: 'compareDateRangeQuery' });
		expect(compared.slowQuery).toBe(false);

		const blended = await multi('blendingQuery', [
			{ query: { measures: ['v.n'], dimensions: ['v.a'], timeDimensions: [{ dimension: 'v.t', granularity: 'day' }] } as never },
			{ query: { measures: ['w.n'], dimensions: ['v.a'] } as never }
		]);
		expect(blended.pivotQuery).toEqual({
			measures: ['v.n', 'w.n'],
			dimensions: ['v.a'],
			timeDimensions: [{ dimension: 'time', granularity: 'day' }],
			queryType: 'blendingQuery'
		});
		expect((await multi('regularQuery')).pivotQuery).toEqual({ measures: ['v.n'], dimensions: ['v.a'], queryType: 'regularQuery' });
	});

	test('a hidden member rejects the answer', async () => {
		await expect(getFinalQueryResult({ ...td, annotation: {} }, raw, {})).rejects.toThrow(/hidden member: 'v.n'/);
	});
});

describe('the other exports', () => {
	test('literals are taken out of SQL', () => {
		expect(fallbackExports.redactSqlLiterals("select 'a''b', 1 where x = '13800000000' and y = ''")).toBe(
			"select 'redacted', 1 where x = 'redacted' and y = 'redacted'"
		);
	});

	test('loggers do nothing, the fallback says that it is one, shutting down is easy', async () => {
		expect(fallbackExports.setupLogger()).toBeUndefined();
		expect(fallbackExports.resetLogger()).toBeUndefined();
		expect(fallbackExports.isFallbackBuild()).toBe(true);
		await expect(fallbackExports.shutdownInterface()).resolves.toBeUndefined();
	});

	test.each(['registerInterface', 'execSql', 'sql4sql', 'rest4sql', 'parseCubestoreResultMessage'] as const)(
		'%s rejects with a clear sentence',
		async (name) => {
			await expect(fallbackExports[name]()).rejects.toThrow(NativeAddonError);
		}
	);

	test.each(['buildSqlAndParams', 'getCubestoreResult'] as const)('%s throws a clear sentence', (name) => {
		expect(() => fallbackExports[name]()).toThrow(/needs Cube's native addon/);
	});

	test('an engine for templates can be made, and refuses to render', async () => {
		const jinja = newJinjaEngine();
		expect(() => jinja.loadTemplate()).toThrow(NativeAddonError);
		await expect(jinja.renderTemplate()).rejects.toThrow(/Jinja template in a model/);
	});
});

describe('installing', () => {
	const native = (loadNative: () => unknown) =>
		({
			loadNative,
			isFallbackBuild: () => false,
			NativeInstance: class {},
			ResultWrapper: class {},
			rowsToColumnar: () => raw
		}) as unknown as Parameters<typeof installFallback>[0];

	test('the real addon wins', () => {
		const [addon, env] = [native(() => ({})), {} as Record<string, string>];
		expect(installFallback(addon, env)).toBe('addon');
		expect((addon?.isFallbackBuild as () => boolean)()).toBe(false);
		expect(env).toEqual({});
	});

	test('without it, every export is there and the planners that need it are off', () => {
		const env: Record<string, string> = {};
		const missing = native(() => {
			throw new Error('Unable to load');
		});
		expect(installFallback(missing, env)).toBe('fallback');
		expect(Object.keys(missing ?? {})).toEqual(expect.arrayContaining(Object.keys(fallbackExports)));
		expect(missing?.NativeInstance.prototype.newJinjaEngine).toBe(newJinjaEngine);
		expect(missing?.ResultWrapper.prototype.getRawData()).toEqual([raw]);
		expect(env).toEqual({ CUBEJS_TESSERACT_SQL_PLANNER: 'false', CUBEJS_TRANSPILATION_NATIVE: 'false' });
	});
});

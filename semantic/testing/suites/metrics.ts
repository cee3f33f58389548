/** Every measure of every view, as Cube answers it, against plain SQL on the marts; from rollups and from facts; for all and for one. */
import { describe, expect, test } from 'vitest';
import { ROLE_SCOPE, type Claims } from '../../../contracts/claims.ts';
import type { Cell, LoadResult, MetaResult, Row, SemanticQueryInput } from '../../../contracts/semantic.ts';
import { oracles, quality, type Oracle } from '../oracles/index.ts';
import { as, signed, type Place } from '../place.ts';

type Ask = () => Place;

const executive = as('executive');

export function metrics(place: Ask): void {
	describe.each(oracles)('$view', (oracle) => {
		const all = { ...oracle.additive, ...oracle.others };

		test('has an oracle for each measure, and no other', async () => {
			expect(Object.keys(all).sort()).toEqual(await measuresOf(place(), oracle.view));
		});

		test('in total', async () => {
			await compare(place(), oracle, all, { who: executive });
		});

		test('for part of the time, by a dimension that no rollup has', async () => {
			await compare(place(), oracle, all, { who: executive, group: oracle.groups.inFact, range: await middle(place(), oracle) });
		});

		if (Object.keys(oracle.additive).length > 0)
			test('from rollups, for part of the time', async () => {
				const used = await compare(place(), oracle, oracle.additive, {
					who: executive,
					group: oracle.groups.inRollup,
					range: await middle(place(), oracle)
				});
				expect(Object.keys(used.usedPreAggregations ?? {})).toHaveLength(1);
			});

		if (oracle.scope)
			test('for one who sees a part, by month', async () => {
				const { who, where } = await scoped(place(), oracle);
				await compare(place(), oracle, all, { who, where });
				await compare(place(), oracle, all, { who, where, group: oracle.groups.inFact, range: await middle(place(), oracle) });
				await compare(place(), oracle, oracle.additive, { who, where, months: true });
				await compare(place(), oracle, oracle.others, { who, where, months: true });
			});
	});

	describe.each(Object.entries(quality))('quality: %s', (report, { table, group, measures }) => {
		const oracle: Oracle = { view: 'quality', table, time: '', groups: { inFact: group }, additive: {}, others: {} };
		const named = Object.fromEntries(Object.entries(measures).map(([name, sql]) => [`${report}_${name}`, sql]));

		// No row of it belongs to a store or a person, so the second role is another one of headquarters.
		test.each(['executive', 'analyst'] as const)('in total and by group, for %s', async (role) => {
			const who = as(role);
			await compare(place(), oracle, named, { who });
			await compare(place(), oracle, named, { who, group: [`${report}_${group[0]}`, group[1]] });
		});
	});

	test('quality has an oracle for each measure', async () => {
		const named = Object.entries(quality).flatMap(([report, { measures }]) => Object.keys(measures).map((name) => `${report}_${name}`));
		expect(named.sort()).toEqual(await measuresOf(place(), 'quality'));
	});
}

interface Way {
	who: Claims;
	/** Of the scope, in SQL. */
	where?: string;
	group?: [member: string, column: string] | undefined;
	range?: [string, string];
	months?: boolean;
}

async function compare(place: Place, oracle: Oracle, measures: Record<string, string>, way: Way): Promise<LoadResult> {
	const names = Object.keys(measures);
	if (names.length === 0) return {} as LoadResult;
	const { view, time } = oracle;
	const query: SemanticQueryInput = {
		measures: names.map((name) => `${view}.${name}`),
		dimensions: way.group ? [`${view}.${way.group[0]}`] : [],
		timeDimensions:
			way.range || way.months
				? [{ dimension: `${view}.${time}`, dateRange: way.range, granularity: way.months ? 'month' : undefined }]
				: [],
		filters: oracle.always?.filters ?? [],
		limit: 50_000
	};
	const { status, body } = await place.load(query, way.who);
	expect(body.error).toBeUndefined();
	expect(status).toBe(200);

	const key = way.months ? `date_trunc('month', ${time})` : (way.group?.[1] ?? 'NULL');
	const conditions = [
		oracle.always?.where,
		way.where,
		way.range && `${time} BETWEEN DATE '${way.range[0]}' AND DATE '${way.range[1]}'`
	].filter(Boolean);
	const expected = await place.sql(`
		SELECT CAST(${key} AS VARCHAR) AS _key, ${Object.entries(measures)
			.map(([name, sql]) => `CAST(${sql} AS VARCHAR) AS ${name}`)
			.join(', ')}
		FROM ${oracle.table} WHERE ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}
		${way.group || way.months ? 'GROUP BY 1' : ''}`);

	const keyOf = (row: Row) =>
		way.months ? monthOf(row[`${view}.${time}.month`]) : way.group ? (row[`${view}.${way.group[0]}`] ?? null) : null;
	const answered = new Map(body.data.map((row) => [String(keyOf(row)), row]));
	const wanted = new Map(expected.map((row) => [String(way.months ? monthOf(row._key as string | null) : row._key), row]));
	expect([...answered.keys()].sort()).toEqual([...wanted.keys()].sort());
	for (const [group, row] of wanted) {
		for (const name of names) {
			const [actual, correct] = [answered.get(group)?.[`${view}.${name}`] ?? null, (row[name] ?? null) as string | null];
			if (!same(actual, correct)) expect.fail(`${view}.${name} of ${group}: Cube says ${actual}, SQL says ${correct}.`);
		}
	}
	return body;
}

function monthOf(value: Cell | undefined): string | null {
	return value === null || value === undefined ? null : String(value).slice(0, 7);
}

/** Integers and money to the last digit; ratios as far as doubles go. */
function same(actual: Cell, correct: string | null): boolean {
	if (actual === null || correct === null) return actual === correct;
	const [a, b] = [Number(actual), Number(correct)];
	if (/^-?\d+(\.\d{1,6})?$/.test(correct) && /^-?\d+(\.\d{1,6})?$/.test(String(actual))) return a === b;
	return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
}

async function measuresOf(place: Place, view: string): Promise<string[]> {
	const { body } = await place.get<MetaResult>('/cubejs-api/v1/meta', await signed({ ...executive }));
	const found = body.cubes.find((cube) => cube.name === view);
	return (found?.measures ?? []).map(({ name }) => name.slice(view.length + 1)).sort();
}

/** The second quarter of the days that the view has. */
async function middle(place: Place, { table, time, always }: Oracle): Promise<[string, string]> {
	const [row] = await place.sql(`
		SELECT CAST(CAST(min(${time}) + CAST(datediff('day', min(${time}), max(${time})) / 4 AS INTEGER) AS DATE) AS VARCHAR) AS first,
			CAST(CAST(min(${time}) + CAST(datediff('day', min(${time}), max(${time})) / 2 AS INTEGER) AS DATE) AS VARCHAR) AS last
		FROM ${table} WHERE ${always?.where ?? 'true'}`);
	return [row?.first as string, row?.last as string];
}

/** Somebody who sees the member with the most rows, and what that means in SQL. */
async function scoped(place: Place, { table, scope }: Oracle): Promise<{ who: Claims; where: string }> {
	if (!scope) throw new Error('No role is scoped here.');
	const [row] = await place.sql(
		`SELECT ${scope.column} AS id FROM ${table} WHERE ${scope.column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`
	);
	const id = row?.id as string;
	return { who: as(scope.role, ROLE_SCOPE[scope.role] ?? undefined, id), where: `${scope.column} = '${id}'` };
}

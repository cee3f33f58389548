/**
 * The metamorphic test: the answer under a policy equals the answer on data that was filtered beforehand. People of different scopes ask
 * at once, each question twice (cold and warm), once from rollups and once from facts; the statement that `/sql` shows is run too.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { SCOPE_DIMENSIONS, type Claims, type ScopeDimension, type Scopes } from '../../../contracts/claims.ts';
import type { MetaResult, MultiResult, SemanticQueryInput, SqlResult } from '../../../contracts/semantic.ts';
import { Place, as, signed } from '../place.ts';
import { isForEverybody } from '../../../contracts/sight.ts';
import { type Known, person, question, scopes } from './cases.ts';
import { difference } from './compare.ts';
import { Headquarters, type Told, toldBy } from './headquarters.ts';
import { copyScoped } from './scoped-copy.ts';

export interface Plan {
	home: string;
	/** Different scopes, each with a filtered copy of its own. */
	scopes: number;
	/** Rounds of up to three people asking at once. */
	rounds: number;
	seed: number;
	tell?: (text: string) => void;
}

export interface Counts {
	cases: number;
	answered: number;
	refused: number;
	fromRollups: number;
	fromFacts: number;
	warm: number;
	statements: number;
	byRole: Record<string, number>;
	byView: Record<string, number>;
}

interface Case {
	/** Number of the scope. */
	at: number;
	who: Claims;
	query: SemanticQueryInput;
}

/** @throws Error with the smallest case that it found, and its seed */
export async function runMetamorphic({ home, scopes: howMany, rounds, seed, tell = () => undefined }: Plan): Promise<Counts> {
	const folder = mkdtempSync(join(tmpdir(), 'onelane-metamorphic-'));
	const place = await Place.over(home);
	const headquarters = new Headquarters();
	const counts: Counts = {
		cases: 0,
		answered: 0,
		refused: 0,
		fromRollups: 0,
		fromFacts: 0,
		warm: 0,
		statements: 0,
		byRole: {},
		byView: {}
	};
	try {
		const known = await whatThereIs(place);
		const ids = await members(place);
		const all: Scopes[] = [[], ...fc.sample(scopes(ids), { numRuns: howMany - 1, seed })];
		const source = join(home, place.pointer.file);
		for (const [index, scope] of all.entries()) await copyScoped(source, join(folder, `${index}.duckdb`), scope);
		tell(`${all.length} filtered copies are made`);

		const one = fc
			.nat({ max: all.length - 1 })
			.chain((at) => fc.record({ at: fc.constant(at), who: person(all[at] ?? []), query: question(known, all[at] ?? []) }));
		const check = async (cases: readonly Case[]) => {
			const cold = await Promise.all(cases.map((each) => asked(place, each)));
			for (const [index, each] of cases.entries()) {
				const told = cold[index]?.told ?? { results: null, rollups: false };
				const expected = await headquarters.ask(each.query, `scope-${each.at}`, join(folder, `${each.at}.duckdb`));
				const wrong = difference(told, expected, each.query);
				if (wrong) throw new Error(`${each.who.role} ${JSON.stringify(each.who.scopes)}: ${wrong}`);
				count(counts, each, told);
			}
			// Backwards, so that nobody is served what was asked last.
			for (const [index, each] of [...cases.entries()].reverse()) {
				const warm = await asked(place, each);
				if (warm.text !== cold[index]?.text) throw new Error(`The second answer differs from the first for ${each.who.role}.`);
				counts.warm++;
			}
			const [first] = cases;
			if (first && cold[0]?.told.results) await statement(place, first, cold[0].told, counts);
		};
		const settings = { numRuns: Math.ceil(rounds / 2), seed, includeErrorInReport: true };
		const property = fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 3 }), check);
		await fc.assert(property, settings);
		tell(`${counts.cases} cases with rollups`);
		await withoutRollups(place);
		await fc.assert(property, { ...settings, seed: seed + 1 });
		return counts;
	} finally {
		await headquarters.close();
		await place.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function asked(place: Place, { who, query }: Case): Promise<{ told: Told; text: string }> {
	const { status, body } = await place.post<MultiResult>('/cubejs-api/v1/load', { query, queryType: 'multi' }, await signed({ ...who }));
	if (status === 401 || status === 403 || status >= 500 || (status !== 200 && status !== 400))
		throw new Error(`${status} for ${who.role}: ${body.error}`);
	const told = status === 200 ? toldBy(body as never) : { results: null, error: body.error ?? '', rollups: false };
	return { told, text: JSON.stringify(body) };
}

function count(counts: Counts, { who, query }: Case, told: Told): void {
	counts.cases++;
	if (told.results === null) counts.refused++;
	else counts.answered++;
	if (told.rollups) counts.fromRollups++;
	else counts.fromFacts++;
	counts.byRole[who.role] = (counts.byRole[who.role] ?? 0) + 1;
	const view =
		[...(query.measures ?? []), ...(query.dimensions ?? []), ...(query.timeDimensions ?? []).map((time) => time.dimension)][0]?.split(
			'.'
		)[0] ?? '';
	counts.byView[view] = (counts.byView[view] ?? 0) + 1;
}

/** What `/sql` shows is what was asked: run on all of the data it gives as many rows as the answer has. */
async function statement(place: Place, { who, query }: Case, told: Told, counts: Counts): Promise<void> {
	if (query.timeDimensions?.some((time) => time.compareDateRange)) return;
	const { status, body } = await place.post<SqlResult>('/cubejs-api/v1/sql', { query }, await signed({ ...who }));
	if (status !== 200) throw new Error(`/sql answers ${status} for ${who.role}: ${body.error}`);
	const [sql, parameters] = body.sql.sql;
	const rows = await place.run(sql, parameters);
	const expected = told.results?.[0]?.data.length ?? 0;
	if (rows.length !== expected) throw new Error(`The statement of /sql gives ${rows.length} rows, the answer ${expected} for ${who.role}.`);
	counts.statements++;
}

async function whatThereIs(place: Place): Promise<Known[]> {
	const visible = async (who: Claims) => (await place.get<MetaResult>('/cubejs-api/v1/meta', await signed({ ...who }))).body.cubes;
	const ofGroups = new Set((await visible(as('marketing'))).flatMap(({ dimensions }) => dimensions.map(({ name }) => name)));
	const views = (await visible(as('executive'))).filter(({ name }) => name !== 'quality' && !isForEverybody(name));
	const [span] = await place.sql(
		'SELECT CAST(min(captured_date) AS VARCHAR) AS a, CAST(max(captured_date) AS VARCHAR) AS b FROM marts.fct_leads'
	);
	const pinned = (name: string) => (name === 'targets' ? ['targets.level', 'targets.metric'] : []);
	return Promise.all(
		views.map(async (view) => {
			const values: Known['values'] = {};
			for (const { name } of view.dimensions.filter(({ type }) => type !== 'time')) {
				const rows = await place.rows({ dimensions: [...new Set([name, ...pinned(view.name)])], limit: 40 }, as('executive'));
				const found = [...new Set(rows.map((row) => (row[name] === null || row[name] === undefined ? null : String(row[name]))))];
				values[name] = found.length === 0 ? [null] : found;
			}
			return { view, ofGroups, days: [String(span?.a), String(span?.b)] as const, values };
		})
	);
}

async function members(place: Place): Promise<Record<ScopeDimension, readonly string[]>> {
	const entries = await Promise.all(
		SCOPE_DIMENSIONS.map(async (dimension): Promise<[ScopeDimension, string[]]> => {
			const rows = await place.sql(
				`SELECT DISTINCT ${dimension} AS id FROM marts.rpt_funnel_events WHERE ${dimension} IS NOT NULL UNION SELECT DISTINCT ${dimension} FROM marts.fct_leads WHERE ${dimension} IS NOT NULL ORDER BY 1`
			);
			return [dimension, rows.map((row) => String(row.id))];
		})
	);
	return Object.fromEntries(entries) as Record<ScopeDimension, string[]>;
}

/** Publishes the same data without its rollups, so that everything is answered from the facts. */
async function withoutRollups(place: Place): Promise<void> {
	const { pointer } = place;
	const version = 'v20300101T000000009Z';
	const file = `versions/${version}.duckdb`;
	copyFileSync(join(place.home, pointer.file), join(place.home, file));
	const instance = await DuckDBInstance.create(join(place.home, file));
	const connection = await instance.connect();
	await connection.run('DROP SCHEMA IF EXISTS rollups CASCADE');
	connection.closeSync();
	instance.closeSync();
	place.publish({ ...pointer, version, file });
	await new Promise((resolve) => setTimeout(resolve, 300));
}
